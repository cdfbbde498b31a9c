import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../shared/formats/index';
import { parseSlice, TopLevelArrays } from '../../shared/formats/parts/json/top-level-arrays';
import { normalisedBox } from '../../shared/formats/yolo/normalised-box';
import { compareDatasets, eventsToImages } from '../../shared/quality/compare-datasets';
import { okValue } from '../fixtures/ok-value';
import { type MemoryDataset, memoryFolder, memorySink, memorySource } from '../harness/memory-dataset';

const side = fc.integer({ min: 2, max: 20_000 });
const size = fc.record({ width: side, height: side });
/** Two different fractions, as edges of a box inside its picture, at least a thousandth of a pixel apart. */
const edges = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
  .filter(([a, b]) => b - a > 1e-3);

const dataset: fc.Arbitrary<MemoryDataset> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }),
    fc.uniqueArray(fc.stringMatching(/^[a-z0-9 _.-]{0,6}[a-z0-9](?:\/[a-z0-9]{1,5}){0,2}$/), {
      maxLength: 6,
    }),
  )
  .chain(([classes, keys]) =>
    fc
      .tuple(
        ...keys.map((stem) =>
          fc.record({
            stem: fc.constant(stem),
            size,
            split: fc.constantFrom('train' as const, 'val' as const, 'test' as const),
            boxes: fc.array(fc.tuple(fc.constantFrom(...classes), edges, edges, fc.boolean()), {
              maxLength: 6,
            }),
          }),
        ),
      )
      .map((images) => ({
        labels: [...classes]
          .sort((a, b) => a - b)
          .map((classIndex) => ({ classIndex, name: `n "${classIndex}"`, supercategory: null })),
        images: images.map((image) => {
          const key = `${image.stem}.jpg`;
          return {
            image: {
              key,
              size: image.size,
              split: image.split,
              state: image.boxes.length > 0 ? ('labelled' as const) : ('confirmedEmpty' as const),
            },
            annotations: image.boxes.map(([classIndex, [left, right], [top, bottom], isCrowd]) => ({
              imageKey: key,
              classIndex,
              shape: {
                type: 'box' as const,
                x: left * image.size.width,
                y: top * image.size.height,
                width: (right - left) * image.size.width,
                height: (bottom - top) * image.size.height,
              },
              isCrowd,
              attributes: isCrowd ? { colour: 'red', count: 2 } : {},
              score: null,
            })),
          };
        }),
      })),
  );

describe.each(Object.values(FORMATS))('what $id writes', (format) => {
  it('reads back with the same images, classes and boxes, in pieces of any size', () =>
    fc.assert(
      fc.asyncProperty(dataset, fc.integer({ min: 1, max: 3000 }), async (given, chunkChars) => {
        const safe = given.images.every(({ image }) =>
          image.key.split('/').every((part) => !/^\.{1,2}$/.test(part)),
        );
        fc.pre(safe);
        const sink = memorySink();
        okValue(await format.write(memorySource(given), sink));
        const isExact = format.fidelity().coordinateErrorInImagePx === 0;
        // The table's error is for a side of 10,000 px; these pictures have up to twice that.
        const comparison = await compareDatasets(
          (async function* () {
            yield* given.images;
          })(),
          eventsToImages(format.read(memoryFolder(sink.files, { chunkChars }))),
          {
            toleranceInImagePx: isExact ? 0 : 2 * format.fidelity().coordinateErrorInImagePx,
            ignores: new Set(format.fidelity().attributes === 'exact' ? [] : (['attributes'] as const)),
          },
        );
        expect(comparison.samples).toEqual([]);
      }),
      { numRuns: 150 },
    ));
});

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
