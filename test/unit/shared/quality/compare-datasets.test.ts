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

  it('sees attributes, crowd, score and note each for itself, unless told not to', async () => {
    const b = one(box(5, { attributes: { colour: 'red' }, isCrowd: true, score: 0.5, note: 'far' }));
    const result = await compare(one(box(5)), b);
    expect(result).toMatchObject({ matched: 1, isSame: false });
    expect(result.counts).toEqual({ attributesChanged: 1, crowdChanged: 1, scoreChanged: 1, noteChanged: 1 });
    expect(
      await compare(one(box(5)), b, { ignores: new Set(['attributes', 'crowd', 'scores', 'notes']) }),
    ).toMatchObject({ isSame: true });
    expect((await compare(one(box(5)), b, { ignores: new Set(['attributes']) })).counts).toEqual({
      crowdChanged: 1,
      scoreChanged: 1,
      noteChanged: 1,
    });
  });

  it('takes attributes in any order for the same, and a name from the prototype for no attribute', async () => {
    const a = one(box(5, { attributes: { p: 1, q: true } }));
    expect(await compare(a, one(box(5, { attributes: { q: true, p: 1 } })))).toMatchObject({ isSame: true });
    const odd = JSON.parse('{"__proto__":1}');
    expect(
      await compare(one(box(5, { attributes: odd })), one(box(5, { attributes: { toString: 1 } }))),
    ).toMatchObject({ counts: { attributesChanged: 1 } });
  });

  it('pairs the likest of several in one place', async () => {
    const red = { attributes: { colour: 'red' } };
    const blue = { attributes: { colour: 'blue' } };
    expect(await compare(one(box(5, red), box(5.05, blue)), one(box(5.05, red), box(5, blue)))).toMatchObject(
      { isSame: true, matched: 2 },
    );
  });

  it('sees who belongs together, whatever the groups are called', async () => {
    const grouped = (...ids: (string | undefined)[]) =>
      one(...ids.map((groupId, index) => box(index * 20, groupId === undefined ? {} : { groupId })));
    const same = async (a: (string | undefined)[], b: (string | undefined)[]) =>
      (await compare(grouped(...a), grouped(...b))).counts.groupChanged ?? 0;
    expect(await same(['g', 'g', 'h', 'h'], ['1', '1', '2', '2'])).toBe(0);
    // One that is alone in its group belongs with nobody.
    expect(await same(['g', undefined], [undefined, undefined])).toBe(0);
    // The third leaves its partner for the first two; the partner is then alone.
    expect(await same(['g', 'g', 'h', 'h'], ['1', '1', '1', '2'])).toBe(2);
    expect(await same(['g', 'g', 'h', 'h'], ['1', '1', '1', '1'])).toBe(2);
    expect(await same(['g', 'g'], [undefined, undefined])).toBe(2);
  });

  it('follows a track through its sequence, whatever it is called', async () => {
    const frames = (...ids: (string | undefined)[]): Images =>
      ids.map((trackId, index) => ({
        image: image(`${index}.jpg`, { frame: { sequence: 's', index } }),
        annotations: [box(5, { imageKey: `${index}.jpg`, ...(trackId === undefined ? {} : { trackId }) })],
      }));
    expect(await compare(frames('a', 'a', 'b'), frames('7', '7', '8'))).toMatchObject({ isSame: true });
    expect((await compare(frames('a', 'a', 'a'), frames('7', '7', '8'))).counts).toEqual({ trackChanged: 1 });
    expect((await compare(frames('a', 'b'), frames('7', '7'))).counts).toEqual({ trackChanged: 1 });
    expect((await compare(frames('a', undefined), frames(undefined, undefined))).counts).toEqual({
      trackChanged: 1,
    });
    expect(
      await compare(frames('a', 'a', 'a'), frames('7', '7', '8'), { ignores: new Set(['tracks']) }),
    ).toMatchObject({ isSame: true });
  });

  it('sees whether a place in a track is a keyframe or outside', async () => {
    const tracked = (fields: Partial<DatasetAnnotation>) => one(box(5, { trackId: 't', ...fields }));
    expect(await compare(tracked({}), tracked({ isKeyframe: true, isOutside: false }))).toMatchObject({
      isSame: true,
    });
    expect((await compare(tracked({}), tracked({ isKeyframe: false }))).counts).toEqual({ trackChanged: 1 });
    expect((await compare(tracked({}), tracked({ isOutside: true }))).counts).toEqual({ trackChanged: 1 });
  });

  it('sees attributes and frames of images', async () => {
    const a: Images = [
      { image: image('a.jpg', { attributes: { weather: 'rainy' } }), annotations: [box(1)] },
      { image: image('b.jpg', { frame: { sequence: 's', index: 4 } }), annotations: [box(1)] },
    ];
    const b: Images = [
      { image: image('a.jpg'), annotations: [box(1)] },
      { image: image('b.jpg', { frame: { sequence: 's', index: 5 } }), annotations: [box(1)] },
    ];
    expect((await compare(a, b)).counts).toEqual({ imageAttributesChanged: 1, frameChanged: 1 });
    expect(await compare(a, b, { ignores: new Set(['imageAttributes', 'frames']) })).toMatchObject({
      isSame: true,
    });
  });

  it('compares class lists by number or by name, with or without those that nothing carries', async () => {
    const label = (classIndex: number, name: string) => ({ classIndex, name, supercategory: null });
    const listed = async (
      a: readonly ReturnType<typeof label>[],
      b: readonly ReturnType<typeof label>[],
      byNumber: boolean,
      withUnused: boolean,
    ) =>
      (
        await compare(one(box(5)), one(box(5)), {
          labels: { a: () => a, b: () => b, byNumber, withUnused },
        })
      ).counts;
    const a = [label(0, 'car'), label(3, 'bus')];
    expect(await listed(a, a, true, true)).toEqual({});
    expect(await listed(a, [label(0, 'car'), label(1, 'bus')], false, true)).toEqual({});
    expect(await listed(a, [label(0, 'car'), label(1, 'bus')], true, true)).toEqual({ labelChanged: 1 });
    expect(await listed(a, [label(0, 'auto'), label(3, 'bus')], true, true)).toEqual({ labelChanged: 1 });
    expect(await listed(a, [label(0, 'car')], true, true)).toEqual({ labelMissing: 1 });
    // The annotation is a car, so the list may do without the bus but not without the car.
    expect(await listed(a, [label(0, 'car')], true, false)).toEqual({});
    expect(await listed(a, [label(3, 'bus')], false, false)).toEqual({ labelMissing: 1 });
    expect(await listed(a, [...a, label(4, 'tram')], false, true)).toEqual({ labelExtra: 1 });
  });

  it('gives the intersection over union of what was paired', async () => {
    // Ten wide, shifted by 3: 70 px² in common of 130.
    expect(await compare(one(box(5), box(40)), one(box(8), box(40)))).toMatchObject({
      iou: { mean: (70 / 130 + 1) / 2, least: 70 / 130, pairs: 2 },
    });
    const tag = { shape: { type: 'tag' } as const };
    expect(await compare(one(box(0, tag)), one(box(0, tag)))).toMatchObject({ iou: null, matched: 1 });
    const square = (x: number) => ({
      shape: {
        type: 'polygon' as const,
        parts: [
          {
            exterior: [
              { x, y: 0 },
              { x: x + 10, y: 0 },
              { x: x + 10, y: 10 },
              { x, y: 10 },
            ],
            holes: [],
          },
        ],
      },
    });
    const polygons = await compare(one(box(0, square(0))), one(box(0, square(2.5))), {
      toleranceInImagePx: 3,
    });
    expect(polygons.iou?.mean).toBeCloseTo(75 / 125, 9);
  });

  it('lets joints that nobody placed lie anywhere', async () => {
    const person = (hiddenAt: number) => ({
      shape: {
        type: 'skeleton' as const,
        joints: [
          { name: 'nose', x: 50, y: 50, visibility: 2 as const },
          { name: 'hand', x: hiddenAt, y: hiddenAt, visibility: 0 as const },
        ],
        edges: [],
      },
    });
    expect(await compare(one(box(0, person(0))), one(box(0, person(80))))).toMatchObject({
      isSame: true,
      matched: 1,
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
