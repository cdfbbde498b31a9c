import { describe, expect, it } from 'vitest';
import { coco } from '../../../../../shared/formats/coco/coco';
import type { DatasetAnnotation, DatasetLabel } from '../../../../../shared/formats/format';
import type { OptionValues } from '../../../../../shared/formats/format-options';
import type { Shape } from '../../../../../shared/schema/shapes';
import { okValue } from '../../../../fixtures/ok-value';
import { collected, memoryFolder, memorySink, memorySource } from '../../../../harness/memory-dataset';

const PERSON: DatasetLabel = {
  classIndex: 0,
  name: 'person',
  supercategory: null,
  color: '#0a0b0c',
  skeleton: {
    joints: ['nose', 'foot'],
    edges: [[0, 1]],
  },
  attributes: [{ name: 'age', kind: 'select', options: ['young', 'old'], defaultValue: null }],
  allowedShapes: ['box', 'skeleton'],
};
const LABELS: readonly DatasetLabel[] = [PERSON, { classIndex: 6, name: 'sky', supercategory: 'stuff' }];

type Details = Partial<Omit<DatasetAnnotation, 'shape' | 'imageKey'>>;

const made = (shape: Shape, details: Details = {}): DatasetAnnotation => ({
  imageKey: 'a.jpg',
  classIndex: 0,
  shape,
  isCrowd: false,
  attributes: {},
  score: null,
  ...details,
});

/** One picture of 10 x 8 px with these annotations, written. */
async function written(annotations: readonly DatasetAnnotation[], options: OptionValues = {}) {
  const image = { key: 'a.jpg', size: { width: 10, height: 8 }, split: null, state: 'labelled' } as const;
  const sink = memorySink();
  const report = okValue(
    await coco.write(memorySource({ labels: LABELS, images: [{ image, annotations }] }), sink, { options }),
  );
  const json = JSON.parse(String(sink.files.get('annotations/instances_default.json') ?? '{}')) as {
    annotations: Record<string, unknown>[];
    categories: unknown[];
  };
  const read = await collected(coco.read(memoryFolder(sink.files)));
  return { report, json, read, files: sink.files };
}

const ring = (...numbers: readonly number[]) =>
  Array.from({ length: numbers.length / 2 }, (_, at) => ({
    x: numbers[2 * at] ?? 0,
    y: numbers[2 * at + 1] ?? 0,
  }));
type Points = ReturnType<typeof ring>;
const polygon = (...parts: readonly { exterior: Points; holes?: readonly Points[] }[]): Shape => ({
  type: 'polygon',
  parts: parts.map(({ exterior, holes = [] }) => ({ exterior, holes })),
});
const SQUARE = ring(1, 1, 5, 1, 5, 5, 1, 5);
/** Two columns of three pixels from 2, 1 on; '06' by pycocotools. */
const MASK: Shape = { type: 'mask', x: 2, y: 1, width: 2, height: 3, rle: '06' };

