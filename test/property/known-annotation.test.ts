import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Annotation } from '../../shared/schema/annotation';
import { isKnownAnnotation } from '../../shared/schema/known-annotation';
import { annotation, testId } from '../harness/annotations';
import { shapeArbitrary } from '../harness/document-arbitrary';

const optional = fc.record(
  {
    isPinned: fc.boolean(),
    note: fc.string({ minLength: 1, maxLength: 20 }),
    groupId: fc.constant(testId(8)),
    modelId: fc.string({ maxLength: 20 }),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    trackId: fc.constant(testId(9)),
    isKeyframe: fc.boolean(),
    isOutside: fc.boolean(),
    attributes: fc.dictionary(
      fc.constantFrom(testId(5), testId(6)),
      fc.oneof(fc.string(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    ),
    createdAt: fc
      .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  },
  { requiredKeys: [] },
);

/** As stored: what JSON gives back. */
const stored = fc
  .tuple(shapeArbitrary, optional)
  .map(([shape, fields]): unknown => JSON.parse(JSON.stringify(annotation(1, shape, fields as never))));

/** Values that a field might hold when something went wrong, and such as only just may or may not be there. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    -1,
    0,
    0.5,
    2,
    180,
    -180,
    180.1,
    1_000_000,
    1_000_001,
    -1_000_001,
    65_535,
    65_536,
    2 ** 53,
    '',
    ' joint',
    'x'.repeat(101),
    'x'.repeat(2001),
    testId(3).toUpperCase(),
    '2026-02-29T00:00:00.000Z',
    '2024-02-29T00:00:00Z',
    '2026-01-31T24:00:00.000Z',
    'import',
    'mask',
    'toString',
    [],
    {},
  ),
  fc.constant({ deep: Number.POSITIVE_INFINITY }),
  fc.constant(Number.POSITIVE_INFINITY),
  fc.constant(Number.NaN),
);

/** Puts `value` somewhere into a copy: in place of what is there, beside it, or takes something away. */
function damaged(record: unknown, path: readonly number[], value: unknown, how: number): unknown {
  if (typeof record !== 'object' || record === null) return value;
  const entries = Object.entries(record);
  const [step = 0, ...rest] = path;
  const at = entries.length === 0 ? 0 : step % entries.length;
  const key = entries[at]?.[0];
  const goesDeeper = rest.length > 0 && key !== undefined;
  if (Array.isArray(record)) {
    const copy = [...record];
    if (goesDeeper) copy[at] = damaged(copy[at], rest, value, how);
    else if (how === 0) copy[at] = value;
    else if (how === 1) copy.push(value);
    else copy.splice(at, 1);
    return copy;
  }
  const copy: Record<string, unknown> = { ...record };
  if (goesDeeper) copy[key] = damaged(copy[key], rest, value, how);
  else if (how === 1 || key === undefined) copy.other = value;
  else if (how === 0) copy[key] = value;
  else delete copy[key];
  return copy;
}

it('knows every annotation that is stored, and the schema gives it back as it is', () => {
  fc.assert(
    fc.property(stored, (value) => {
      expect(Annotation.parse(value)).toEqual(value);
      expect(isKnownAnnotation(value)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('knows nothing that the schema would refuse or alter', () => {
  let known = 0;
  fc.assert(
    fc.property(
      stored,
      fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 }),
      odd,
      fc.nat({ max: 2 }),
      (sound, path, value, how) => {
        const one = damaged(sound, path, value, how);
        if (!isKnownAnnotation(one)) return;
        known += 1;
        const parsed = Annotation.safeParse(one);
        expect(parsed.error).toBeUndefined();
        expect(parsed.data).toEqual(one);
      },
    ),
    { numRuns: 4000 },
  );
  // Else the property would hold of a check that refuses everything.
  expect(known).toBeGreaterThan(100);
});

it.each([
  ['an annotation of no shape', { ...annotation(1, { type: 'tag' }), shape: { type: 'circle' } }],
  ['a field that is unknown', { ...annotation(1, { type: 'tag' }), colour: 'red' }],
  ['a field set to nothing', { ...annotation(1, { type: 'tag' }), note: undefined }],
  ['nothing', null],
  ['a list', []],
])('leaves %s to the schema', (_, value) => {
  expect(isKnownAnnotation(value)).toBe(false);
});
