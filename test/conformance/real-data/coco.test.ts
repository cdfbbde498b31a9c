import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { coco } from '../../../shared/formats/coco/coco';
import { sourceFromFolder } from '../../../shared/formats/source-from-folder';
import { yolo } from '../../../shared/formats/yolo/yolo';
import { compareWithRead, comparisonFor } from '../../../shared/quality/comparison-for';
import { okValue } from '../../fixtures/ok-value';
import { collected, memoryFolder, memorySink } from '../../harness/memory-dataset';
import { DATUMARO_ASSETS, isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const assets = (folder: string) => path.join(DATUMARO_ASSETS, folder);
const labelme = path.join(REAL_DATA, 'labelme/instance_segmentation/data_dataset_coco');

const rectangle = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 2 },
  { x: 0, y: 2 },
];
/** From datumaro's own files; the run lengths of the windows as pycocotools writes them. */
const POLYGON_OF_B = { type: 'polygon', parts: [{ exterior: rectangle, holes: [] }] };
const MASK_OF_B = { type: 'mask', x: 0, y: 0, width: 2, height: 10, rle: '0d0' };
const MASK_OF_A = { type: 'mask', x: 2, y: 0, width: 5, height: 5, rle: '0:50' };
const BOX_OF_A = { type: 'box', x: 2, y: 2, width: 3, height: 1 };
const ATTRIBUTES_OF_B = { x: 1, y: 'hello' };

async function shapesOf(folder: string) {
  const { formatIds, read } = await readReal(assets(folder));
  return {
    formatIds,
    labels: read.labels.map(({ classIndex, name }) => [classIndex, name]),
    images: read.images.map(({ key, split, state }) => [key, split, state]),
    annotations: read.annotations.map(({ imageKey, classIndex, shape }) => [imageKey, classIndex, shape]),
    problems: read.problems.map(({ code, severity }) => [severity, code]),
    read,
  };
}

