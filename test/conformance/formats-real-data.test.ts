import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { detectFormats } from '../../shared/formats/detect-formats';
import { okValue } from '../fixtures/ok-value';
import { collected } from '../harness/memory-dataset';

const data = path.resolve(import.meta.dirname, '../../../shared/data');
const datumaro = path.join(data, 'formats/datumaro/tests/assets');
const isHere = existsSync(data);

/** An independent count: lines of text files in a folder that hold something, by nothing but splitting. */
function linesBelow(folder: string): { files: number; lines: number } {
  let files = 0;
  let lines = 0;
  for (const entry of readdirSync(folder, { recursive: true }).map(String)) {
    if (!entry.endsWith('.txt') || !statSync(path.join(folder, entry)).isFile()) continue;
    files += 1;
    lines += readFileSync(path.join(folder, entry), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '').length;
  }
  return { files, lines };
}

/** An independent count: JSON.parse of whole files, and boxes that have a width and a height. */
function boxesIn(...files: string[]): { images: number; boxes: number } {
  let images = 0;
  let boxes = 0;
  for (const file of files) {
    const whole = JSON.parse(readFileSync(file, 'utf8')) as {
      images: unknown[];
      annotations: { bbox?: number[] }[];
    };
    images += whole.images.length;
    boxes += whole.annotations.filter(
      ({ bbox }) => bbox?.length === 4 && (bbox[2] ?? 0) > 0 && (bbox[3] ?? 0) > 0,
    ).length;
  }
  return { images, boxes };
}

async function readBest(folder: string) {
  const opened = okValue(await openDatasetFolder(folder, { imageRoots: [path.dirname(folder)] }));
  const [best, ...others] = await detectFormats(opened);
  if (best === undefined) throw new Error(`nothing was detected in ${folder}`);
  return { formatId: best.format.id, others, read: await collected(best.format.read(opened)) };
}

if (!isHere) console.warn('skipped: the real data of ../shared/data is not here');

describe.skipIf(!isHere)('real YOLO datasets', () => {
  it.each([
    ['coco-val', 'coco-val/object_detection/labels'],
    ['coco-val/object_detection', 'coco-val/object_detection/labels'],
    ['coco-val/instance_segmentation', 'coco-val/instance_segmentation/labels'],
    [
      'formats/datumaro/tests/assets/yolo_dataset/annotations',
      'formats/datumaro/tests/assets/yolo_dataset/annotations/Annotations',
    ],
    [
      'formats/datumaro/tests/assets/yolo_dataset/labels',
      'formats/datumaro/tests/assets/yolo_dataset/labels/labels',
    ],
    [
      'formats/datumaro/tests/assets/yolo_dataset/strict',
      'formats/datumaro/tests/assets/yolo_dataset/strict/obj_train_data',
    ],
    [
      'formats/datumaro/tests/assets/roboflow_dataset/yolo',
      'formats/datumaro/tests/assets/roboflow_dataset/yolo',
    ],
    [
      'formats/datumaro/tests/assets/kaggle_dataset/relaxed_yolo',
      'formats/datumaro/tests/assets/kaggle_dataset/relaxed_yolo',
    ],
  ])('%s is read whole', async (folder, labels) => {
    const { formatId, read, others } = await readBest(path.join(data, folder));
    const { files, lines } = linesBelow(path.join(data, labels));
    expect(formatId).toBe('yolo');
    expect(others).toEqual([]);
    expect(read.images.filter((image) => image.state !== 'unlabelled')).toHaveLength(files);
    expect(read.annotations).toHaveLength(lines);
    expect(read.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(read.orderFaults).toEqual([]);
  });

  it('coco-val has its boxes inside its photos, and the split of its folder', async () => {
    const { read } = await readBest(path.join(data, 'coco-val'));
    const sizes = new Map(read.images.map((image) => [image.key, image.size]));
    expect(new Set(read.images.map((image) => image.split))).toEqual(new Set(['val']));
    for (const { imageKey, shape } of read.annotations) {
      const size = sizes.get(imageKey);
      if (size === null || size === undefined || shape.type !== 'box')
        throw new Error(`${imageKey} has no size`);
      expect(shape.x + shape.width).toBeLessThanOrEqual(size.width + 1e-6);
      expect(shape.y + shape.height).toBeLessThanOrEqual(size.height + 1e-6);
    }
  });
});

describe.skipIf(!isHere)('real COCO datasets', () => {
  const instances = (name: string) =>
    ['train', 'val'].map((split) => `${name}/annotations/instances_${split}.json`);
  it.each([
    ['coco_dataset/coco', instances('coco_dataset/coco')],
    ['coco_dataset/coco_instances', instances('coco_dataset/coco_instances')],
    ['coco_dataset/mmdet_coco', instances('coco_dataset/mmdet_coco')],
    [
      'coco_dataset/coco_roboflow',
      ['train', 'val'].map((split) => `coco_dataset/coco_roboflow/${split}/_annotations.coco.json`),
    ],
    [
      'roboflow_dataset/coco',
      ['train', 'val'].map((split) => `roboflow_dataset/coco/${split}/_annotations.coco.json`),
    ],
    ['kaggle_dataset/relaxed_coco', ['kaggle_dataset/relaxed_coco/annotations.json']],
    [
      '../../../../labelme/instance_segmentation/data_dataset_coco',
      ['../../../../labelme/instance_segmentation/data_dataset_coco/annotations.json'],
    ],
  ])('%s is read whole', async (folder, files) => {
    const { formatId, read, others } = await readBest(path.join(datumaro, folder));
    const { images, boxes } = boxesIn(...files.map((file) => path.join(datumaro, file)));
    expect(formatId).toBe('coco');
    expect(others).toEqual([]);
    expect(read.images).toHaveLength(images);
    expect(read.annotations).toHaveLength(boxes);
    expect(read.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(read.orderFaults).toEqual([]);
  });
});

describe.skipIf(!isHere)('real datasets of other kinds', () => {
  // Folders that themselves hold COCO or YOLO datasets beside others.
  const mixed = new Set(['coco_dataset', 'yolo_dataset', 'roboflow_dataset', 'kaggle_dataset']);
  const others = isHere
    ? [
        ...readdirSync(datumaro)
          .filter((name) => !mixed.has(name))
          .map((name) => path.join(datumaro, name)),
        ...[
          'voc-traffic-lights',
          'kitti',
          'video-pets',
          'lanes',
          'bdd-frames',
          'coco-val/panoptic_segmentation',
          'labelme/bbox_detection',
          'labelme/video_annotation',
          'tables',
          'formats/label-studio',
        ].map((name) => path.join(data, name)),
        ...['coco_captions', 'coco_labels', 'coco_panoptic'].map((name) =>
          path.join(datumaro, 'coco_dataset', name),
        ),
      ].filter((folder) => statSync(folder).isDirectory())
    : [];

  it.each(others.map((folder) => path.relative(data, folder)))(
    '%s is taken for none of ours',
    async (folder) => {
      const detected = await detectFormats(okValue(await openDatasetFolder(path.join(data, folder))));
      expect(detected.map(({ format, reasons }) => [format.id, reasons])).toEqual([]);
    },
  );
});
