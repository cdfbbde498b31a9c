import { describe, expect, it } from 'vitest';
import { storedFromDisplayed } from '../../../../shared/exports/exif-frame';
import { EXPORT_OPTIONS } from '../../../../shared/exports/export-options';
import { prepareExport } from '../../../../shared/exports/prepare-export';
import type { DatasetAnnotation, DatasetImage, DatasetProblem } from '../../../../shared/formats/format';
import { optionFault } from '../../../../shared/formats/format-options';
import { fidelityTable } from '../../../../shared/formats/parts/fidelity-table';
import { applyAffine } from '../../../../shared/geometry/affine';
import type { Shape } from '../../../../shared/schema/shapes';
import { type MemoryDataset, memorySource } from '../../../harness/memory-dataset';

const box = (x: number, y = 10): Shape => ({ type: 'box', x, y, width: 20, height: 10 });
const turned: Shape = { type: 'rotated-box', cx: 50, cy: 40, width: 20, height: 10, rotation: 90 };
const line: Shape = {
  type: 'polyline',
  points: [
    { x: 1, y: 2 },
    { x: 11, y: 22 },
  ],
};

function imageWith(key: string, shapes: readonly Shape[], fields: Partial<DatasetImage> = {}) {
  return {
    image: {
      key,
      size: { width: 100, height: 80 },
      split: 'train',
      state: shapes.length > 0 ? 'labelled' : 'confirmedEmpty',
      ...fields,
    } satisfies DatasetImage,
    annotations: shapes.map(
      (shape): DatasetAnnotation => ({
        imageKey: key,
        classIndex: 0,
        shape,
        isCrowd: false,
        attributes: {},
        score: null,
      }),
    ),
  };
}

const labels = [{ classIndex: 0, name: 'car', supercategory: null }];
const BOXES = { title: 'Boxes', fidelity: fidelityTable({ shapes: { box: 'exact' } }) };
const ALL = {
  title: 'All',
  fidelity: fidelityTable({
    shapes: { box: 'exact', 'rotated-box': 'exact', polygon: 'exact', polyline: 'exact' },
  }),
};

async function prepared(
  images: MemoryDataset['images'],
  format: typeof BOXES,
  options: Record<string, string>,
) {
  const heard: DatasetProblem[] = [];
  const { source, report } = prepareExport(memorySource({ labels, images }), format, options, (loss) =>
    heard.push(loss),
  );
  const keys: (readonly [string, string])[] = [];
  for await (const image of source.images()) keys.push([image.key, image.state]);
  const result: { image: DatasetImage; shapes: Shape[] }[] = [];
  for await (const { image, annotations } of source.annotationsByImage()) {
    result.push({ image, shapes: annotations.map(({ shape }) => shape) });
  }
  // Both passes agree on what they give.
  expect(keys).toEqual(result.map(({ image }) => [image.key, image.state]));
  expect(heard.length).toBe(Object.values(report().lossCountByCode).reduce((sum, count) => sum + count, 0));
  return { result, ...report(), messages: heard.map(({ message }) => message) };
}

