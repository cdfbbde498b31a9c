import { describe, expect, it } from 'vitest';
import { parseDataYaml } from '../../../../shared/formats/parts/parse-data-yaml';

function names(text: string): Record<number, string> | null {
  const parsed = parseDataYaml(text);
  if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.reason}`);
  return parsed.value.names === null ? null : Object.fromEntries(parsed.value.names);
}

describe('reading data.yaml', () => {
  it.each([
    ['a flow list', "names: [car, \"traffic light\", 'it''s']", { 0: 'car', 1: 'traffic light', 2: "it's" }],
    ['a flow list over lines', 'names: [\n  car, # comment\n  bus\n]\nnc: 2', { 0: 'car', 1: 'bus' }],
    ['a block list', 'names:\n  - car\n  - bus # big\nnc: 2', { 0: 'car', 1: 'bus' }],
    ['a block list at the indent of its key', 'names:\n- car\n- bus\nnc: 2', { 0: 'car', 1: 'bus' }],
    ['a block map with gaps', 'names:\n  0: car\n  5: "a: b # c"\n', { 0: 'car', 5: 'a: b # c' }],
    ['a flow map', 'names: {0: car, 3: bus}', { 0: 'car', 3: 'bus' }],
    ['Windows line ends and a byte order mark', '\uFEFFnames:\r\n  0: car\r\n', { 0: 'car' }],
    ['names that hold a hash', 'names: [C#, a#b]', { 0: 'C#', 1: 'a#b' }],
    [
      'other keys of any kind around it',
      'download: |\n  python code\n  x: 1\nnames: [a]\nroboflow:\n  license: CC',
      { 0: 'a' },
    ],
    ['an empty list', 'names: []', {}],
  ])('%s', (_what, text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('has no names when the key is not there', () => {
    expect(names('train: x\nval: y')).toBeNull();
  });

  it('gives paths as they stand', () => {
    const parsed = parseDataYaml(
      "path: ../d\ntrain: [a, 'b c']\nvalid:\n  - c\ntest:   # none\nkpt_shape: [17, 3]\n",
    );
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        path: '../d',
        train: ['a', 'b c'],
        val: ['c'],
        test: [],
        keypoints: { count: 17, dimensions: 3 },
      },
    });
  });

  it.each([
    ['an open list', 'nc: 1\nnames: [a, b', 2],
    ['a class number that is none', 'names:\n  0: a\n  x: b', 3],
    ['a class named twice', 'names:\n  0: a\n  0: b', 3],
    ['an open quote', 'names:\n  0: "a', 2],
    ['an entry that is no pair', 'names:\n  0: a\n  oops', 3],
    ['a class number beyond all bounds', 'names:\n  99999999: a', 2],
    ['an anchor', 'names:\n  0: &x a', 2],
    ['a line that is no pair', 'nc: 1\n???', 2],
  ])('names the line of %s', (_what, text, line) => {
    expect(parseDataYaml(text)).toMatchObject({ ok: false, error: { line } });
  });
});
