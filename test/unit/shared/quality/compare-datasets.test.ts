import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetAnnotation, DatasetImage } from '../../../../shared/formats/format';
import { type CompareOptions, compareDatasets } from '../../../../shared/quality/compare-datasets';

const box = (x: number, fields: Partial<DatasetAnnotation> = {}): DatasetAnnotation => ({
  imageKey: 'a.jpg',
  classIndex: 0,
  shape: { type: 'box', x, y: 0, width: 10, height: 10 },
  isCrowd: false,
  attributes: {},
  score: null,
  ...fields,
});
const image = (key: string, fields: Partial<DatasetImage> = {}): DatasetImage => ({
  key,
  size: { width: 100, height: 100 },
  split: null,
  state: 'labelled',
  ...fields,
});
type Images = readonly { readonly image: DatasetImage; readonly annotations: readonly DatasetAnnotation[] }[];

async function compare(a: Images, b: Images, options: Partial<CompareOptions> = {}) {
  const stream = async function* (images: Images) {
    yield* images;
  };
  const result = await compareDatasets(stream(a), stream(b), { toleranceInImagePx: 0.1, ...options });
  return {
    ...result,
    counts: Object.fromEntries(Object.entries(result.counts).filter(([, count]) => count > 0)),
  };
}
const one = (...annotations: DatasetAnnotation[]): Images => [{ image: image('a.jpg'), annotations }];

describe('comparing two datasets', () => {
  it('counts copies of one box: twice against once leaves one over', async () => {
    expect(await compare(one(box(5), box(5)), one(box(5)))).toMatchObject({
      matched: 1,
      counts: { missing: 1 },
    });
    expect(await compare(one(box(5)), one(box(5), box(5), box(5)))).toMatchObject({
      matched: 1,
      counts: { extra: 2 },
    });
    expect(await compare(one(box(5), box(5)), one(box(5), box(5)))).toMatchObject({
      matched: 2,
      isSame: true,
    });
  });

  it('pairs the nearest first when several are within the tolerance', async () => {
    const result = await compare(one(box(5), box(5.08)), one(box(5.08), box(5)));
    expect(result).toMatchObject({ matched: 2, isSame: true, largestCoordinateErrorInImagePx: 0 });
  });

  it('prefers a label match in the same place to a relabel', async () => {
    const other = { classIndex: 1 };
    expect(await compare(one(box(5), box(5, other)), one(box(5, other), box(5)))).toMatchObject({
      isSame: true,
    });
    expect(await compare(one(box(5)), one(box(5, other)))).toMatchObject({
      matched: 0,
      counts: { relabelled: 1 },
    });
  });

  it('tells moved from missing and extra by an overlap of one half', async () => {
    // Ten wide, shifted by 3: 7 in common of 13, IoU 0.54; shifted by 4: 6 of 14, IoU 0.43.
    expect(await compare(one(box(5)), one(box(8)))).toMatchObject({
      counts: { moved: 1 },
      largestCoordinateErrorInImagePx: 3,
    });
    expect(await compare(one(box(5)), one(box(9)))).toMatchObject({ counts: { missing: 1, extra: 1 } });
  });

  it('compares labels by what they are called', async () => {
    const names = (first: string, second: string) => (index: number) => (index === 0 ? first : second);
    const options = { labelOfA: names('car', 'bus'), labelOfB: names('bus', 'car') };
    expect(await compare(one(box(5)), one(box(5, { classIndex: 1 })), options)).toMatchObject({
      isSame: true,
    });
    expect(await compare(one(box(5)), one(box(5)), options)).toMatchObject({ counts: { relabelled: 1 } });
  });

  it('sees attributes and flags, unless told not to', async () => {
    const b = one(box(5, { attributes: { colour: 'red' }, isCrowd: true }));
    expect(await compare(one(box(5)), b)).toMatchObject({ matched: 1, counts: { attributesChanged: 1 } });
    expect(await compare(one(box(5)), b, { ignores: new Set(['attributes']) })).toMatchObject({
      isSame: true,
    });
  });

  it('sees images that are missing, empty on one side, in another split or of another size', async () => {
    const a: Images = [
      { image: image('gone.jpg'), annotations: [box(1), box(2)] },
      { image: image('empty.jpg', { state: 'confirmedEmpty' }), annotations: [] },
      { image: image('split.jpg', { split: 'train' }), annotations: [box(1)] },
      { image: image('size.jpg'), annotations: [box(1)] },
    ];
    const b: Images = [
      { image: image('new.jpg'), annotations: [box(1)] },
      { image: image('size.jpg', { size: { width: 100, height: 99 } }), annotations: [box(1)] },
      { image: image('split.jpg', { split: 'val' }), annotations: [box(1)] },
      { image: image('empty.jpg'), annotations: [box(1)] },
    ];
    expect((await compare(a, b)).counts).toEqual({
      imageMissing: 1,
      imageExtra: 1,
      missing: 2,
      extra: 2,
      stateChanged: 1,
      splitChanged: 1,
      sizeChanged: 1,
    });
  });

  it('passes over images that nobody has labelled', async () => {
    const unlabelled: Images = [{ image: image('u.jpg', { state: 'unlabelled' }), annotations: [] }];
    expect(await compare(unlabelled, [])).toMatchObject({ isSame: true, imagesInBoth: 0 });
  });

  it('is the same whatever the order of images and annotations, and symmetric', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ x: fc.integer({ min: 0, max: 40 }), classIndex: fc.integer({ min: 0, max: 2 }) }),
          { maxLength: 12 },
        ),
        fc.array(
          fc.record({ x: fc.integer({ min: 0, max: 40 }), classIndex: fc.integer({ min: 0, max: 2 }) }),
          { maxLength: 12 },
        ),
        async (first, second) => {
          const a = first.map(({ x, classIndex }) => box(x, { classIndex }));
          const b = second.map(({ x, classIndex }) => box(x, { classIndex }));
          const there = await compare(one(...a), one(...b));
          const back = await compare(one(...[...b].reverse()), one(...[...a].reverse()));
          expect(back.matched).toBe(there.matched);
          expect(back.isSame).toBe(there.isSame);
          // Each annotation is counted exactly once on its side.
          const paired = there.matched + (there.counts.moved ?? 0) + (there.counts.relabelled ?? 0);
          expect(paired + (there.counts.missing ?? 0)).toBe(a.length);
          expect(paired + (there.counts.extra ?? 0)).toBe(b.length);
          expect(await compare(one(...a), one(...[...a].reverse()))).toMatchObject({
            isSame: true,
            matched: a.length,
          });
        },
      ),
    ));
});