describe('preparing an export', () => {
  it('changes nothing by default that the format holds', async () => {
    const images = [imageWith('a.jpg', [box(-5), turned, line]), imageWith('b.jpg', [])];
    const { result, lossCountByCode, leftOut } = await prepared(images, ALL, {});
    expect(result).toEqual(
      images.map(({ image, annotations }) => ({ image, shapes: annotations.map(({ shape }) => shape) })),
    );
    expect([lossCountByCode, leftOut]).toEqual([{}, 0]);
  });

  it('leaves out what the format does not hold, and never calls a picture empty for it', async () => {
    const images = [imageWith('a.jpg', [box(5), turned]), imageWith('b.jpg', [turned, line])];
    const { result, lossCountByCode, leftOut, messages } = await prepared(images, BOXES, {
      shapes: 'leave-out',
    });
    expect(result.map(({ image, shapes }) => [image.key, image.state, shapes.length])).toEqual([
      ['a.jpg', 'labelled', 1],
      ['b.jpg', 'unlabelled', 0],
    ]);
    // Counted once, though the images were passed twice.
    expect(lossCountByCode).toEqual({ 'unsupported-shape': 3, 'image-emptied': 1 });
    expect(leftOut).toBe(3);
    expect(messages[0]).toBe(
      'A rotated box in a.jpg was left out: Boxes does not hold such shapes. Have all shapes converted to keep something of it.',
    );
  });

  it('converts areas as a rule, and makes no object of a line that nobody drew as one', async () => {
    const { result, lossCountByCode } = await prepared([imageWith('a.jpg', [turned, line])], BOXES, {});
    expect(result.map(({ shapes }) => shapes.map((shape) => shape.type))).toEqual([['box']]);
    expect(lossCountByCode).toEqual({ 'shape-converted': 1, 'unsupported-shape': 1 });
  });

  it('converts what the format does not hold when that is wanted, and says what was lost', async () => {
    const { result, lossCountByCode, messages } = await prepared(
      [imageWith('a.jpg', [turned, line])],
      BOXES,
      {
        shapes: 'convert',
      },
    );
    expect(result[0]?.shapes).toEqual([
      { type: 'box', x: 45, y: 30, width: 10, height: 20 },
      { type: 'box', x: 1, y: 2, width: 10, height: 20 },
    ]);
    expect(lossCountByCode).toEqual({ 'shape-converted': 2 });
    expect(messages).toEqual([
      'A rotated box in a.jpg became a bounding box; lost: nothing.',
      'A polyline in a.jpg became a bounding box; lost: the 2 points.',
    ]);
  });

  it('cuts at the edge, or leaves out what reaches out', async () => {
    const images = [
      imageWith('a.jpg', [box(-5), box(90), box(50), box(200)]),
      imageWith('b.jpg', [box(-30)]),
    ];
    const clipped = await prepared(images, BOXES, { clamp: 'clip' });
    expect(clipped.result[0]?.shapes).toEqual([
      { type: 'box', x: 0, y: 10, width: 15, height: 10 },
      { type: 'box', x: 90, y: 10, width: 10, height: 10 },
      box(50),
    ]);
    expect(clipped.result[1]?.image.state).toBe('unlabelled');
    expect(clipped.lossCountByCode).toEqual({
      'shape-clipped': 2,
      'shape-outside-image': 2,
      'image-emptied': 1,
    });
    const dropped = await prepared(images, BOXES, { clamp: 'drop' });
    expect(dropped.result[0]?.shapes).toEqual([box(50)]);
    expect(dropped.leftOut).toBe(4);
  });

  it('turns coordinates back to the stored picture by its orientation', async () => {
    const images = [
      imageWith('a.jpg', [box(5)], { exifOrientation: 6 }),
      imageWith('b.jpg', [box(5)], { exifOrientation: 1 }),
      imageWith('c.jpg', [box(5)]),
    ];
    const { result, lossCountByCode } = await prepared(images, BOXES, { frame: 'stored' });
    // Shown upright by a quarter turn clockwise: displayed (x, y) is stored (y, 100 - x).
    expect(result[0]?.image.size).toEqual({ width: 80, height: 100 });
    expect(result[0]?.shapes).toEqual([{ type: 'box', x: 10, y: 75, width: 10, height: 20 }]);
    expect(result[1]?.shapes).toEqual([box(5)]);
    expect(lossCountByCode).toEqual({ 'orientation-unknown': 1 });
  });

  it.each([
    // Where the displayed picture's top-left pixel lies in the stored one of 4 × 3 or 3 × 4, from the EXIF standard:
    // row 0 of the stored picture is the visual top (1, 2), bottom (3, 4), left (5, 8) or right side (6, 7) …
    [1, 0, 0],
    [2, 3, 0],
    [3, 3, 2],
    [4, 0, 2],
    [5, 0, 0],
    [6, 0, 3],
    [7, 2, 3],
    [8, 2, 0],
  ])('orientation %i stores the first displayed pixel at %i, %i', (orientation, x, y) => {
    const { x: centreX, y: centreY } = applyAffine(
      storedFromDisplayed(orientation, { width: 4, height: 3 }),
      0.5,
      0.5,
    );
    expect([Math.floor(centreX), Math.floor(centreY)]).toEqual([x, y]);
  });

  it('rounds, writes unlabelled pictures as empty and drops splits when that is wanted', async () => {
    const images = [
      imageWith('a.jpg', [{ type: 'box', x: 1.26, y: 2, width: 3.33, height: 4 }]),
      imageWith('b.jpg', [], { state: 'unlabelled' }),
    ];
    const options = { decimals: '1', unlabelled: 'as-empty', splits: 'none' };
    const { result, lossCountByCode } = await prepared(images, BOXES, options);
    // 1.26 + 3.33 = 4.59: the edges are rounded to 1.3 and 4.6.
    expect(result[0]?.shapes).toEqual([{ type: 'box', x: 1.3, y: 2, width: 3.3, height: 4 }]);
    expect(result.map(({ image }) => [image.state, image.split])).toEqual([
      ['labelled', null],
      ['confirmedEmpty', null],
    ]);
    expect(lossCountByCode).toEqual({ 'shape-rounded': 1, 'unlabelled-as-empty': 1, 'split-dropped': 2 });
  });

  it('counts the losses of a pass that ended early once', async () => {
    const images = [imageWith('a.jpg', [box(1), line]), imageWith('b.jpg', [box(1), line])];
    const { source, report } = prepareExport(memorySource({ labels, images }), BOXES, {});
    for await (const _ of source.images()) break;
    expect(report().lossCountByCode).toEqual({ 'unsupported-shape': 1 });
    for await (const _ of source.annotationsByImage());
    expect(report().lossCountByCode).toEqual({ 'unsupported-shape': 2 });
  });
});

describe('the table of export options', () => {
  it('has ids of its own and defaults that are choices', () => {
    expect(new Set(EXPORT_OPTIONS.map(({ id }) => id)).size).toBe(EXPORT_OPTIONS.length);
    const defaults = Object.fromEntries(EXPORT_OPTIONS.map(({ id, defaultChoice }) => [id, defaultChoice]));
    expect(optionFault(EXPORT_OPTIONS, defaults)).toBeNull();
  });
});
