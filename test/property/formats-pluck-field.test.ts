import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopLevelArrays } from '../../shared/formats/parts/json/top-level-arrays';

const id = fc.oneof(
  fc.integer(),
  fc.string(),
  fc.constantFrom('a"b', 'back\\', 'é', ''),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
/** Keys and texts that look like the field, deeper or with escapes. */
const field = fc.constantFrom('image_id', 'image_id ', 'x', '"image_id"', 'ima\\ge_id', 'attributes');
const annotation = fc.oneof(
  fc.dictionary(
    field,
    fc.oneof(
      id,
      fc.jsonValue(),
      fc.constantFrom('image_id', '"image_id":1', '\\'),
      fc.record({ image_id: id }),
    ),
  ),
  fc.jsonValue(),
);

function pluckedFrom(text: string, cuts: readonly number[]) {
  const arrays = new TopLevelArrays({
    array: (name) => name === 'annotations' || name === 'images',
    entries: () => false,
    field: (name) => (name === 'annotations' ? 'image_id' : null),
  });
  const plucked: unknown[] = [];
  const images: unknown[] = [];
  for (let at = 0, cut = 0; at < text.length; cut += 1) {
    const length = cuts[cut % cuts.length] ?? 1;
    for (const slice of arrays.push(text.slice(at, at + length))) {
      if (slice.name === 'annotations') plucked.push(...(slice.elements ?? []));
      else images.push(slice.text);
    }
    at += length;
  }
  return { plucked, images, fault: arrays.end() };
}

describe('one field of the objects of a list', () => {
  it('is what JSON.parse finds there, wherever the text is cut', () =>
    fc.assert(
      fc.property(
        fc.array(annotation, { maxLength: 6 }),
        fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 200 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.constantFrom(0, 1),
        fc.boolean(),
        (annotations, cuts, indent, isEscaped) => {
          const plain = JSON.stringify({ a: [1], annotations, images: [7] }, null, indent);
          const text = isEscaped ? plain.replaceAll('"image_id":', '"im\\u0061ge_id":') : plain;
          const { plucked, images, fault } = pluckedFrom(text, cuts);
          expect(fault).toBeNull();
          expect(images.join('').trim()).toBe('7');
          const whole = JSON.parse(text) as { annotations: unknown[] };
          const expected = whole.annotations
            .filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one))
            .map((one) => {
              const value = Object.hasOwn(one as object, 'image_id')
                ? (one as { image_id: unknown }).image_id
                : undefined;
              return typeof value === 'object' && value !== null ? undefined : value;
            });
          expect(plucked).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    ));

  it('is found in flat objects with braces, commas and names in their texts', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.nat(1e6),
            fc.array(fc.constantFrom('{', '}', ',', ']', '"image_id":3', ' ', '\\', 'a'), { maxLength: 6 }),
            fc.boolean(),
          ),
          { maxLength: 12 },
        ),
        fc.integer({ min: 1, max: 400 }),
        (given, cut) => {
          const annotations = given.map(([image, note, isFirst]) =>
            isFirst ? { image_id: image, note: note.join('') } : { note: note.join(''), image_id: image },
          );
          const { plucked, images, fault } = pluckedFrom(JSON.stringify({ annotations, images: [7] }), [cut]);
          expect(fault).toBeNull();
          expect(images).toEqual(['7']);
          expect(plucked).toEqual(given.map(([image]) => image));
        },
      ),
      { numRuns: 2000 },
    ));

  it('is the last of two, and nothing where it is a list or very long', () => {
    const long = 'x'.repeat(3000);
    const text = `{"annotations":[{"image_id":1,"image_id":2},{"image_id":1,"image_id":[3]},{"image_id":[3],"image_id":4},{"image_id":"${long}"},{"image_id": 05 }],"images":[7]}`;
    for (const cut of [1, 7, 100, 5000]) {
      expect(pluckedFrom(text, [cut])).toEqual({
        plucked: [2, undefined, 4, undefined, undefined],
        images: ['7'],
        fault: null,
      });
    }
  });

  it.each([
    ['{"annotations":[{"a":[1}]}', 'a bracket closes what was not opened (near character 24)'],
    ['{"annotations":[{"image_id":1', 'it ends in the middle of "annotations" (near character 30)'],
    [`{"annotations":[${'['.repeat(100)}`, 'it is nested more than 64 levels deep (near character 79)'],
  ])('says what is wrong with %j', (text, fault) => {
    expect(pluckedFrom(text, [10_000]).fault).toBe(fault);
  });
});