describe('what COCO is written as', () => {
  it('boxes, with an empty segmentation and ids from 1', async () => {
    const { json } = await written([made({ type: 'box', x: 1.25, y: -0, width: 3, height: 0.1 })]);
    expect(json.annotations).toEqual([
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        bbox: [1.25, 0, 3, 0.1],
        area: 0.3,
        segmentation: [],
        iscrowd: 0,
      },
    ]);
    expect(json.categories).toEqual([
      {
        id: 1,
        name: 'person',
        supercategory: '',
        color: [10, 11, 12],
        keypoints: ['nose', 'foot'],
        skeleton: [[1, 2]],
        attributes: [{ name: 'age', kind: 'select', options: ['young', 'old'], default_value: null }],
        allowed_shapes: ['box', 'skeleton'],
      },
      { id: 7, name: 'sky', supercategory: 'stuff' },
    ]);
  });

  it('outlines part by part, with the area of what they cover', async () => {
    const { json } = await written([
      made(polygon({ exterior: SQUARE }, { exterior: ring(6, 6, 8, 6, 8, 7) })),
      // A bow tie: what the one wing adds to the area of its corners, the other takes away.
      made(polygon({ exterior: ring(0, 0, 4, 4, 4, 0, 0, 4) })),
    ]);
    expect(json.annotations[0]).toMatchObject({
      segmentation: [
        [1, 1, 5, 1, 5, 5, 1, 5],
        [6, 6, 8, 6, 8, 7],
      ],
      bbox: [1, 1, 7, 6],
      area: 17,
    });
    // The wings have 8 px² together; whole pixels come near it.
    expect(json.annotations[1]?.area).toBeGreaterThan(5);
    expect(json.annotations[1]?.area).toBeLessThanOrEqual(10);
  });

  it('outlines with holes as masks, which is counted', async () => {
    const { json, report, read } = await written([
      made(polygon({ exterior: SQUARE, holes: [ring(2, 2, 4, 2, 4, 4, 2, 4)] })),
    ]);
    // By pycocotools, of the 8 x 10 picture.
    expect(json.annotations[0]).toMatchObject({
      segmentation: { size: [8, 10], counts: '944MN020N023W1' },
      area: 12,
      bbox: [1, 1, 4, 4],
      iscrowd: 0,
    });
    expect(report.lossCountByCode).toEqual({ 'polygon-became-mask': 1 });
    expect(read.annotations[0]?.shape).toMatchObject({ type: 'mask', x: 1, y: 1, width: 4, height: 4 });
  });

  it.each([
    [
      'rle',
      { segmentation: { size: [8, 10], counts: 'a0350_1' }, iscrowd: 0, area: 6, bbox: [2, 1, 2, 3] },
      {},
    ],
    ['crowd-rle', { segmentation: { size: [8, 10], counts: 'a0350_1' }, iscrowd: 1 }, {}],
    [
      'polygon',
      { segmentation: [[2, 4, 2, 1, 4, 1, 4, 4]], iscrowd: 0, area: 6, bbox: [2, 1, 2, 3] },
      { 'mask-became-polygon': 1 },
    ],
  ])('masks as %s', async (masks, expected, losses) => {
    const { json, report } = await written([made(MASK)], { masks });
    expect(json.annotations[0]).toMatchObject(expected);
    expect(report.lossCountByCode).toEqual(losses);
  });

  it('masks with holes as RLE even where polygons are wanted, and says so', async () => {
    // A ring of eight pixels around one.
    const { json, report } = await written(
      [made({ type: 'mask', x: 0, y: 0, width: 3, height: 3, rle: '0410' })],
      {
        masks: 'polygon',
      },
    );
    expect(json.annotations[0]).toMatchObject({ segmentation: { size: [8, 10] }, area: 8 });
    expect(report.lossCountByCode).toEqual({});
    expect(report.notes?.join(' ')).toMatch(/^1 masks have holes/);
  });

  it('masks that reach out of the picture cut off, those outside not at all', async () => {
    const { json, report } = await written([
      made({ type: 'mask', x: -1, y: 1, width: 2, height: 3, rle: '06' }),
      made({ type: 'mask', x: 30, y: 1, width: 2, height: 3, rle: '06' }),
    ]);
    expect(json.annotations).toHaveLength(1);
    expect(json.annotations[0]).toMatchObject({ area: 3, bbox: [0, 1, 1, 3] });
    expect(report.annotations).toBe(1);
    expect(report.lossCountByCode).toEqual({ 'mask-clipped': 1, 'mask-outside-image': 1 });
  });

  it('turned boxes as CVAT does, the angle beside the upright box, 0 as a full turn', async () => {
    const turned = (rotation: number): Shape => ({
      type: 'rotated-box',
      cx: 5,
      cy: 4,
      width: 4,
      height: 2,
      rotation,
    });
    const { json, read } = await written([
      made(turned(-30), { attributes: { occluded: true } }),
      made(turned(0)),
      made(turned(90), { attributes: { rotation: 'as drawn' } }),
    ]);
    expect(json.annotations).toMatchObject([
      { bbox: [3, 3, 4, 2], segmentation: [], attributes: { occluded: true, rotation: -30 } },
      { bbox: [3, 3, 4, 2], attributes: { rotation: 360 } },
      { rotation: 90, attributes: { rotation: 'as drawn' } },
    ]);
    expect(read.annotations.map(({ shape, attributes }) => [shape, attributes])).toEqual([
      [turned(-30), { occluded: true }],
      [turned(0), {}],
      [turned(90), { rotation: 'as drawn' }],
    ]);
  });

  it('attributes that are called like what CVAT keeps among them, and tells them apart', async () => {
    const box: Shape = { type: 'box', x: 1, y: 1, width: 2, height: 2 };
    const given = [
      made(box, { attributes: { rotation: 45, track_id: 3, keyframe: true } }),
      made(box, { attributes: { track_id: 3, keyframe: 'no', outside: false }, trackId: '007' }),
      made(box, { attributes: { keyframe: true }, trackId: '7', isKeyframe: false }),
      made(box, { groupId: '0', note: 'a "note"', score: 0 }),
    ];
    const { read, json } = await written(given);
    expect(read.annotations).toEqual(given);
    expect(json.annotations[2]).toMatchObject({
      keyframe: false,
      attributes: { keyframe: true, track_id: 7 },
    });
    expect(json.annotations[3]).toMatchObject({ group_id: '0', description: 'a "note"', score: 0 });
  });

  it('joints in the order of the class, zeros where nobody placed them', async () => {
    const { json, report } = await written([
      made({
        type: 'skeleton',
        joints: [
          { name: 'nose', x: 2, y: 3, visibility: 2 },
          { name: 'foot', x: 9, y: 9, visibility: 0 },
        ],
        edges: [[0, 1]],
      }),
      made({
        type: 'skeleton',
        joints: [
          { name: 'tail', x: 1, y: 1, visibility: 2 },
          { name: 'foot', x: 4, y: 5, visibility: 1 },
        ],
        edges: [],
      }),
    ]);
    expect(json.annotations).toMatchObject([
      { keypoints: [2, 3, 2, 0, 0, 0], num_keypoints: 1, bbox: [2, 3, 0, 0], segmentation: [] },
      { keypoints: [0, 0, 0, 4, 5, 1], num_keypoints: 1 },
    ]);
    expect(report.lossCountByCode).toEqual({ 'skeleton-changed': 1 });
  });

  it('an outline and the joints of the same object as one annotation, and reads both', async () => {
    const joints: Shape = {
      type: 'skeleton',
      joints: [
        { name: 'nose', x: 2, y: 3, visibility: 2 },
        { name: 'foot', x: 4, y: 4, visibility: 2 },
      ],
      edges: [[0, 1]],
    };
    const given = [
      made(polygon({ exterior: SQUARE }), { groupId: 'p1', score: 0.5 }),
      made(joints, { groupId: 'p1', score: 0.5 }),
      // Of another score, so of another object; its box only runs around its joints.
      made({ type: 'box', x: 2, y: 3, width: 2, height: 1 }, { groupId: 'p1' }),
      made(joints, { groupId: 'p1' }),
    ];
    const { json, read, report } = await written(given);
    expect(json.annotations).toHaveLength(3);
    expect(json.annotations[0]).toMatchObject({
      num_keypoints: 2,
      segmentation: [[1, 1, 5, 1, 5, 5, 1, 5]],
      area: 16,
    });
    expect(report.annotations).toBe(4);
    expect(read.annotations).toEqual(given);
  });

  it('classes of whole pictures in a file of their own', async () => {
    const { files, read, json } = await written([
      made({ type: 'tag' }, { classIndex: 6, attributes: { sure: false } }),
      made({ type: 'box', x: 1, y: 1, width: 1, height: 1 }),
    ]);
    expect([...files.keys()]).toEqual([
      'annotations/instances_default.json',
      'annotations/labels_default.json',
    ]);
    expect(json.annotations).toHaveLength(1);
    expect(JSON.parse(String(files.get('annotations/labels_default.json')))).toMatchObject({
      images: [{ id: 1, file_name: 'a.jpg' }],
      annotations: [{ id: 1, image_id: 1, category_id: 7, attributes: { sure: false } }],
    });
    expect(read.annotations.map(({ shape }) => shape.type)).toEqual(['tag', 'box']);
    expect(read.problems).toEqual([]);
  });

  it('coordinates with the decimals that were asked for, by edges, and no box to nothing', async () => {
    const { json, read } = await written(
      [
        made({ type: 'box', x: 1.0049, y: 2.4951, width: 3.1439, height: 1 }),
        made({ type: 'box', x: 1, y: 1, width: 0.001, height: 1 }),
        made(polygon({ exterior: ring(0.123, 0.126, 2, 0, 2.0051, 2.999) })),
      ],
      { decimals: '2' },
    );
    // 1.0049 + 3.1439 = 4.1488 -> 4.15; 2.4951 + 1 = 3.4951 -> 3.5.
    expect(json.annotations.map(({ bbox }) => bbox)).toEqual([
      [1, 2.5, 3.15, 1],
      [1, 1, 0.001, 1],
      [0.12, 0, 1.89, 3],
    ]);
    expect(json.annotations[2]?.segmentation).toEqual([[0.12, 0.13, 2, 0, 2.01, 3]]);
    expect(read.annotations).toHaveLength(3);
  });

  it('what it cannot hold not at all, and counts it', async () => {
    const face = [
      { x: 1, y: 1 },
      { x: 2, y: 1 },
      { x: 2, y: 2 },
      { x: 1, y: 2 },
    ] as const;
    const { report } = await written([
      made({ type: 'ellipse', cx: 4, cy: 4, rx: 1, ry: 2, rotation: 0 }),
      made({ type: 'polyline', points: SQUARE }),
      made({ type: 'points', points: SQUARE }),
      made({ type: 'cuboid', front: [...face], back: [...face] }),
      made({ type: 'box', x: 1, y: 1, width: 1, height: 1 }, { classIndex: 3 }),
      made({ type: 'mask', x: 0, y: 0, width: 3, height: 3, rle: 'no runs' }),
    ]);
    expect(report.annotations).toBe(0);
    expect(report.lossCountByCode).toEqual({
      'unsupported-shape': 4,
      'unknown-class': 1,
      'mask-without-pixels': 1,
    });
  });

  it('beside its pictures in a folder for each split', async () => {
    const sink = memorySink();
    const options = { layout: 'folder-per-split' };
    const images = (['train', 'val', 'test', null] as const).map((split, at) => ({
      image: { key: `${at}/x.jpg`, size: { width: 9, height: 9 }, split, state: 'confirmedEmpty' as const },
      annotations: [],
    }));
    okValue(await coco.write(memorySource({ labels: LABELS, images }), sink, { options }));
    expect([...sink.files.keys()]).toEqual([
      'train/_annotations.coco.json',
      'valid/_annotations.coco.json',
      'test/_annotations.coco.json',
      '_annotations.coco.json',
    ]);
    expect(images.map(({ image }) => coco.picturePath(image, options))).toEqual([
      'train/0/x.jpg',
      'valid/1/x.jpg',
      'test/2/x.jpg',
      '3/x.jpg',
    ]);
    const read = await collected(coco.read(memoryFolder(sink.files)));
    expect(read.images.map(({ key, split }) => [key, split]).sort()).toEqual(
      images.map(({ image }) => [image.key, image.split]).sort(),
    );
  });
});
