import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetFormat } from '../../shared/formats/format';
import { FORMATS } from '../../shared/formats/index';
import { parseSlice, TopLevelArrays } from '../../shared/formats/parts/json/top-level-arrays';
import { normalisedBox } from '../../shared/formats/yolo/normalised-box';
import { SHAPE_TYPES } from '../../shared/schema/shapes';
import { type DatasetTraits, datasetArbitrary } from '../harness/dataset-arbitrary';
import { optionSets, writtenAndRead } from '../harness/written-and-read';

/** The same cases each time, so that a red build is the change's doing; another seed searches elsewhere. */
const SEED = Number(process.env.GROUNDMARK_FUZZ_SEED ?? 1);

/** Everything at once, and each kind of shape by itself, so that a failure names its kind. */
const EVERYTHING: DatasetTraits = {
  shapes: SHAPE_TYPES,
  hasAttributes: true,
  hasFlags: true,
  hasScores: true,
  hasGroups: true,
  hasTracks: true,
  hasNotes: true,
  hasImageAttributes: true,
  hasFrames: true,
  hasSplits: true,
};

/** Plain datasets that many formats hold whole, so that little is left out before it is compared. */
const PLAIN: readonly (readonly [string, DatasetTraits])[] = [
  ['attributes', { shapes: ['box', 'polygon'], hasAttributes: true }],
  ['flags and scores', { shapes: ['box', 'polygon'], hasFlags: true, hasScores: true }],
  ['groups and notes', { shapes: ['box', 'polygon'], hasGroups: true, hasNotes: true }],
  ['tracks in frames', { shapes: ['box', 'mask'], hasTracks: true, hasFrames: true }],
  ['splits', { shapes: ['box', 'tag'], hasSplits: true, hasImageAttributes: true }],
];

const chunkChars = fc.integer({ min: 1, max: 3000 });

describe.each(Object.values(FORMATS))('what $id writes', (format) => {
  it.each(SHAPE_TYPES)('reads back as its fidelity table says: %s', (type) =>
    holds(format, { shapes: [type] }, 12),
  );
  it.each(PLAIN)('reads back as its fidelity table says: %s', (_what, traits) => holds(format, traits, 12));
  it('reads back as its fidelity table says: everything together', () => holds(format, EVERYTHING, 30));
});

async function holds(format: DatasetFormat, traits: DatasetTraits, numRuns: number): Promise<void> {
  for (const options of optionSets(format)) {
    await fc.assert(
      fc.asyncProperty(datasetArbitrary(traits), chunkChars, async (given, chars) => {
        await writtenAndRead(format, options, given, chars);
      }),
      { numRuns, seed: SEED },
    );
  }
}

describe('YOLO numbers', () => {
  const integerBox = fc.record({ side: fc.integer({ min: 2, max: 20_000 }) }).chain(({ side: length }) =>
    fc.tuple(fc.constant(length), fc.integer({ min: 0, max: length - 1 })).chain(([, start]) =>
      fc.record({
        side: fc.constant(length),
        start: fc.constant(start),
        length: fc.integer({ min: 1, max: length - start }),
      }),
    ),
  );

  it('never pass the picture and cut with int() give the pixels that were drawn', () =>
    fc.assert(
      fc.property(integerBox, (across) => {
        const text = normalisedBox(
          { x: across.start, y: 0, width: across.length, height: 1 },
          { width: across.side, height: 1 },
        );
        const [cx = 0, cy = 0, w = 0, h = 0] = (text ?? '').split(' ').map(Number);
        expect(cx + w / 2).toBeLessThanOrEqual(1);
        expect(cx - w / 2).toBeGreaterThanOrEqual(0);
        expect([cy - h / 2, cy + h / 2]).toEqual([0, 1]);
        expect(Math.trunc((cx - w / 2) * across.side)).toBe(across.start);
        expect(Math.trunc((cx + w / 2) * across.side)).toBe(across.start + across.length);
      }),
      { numRuns: 2000 },
    ));

  it('have at least eight decimals', () => {
    expect(normalisedBox({ x: 10, y: 20, width: 30, height: 40 }, { width: 100, height: 100 })).toMatch(
      /^(?:[01]\.\d{8,} ?){4}$/,
    );
  });
});

describe('cutting a JSON object into its top-level arrays', () => {
  it('gives the elements that JSON.parse gives, wherever the text is cut', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('a', 'b', 'c "quoted" \\', 'é'),
          fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
        ),
        fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 200 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.constantFrom(0, 1),
        (object, cuts, indent) => {
          const text = JSON.stringify(object, null, indent);
          const arrays = new TopLevelArrays(() => true);
          const found = new Map<string, unknown[]>();
          for (let at = 0, cut = 0; at < text.length; cut += 1) {
            const length = cuts[cut % cuts.length] ?? 1;
            for (const slice of arrays.push(text.slice(at, at + length))) {
              found.set(slice.name, [...(found.get(slice.name) ?? []), ...parseSlice(slice.text)]);
            }
            at += length;
          }
          expect(arrays.end()).toBeNull();
          const expected = Object.entries(object).filter(
            ([, value]) => Array.isArray(value) && value.length > 0,
          );
          expect([...found]).toEqual(
            expected.map(([key, value]) => [key, JSON.parse(JSON.stringify(value))]),
          );
        },
      ),
      { numRuns: 300 },
    ));

  it('says of every true beginning of an object that it is cut off', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.array(fc.jsonValue())),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (object, share) => {
          const text = JSON.stringify(object);
          const arrays = new TopLevelArrays(() => true);
          arrays.push(text.slice(0, Math.floor(text.length * share)));
          expect(arrays.end()).not.toBeNull();
        },
      ),
    ));
});
