import { describe, expect, it } from 'vitest';
import { via } from '../../../../../shared/formats/via/via';
import { collected, memoryFolder } from '../../../../harness/memory-dataset';

const region = (shape_attributes: object, region_attributes: object = { label: 'a' }) => ({
  shape_attributes,
  region_attributes,
});
const picture = (filename: unknown, regions: unknown, more: object = {}) => ({
  filename,
  size: 1,
  regions,
  file_attributes: {},
  ...more,
});
const read = (entries: object | string, path = 'via.json') =>
  collected(
    via.read(
      memoryFolder(new Map([[path, typeof entries === 'string' ? entries : JSON.stringify(entries)]])),
    ),
  );

describe('a region of VIA', () => {
  it.each([
    ['via-bad-region', { name: 'rect', x: 1, y: 2, width: -3, height: 4 }],
    ['via-bad-region', { name: 'rect', x: '1', y: 2, width: 3, height: 4 }],
    ['via-bad-region', { name: 'polygon', all_points_x: [1, 2, 3], all_points_y: [1, 2] }],
    ['via-bad-region', { name: 'polyline', all_points_x: [1], all_points_y: [1] }],
    ['via-bad-region', { name: 'circle', cx: 1, cy: 2, r: 0 }],
    ['via-bad-region', { name: 'ellipse', cx: 1, cy: 2, rx: 1, ry: 2, theta: 'x' }],
    ['via-bad-region', { name: 'point', cx: 1 }],
    ['via-unknown-shape', { name: 'toString' }],
    ['via-unknown-shape', {}],
  ])('that is broken costs itself: %s', async (code, broken) => {
    const { annotations, problems } = await read({
      k: picture('a.jpg', [region(broken), region({ name: 'point', cx: 5, cy: 6 })]),
    });
    expect(annotations.map(({ shape }) => shape)).toEqual([{ type: 'points', points: [{ x: 5, y: 6 }] }]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('the class among region attributes', () => {
  const point = (attributes: object) => region({ name: 'point', cx: 5, cy: 6 }, attributes);

  it.each([
    ['its usual name', [{ colour: 'red', Class: 'car' }], ['car'], []],
    ['being alone', [{ kind: 'car' }, { kind: 'bus' }], ['bus', 'car'], []],
    [
      'being on most regions, which is said',
      [{ b: 'x', a: 'car' }, { a: 'bus' }],
      ['bus', 'car'],
      ['via-class-guessed'],
    ],
  ])('is known by %s', async (_, regions, names, codes) => {
    const { labels, problems } = await read({ k: picture('a.jpg', regions.map(point)) });
    expect(labels.map(({ name }) => name)).toEqual(names);
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });

  it('may be missing, which costs the regions and not the picture', async () => {
    const { images, annotations, problems } = await read({ k: picture('a.jpg', [point({})]) });
    expect([images.length, annotations.length, problems.map(({ code }) => code)]).toEqual([
      1,
      0,
      ['via-no-class'],
    ]);
  });
});

describe('a file of VIA', () => {
  it('that is hostile gives what is sound', async () => {
    const { images, problems, orderFaults } = await read(
      `{"a":${JSON.stringify(picture('../up.jpg', []))},"b":7,"c":${JSON.stringify(picture(null, []))},"__proto__":${JSON.stringify(picture('p.jpg', {}))},"d":${JSON.stringify(picture('x/../y.jpg', []))}}`,
    );
    expect(images.map(({ key }) => key)).toEqual(['up.jpg', 'p.jpg']);
    expect(problems.map(({ code }) => code)).toEqual([
      'via-foreign-name',
      'via-bad-picture',
      'via-bad-picture',
      'via-bad-picture',
    ]);
    expect(orderFaults).toEqual([]);
  });

  it('that is cut off is read up to there', async () => {
    const whole = JSON.stringify({ a: picture('a.jpg', []), b: picture('b.jpg', []) });
    const { images, problems } = await read(whole.slice(0, -20));
    expect(images.map(({ key }) => key)).toEqual(['a.jpg']);
    expect(problems.map(({ code }) => code)).toEqual(['via-malformed']);
  });

  it.each([
    [
      'x.csv',
      '#filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes\n',
      'CSV of VIA',
    ],
    [
      'x.json',
      '{"project":{"pid":"x"},"config":{},"attribute":{},"file":{},"metadata":{},"view":{}}',
      'VIA 3',
    ],
  ])('of another kind (%s) is refused with the reason', async (path, text, reason) => {
    const { confidence, reasons } = await via.detect(memoryFolder(new Map([[path, text]])));
    expect([confidence, reasons.join(' ')]).toEqual([0.1, expect.stringContaining(reason)]);
  });
});