describe.skipIf(!isRealDataHere)('real COCO datasets', () => {
  it.each(['coco_dataset/coco_instances', 'coco_dataset/mmdet_coco', 'coco_dataset/coco_roboflow'])(
    '%s: a box, an outline with attributes, a crowd',
    async (folder) => {
      const { formatIds, labels, images, annotations, problems, read } = await shapesOf(folder);
      expect(formatIds).toEqual(['coco']);
      expect(labels).toEqual([
        [0, 'a'],
        [1, 'b'],
        [3, 'c'],
      ]);
      expect(images).toEqual([
        ['a.jpg', 'train', 'labelled'],
        ['b.jpg', 'val', 'labelled'],
      ]);
      expect(annotations).toEqual([
        ['a.jpg', 1, BOX_OF_A],
        ['b.jpg', 0, POLYGON_OF_B],
        ['b.jpg', 1, MASK_OF_B],
      ]);
      expect(read.annotations.map(({ attributes, isCrowd }) => [attributes, isCrowd])).toEqual([
        [{}, false],
        [ATTRIBUTES_OF_B, false],
        [{}, true],
      ]);
      expect(problems).toEqual([]);
    },
  );

  it('coco: objects, and beside them classes of whole pictures; the rest is set aside and said', async () => {
    const { formatIds, annotations, problems, read } = await shapesOf('coco_dataset/coco');
    expect(formatIds).toEqual(['coco', 'coco-panoptic']);
    expect(annotations).toEqual([
      ['a.jpg', 1, { type: 'tag' }],
      ['a.jpg', 1, BOX_OF_A],
      ['b.jpg', 0, { type: 'tag' }],
      ['b.jpg', 1, { type: 'tag' }],
      ['b.jpg', 0, POLYGON_OF_B],
      ['b.jpg', 1, MASK_OF_B],
    ]);
    expect(new Set(problems.map((problem) => problem.join(' ')))).toEqual(
      new Set(['warning coco-file-set-aside']),
    );
    // Captions, image infos, keypoints, stuff and panoptic, each of two splits.
    expect(problems).toHaveLength(10);
    expect(read.orderFaults).toEqual([]);
  });

  it('coco_person_keypoints: joints beside what they are joints of, edges from 0', async () => {
    const { formatIds, annotations, problems, read } = await shapesOf('coco_dataset/coco_person_keypoints');
    const joint = (index: number, x: number, y: number, visibility: number) => ({
      name: `keypoint ${index}`,
      x,
      y,
      visibility,
    });
    const edges = [
      [0, 1],
      [1, 2],
    ];
    expect(formatIds).toEqual(['coco']);
    expect(annotations).toEqual([
      ['a.jpg', 1, BOX_OF_A],
      [
        'a.jpg',
        1,
        { type: 'skeleton', joints: [joint(1, 0, 0, 0), joint(2, 0, 2, 1), joint(3, 4, 1, 2)], edges },
      ],
      ['b.jpg', 0, POLYGON_OF_B],
      [
        'b.jpg',
        0,
        { type: 'skeleton', joints: [joint(1, 1, 2, 2), joint(2, 3, 4, 2), joint(3, 2, 3, 2)], edges },
      ],
      ['b.jpg', 1, MASK_OF_B],
      [
        'b.jpg',
        1,
        { type: 'skeleton', joints: [joint(1, 2, 4, 2), joint(2, 4, 4, 2), joint(3, 4, 2, 2)], edges },
      ],
    ]);
    expect(read.annotations.map(({ groupId }) => groupId)).toEqual([
      'coco-1',
      'coco-1',
      'coco-1',
      'coco-1',
      'coco-2',
      'coco-2',
    ]);
    expect(problems).toEqual([]);
  });

  it('coco_stuff: masks', async () => {
    const { formatIds, annotations, problems } = await shapesOf('coco_dataset/coco_stuff');
    expect(formatIds).toEqual(['coco']);
    expect(annotations).toEqual([
      ['a.jpg', 0, MASK_OF_A],
      ['b.jpg', 1, MASK_OF_B],
    ]);
    expect(problems).toEqual([]);
  });

  it('coco_labels: classes of whole pictures', async () => {
    const { formatIds, annotations, problems } = await shapesOf('coco_dataset/coco_labels');
    expect(formatIds).toEqual(['coco']);
    expect(annotations).toEqual([
      ['a.jpg', 1, { type: 'tag' }],
      ['b.jpg', 0, { type: 'tag' }],
      ['b.jpg', 1, { type: 'tag' }],
    ]);
    expect(problems).toEqual([]);
  });

  it('coco_image_info: pictures of which nothing is said', async () => {
    const { formatIds, images, annotations } = await shapesOf('coco_dataset/coco_image_info');
    expect(formatIds).toEqual(['coco']);
    expect(images).toEqual([
      ['a.jpg', 'train', 'unlabelled'],
      ['b.jpg', 'val', 'unlabelled'],
    ]);
    expect(annotations).toEqual([]);
  });

  it.each([
    [
      'roboflow_dataset/coco',
      [
        ['train_001.jpg', 0, [2, 1, 3, 1], false],
        ['train_002.jpg', 1, [0, 0, 2, 4], false],
        ['val_001.jpg', 0, [0, 0, 1, 2], false],
        ['val_001.jpg', 1, [0, 0, 9, 1], true],
      ],
    ],
    [
      'kaggle_dataset/relaxed_coco',
      [
        ['train_001.jpg', 0, [2, 1, 3, 1], false],
        ['train_002.jpg', 1, [0, 0, 2, 4], false],
      ],
    ],
  ])('%s: boxes', async (folder, boxes) => {
    const { formatIds, read } = await shapesOf(folder);
    expect(formatIds).toEqual(['coco']);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape, isCrowd }) => [
        imageKey,
        classIndex,
        shape.type === 'box' ? [shape.x, shape.y, shape.width, shape.height] : shape.type,
        isCrowd,
      ]),
    ).toEqual(boxes);
    expect(read.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it("labelme's own conversion: outlines in parts, ids from 0, classes in the order of ids", async () => {
    const { formatIds, read } = await readReal(labelme);
    expect(formatIds).toEqual(['coco']);
    // An independent look at the same file.
    const text = readFileSync(path.join(labelme, 'annotations.json'), 'utf8');
    const { annotations } = JSON.parse(text) as {
      annotations: { category_id: number; segmentation: number[][] }[];
    };
    expect(read.images.map(({ key, size }) => [key, size?.width, size?.height])).toEqual([
      ['JPEGImages/2011_000003.jpg', 500, 338],
      ['JPEGImages/2011_000025.jpg', 500, 375],
      ['JPEGImages/2011_000006.jpg', 500, 375],
    ]);
    expect(read.labels).toHaveLength(21);
    expect(read.labels[15]).toMatchObject({ classIndex: 15, name: 'person' });
    expect(read.annotations).toHaveLength(12);
    expect(read.annotations.map(({ classIndex }) => classIndex).sort()).toEqual(
      annotations.map((one) => one.category_id).sort(),
    );
    const points = read.annotations.map(({ shape }) =>
      shape.type === 'polygon'
        ? shape.parts.map(({ exterior }) => exterior.flatMap(({ x, y }) => [x, y]))
        : [],
    );
    expect(points.map((parts) => parts.length).sort()).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4]);
    expect(points).toEqual(annotations.map(({ segmentation }) => segmentation));
    expect(points[0]?.[0]?.slice(0, 4)).toEqual([
      250.8142292490119, 107.33596837944665, 229.8142292490119, 119.33596837944665,
    ]);
    expect(read.problems).toEqual([]);
  });

  it.each([
    ['coco_dataset/coco', 2, 6],
    ['coco_dataset/coco_instances', 2, 3],
    ['coco_dataset/coco_labels', 2, 3],
    ['coco_dataset/coco_person_keypoints', 2, 6],
    ['coco_dataset/coco_stuff', 2, 2],
    ['roboflow_dataset/coco', 3, 4],
    ['kaggle_dataset/relaxed_coco', 2, 2],
    [path.relative(DATUMARO_ASSETS, labelme), 3, 12],
  ])('%s comes back the same, whatever the options', async (folder, images, annotations) => {
    const choices = [{}, { masks: 'crowd-rle' }, { decimals: '2' }, { layout: 'folder-per-split' }];
    for (const write of choices) {
      const { report, comparison, problems } = await rewritten(coco, assets(folder), { write });
      expect([report.images, report.annotations, report.lossCountByCode]).toEqual([images, annotations, {}]);
      expect(comparison.samples).toEqual([]);
      expect(comparison.matched + comparison.matchedInPart).toBe(annotations);
      expect(problems).toEqual([]);
    }
  });

  it('YOLO boxes and outlines of coco-val become COCO and come back', async () => {
    for (const [folder, images, annotations] of [
      ['coco-val/object_detection', 128, 898],
      ['coco-val/instance_segmentation', 100, 712],
    ] as const) {
      const opened = okValue(
        await openDatasetFolder(path.join(REAL_DATA, folder), {
          imageRoots: [path.join(REAL_DATA, 'coco-val')],
        }),
      );
      const source = sourceFromFolder(yolo, opened);
      const sink = memorySink();
      const report = okValue(await coco.write(source, sink));
      expect([report.images, report.annotations, report.lossCountByCode]).toEqual([images, annotations, {}]);
      const comparison = await compareWithRead(
        source,
        coco.read(memoryFolder(sink.files)),
        comparisonFor(coco.fidelity()),
      );
      expect(comparison.samples).toEqual([]);
      expect(comparison.matched).toBe(annotations);
    }
  });
});

describe.skipIf(!isRealDataHere)('what is near to COCO', () => {
  it.each([
    ['coco_dataset/coco_captions', /captions/],
    ['coco_dataset/coco_panoptic', /panoptic, a format of its own/],
    ['datumaro_dataset/legacy', /is Datumaro JSON/],
    ['segment_anything_dataset', /Segment Anything/],
    ['../../../../labelme/bbox_detection', /is labelme JSON/],
  ])('%s is refused, saying what it is', async (folder, reason) => {
    const opened = okValue(await openDatasetFolder(assets(folder)));
    const { confidence, reasons } = await coco.detect(opened);
    expect(confidence).toBe(0);
    expect(reasons.join('\n')).toMatch(reason);
    const read = await collected(coco.read(opened));
    expect([...read.images, ...read.annotations]).toEqual([]);
  });
});
