import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { yolo } from '../../../shared/formats/yolo/yolo';
import { okValue } from '../../fixtures/ok-value';
import { collected } from '../../harness/memory-dataset';
import { DATUMARO_ASSETS, isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

/** An independent count: the text files of a folder, and their lines that hold something, by nothing but splitting. */
function linesBelow(folder: string) {
  const lines: string[] = [];
  let files = 0;
  for (const entry of readdirSync(folder, { recursive: true }).map(String).sort()) {
    if (!entry.endsWith('.txt') || !statSync(path.join(folder, entry)).isFile()) continue;
    files += 1;
    lines.push(
      ...readFileSync(path.join(folder, entry), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== ''),
    );
  }
  return { files, lines };
}

/** A picture of 15 × 10 px with the two boxes of Datumaro's own example. */
const BOXES_OF_THE_EXAMPLE = [
  [2, 0, 2, 4, 2],
  [4, 3, 3, 2, 3],
];

describe.skipIf(!isRealDataHere)('real YOLO datasets', () => {
  it.each([
    ['yolo_dataset/strict', ['1.jpg'], ['train'], 10],
    ['yolo_dataset/annotations', ['Images/1.jpg'], [null], 10],
    ['yolo_dataset/labels', ['train/1.jpg', 'val/1.jpg'], ['train', 'val'], 10],
  ] as const)('%s: two boxes a picture, whatever the layout', async (name, keys, splits, classes) => {
    const folder = path.join(DATUMARO_ASSETS, name);
    const { formatIds, read } = await readReal(folder);
    expect(formatIds).toEqual(['yolo']);
    expect(read.problems).toEqual([]);
    expect(read.labels.map((label) => label.name)).toEqual(
      Array.from({ length: classes }, (_, index) => `label_${index}`),
    );
    expect(read.images.map(({ key, size, split }) => [key, size, split])).toEqual(
      keys.map((key, at) => [key, { width: 15, height: 10 }, splits[at]]),
    );
    for (const key of keys) {
      const boxes = read.annotations
        .filter((annotation) => annotation.imageKey === key)
        .map(({ classIndex, shape }) =>
          shape.type === 'box'
            ? [classIndex, ...[shape.x, shape.y, shape.width, shape.height].map(toPixel)]
            : shape,
        );
      expect(boxes).toEqual(BOXES_OF_THE_EXAMPLE);
    }
    expect((await rewritten(yolo, folder)).comparison).toMatchObject({ isSame: true, samples: [] });
    const darknet = await rewritten(yolo, folder, { write: { layout: 'darknet' } });
    expect(darknet.comparison).toMatchObject({ isSame: true, samples: [] });
    expect(darknet.problems).toEqual([]);
  });

  it('roboflow_dataset/yolo: a folder a split, pictures of 10 × 5 px', async () => {
    const folder = path.join(DATUMARO_ASSETS, 'roboflow_dataset/yolo');
    const { formatIds, read } = await readReal(folder);
    expect(formatIds).toEqual(['yolo']);
    expect(read.problems).toEqual([]);
    expect(read.images.map(({ key, split }) => [key, split])).toEqual([
      ['train/train_001.jpg', 'train'],
      ['train/train_002.jpg', 'train'],
      ['val/val_001.jpg', 'val'],
    ]);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape }) =>
        shape.type === 'box'
          ? [imageKey, classIndex, ...[shape.x, shape.y, shape.width, shape.height].map(toPixel)]
          : shape,
      ),
    ).toEqual([
      ['train/train_001.jpg', 0, 2, 1, 3, 1],
      ['train/train_002.jpg', 1, 0, 0, 2, 4],
      ['val/val_001.jpg', 0, 0, 0, 1, 2],
      ['val/val_001.jpg', 1, 0, 0, 9, 1],
    ]);
    expect((await rewritten(yolo, folder)).comparison).toMatchObject({ isSame: true, samples: [] });
  });

  it('kaggle_dataset/relaxed_yolo: pictures and labels beside each other, and no names', async () => {
    const folder = path.join(DATUMARO_ASSETS, 'kaggle_dataset/relaxed_yolo');
    const { formatIds, read } = await readReal(folder);
    expect(formatIds).toEqual(['yolo']);
    expect(read.problems.map((problem) => problem.code)).toEqual(['yolo-no-class-names']);
    expect(read.labels.map((label) => label.name)).toEqual(['class-1', 'class-2', 'class-3', 'class-4']);
    expect(read.annotations.map(({ imageKey, classIndex }) => [imageKey, classIndex])).toEqual([
      ['1.jpg', 2],
      ['1.jpg', 4],
      ['2.jpg', 1],
      ['2.jpg', 3],
    ]);
  });

  it('coco-val/object_detection: every line is a box inside its photo', async () => {
    const read = await readCocoVal('object_detection');
    const { files, lines } = linesBelow(path.join(REAL_DATA, 'coco-val/object_detection/labels'));
    expect(files).toBe(128);
    expect(read.images).toHaveLength(files);
    expect(read.problems).toEqual([]);
    expect(read.annotations.map((annotation) => annotation.classIndex)).toEqual(
      lines.map((line) => Number(line.split(' ')[0])),
    );
    const sizes = new Map(read.images.map((image) => [image.key, image.size]));
    for (const [at, { imageKey, shape }] of read.annotations.entries()) {
      const size = sizes.get(imageKey);
      if (shape.type !== 'box' || size == null) throw new Error(`${imageKey} is not a box in a photo`);
      const [, x, y, width, height] = (lines[at] ?? '').split(' ').map(Number);
      // Written with six digits: a thousandth of a pixel.
      expect(shape.x + shape.width / 2).toBeCloseTo((x ?? 0) * size.width, 2);
      expect(shape.y + shape.height / 2).toBeCloseTo((y ?? 0) * size.height, 2);
      expect(shape.width).toBeCloseTo((width ?? 0) * size.width, 2);
      expect(shape.height).toBeCloseTo((height ?? 0) * size.height, 2);
    }
  });

  it('coco-val/instance_segmentation: every line is an outline, of several parts where rings are joined', async () => {
    const read = await readCocoVal('instance_segmentation');
    const { files, lines } = linesBelow(path.join(REAL_DATA, 'coco-val/instance_segmentation/labels'));
    expect([files, lines.length]).toEqual([100, 712]);
    expect(read.images.filter((image) => image.state === 'labelled')).toHaveLength(files);
    expect(read.annotations).toHaveLength(lines.length);
    expect(new Set(read.problems.map((problem) => problem.code))).toEqual(new Set(['yolo-rings-separated']));
    const first = read.annotations[0]?.shape;
    const exterior = first?.type === 'polygon' ? (first.parts[0]?.exterior ?? []) : [];
    // 0.679688 0.370892 and 0.673438 0.373239 of 640 × 426 px.
    expect(exterior.slice(0, 2).map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual([
      [435, 158],
      [431, 159],
    ]);
    for (const [at, { shape }] of read.annotations.entries()) {
      if (shape.type !== 'polygon') throw new Error(`annotation ${at} is a ${shape.type}`);
      // Every corner of the line is a corner of the shape, and none is new.
      const inLine = new Set<string>();
      const numbers = (lines[at] ?? '').trim().split(' ').slice(1);
      for (let index = 0; index < numbers.length; index += 2)
        inLine.add(`${numbers[index]} ${numbers[index + 1]}`);
      const inShape = new Set(shape.parts.flatMap(({ exterior: ring, holes }) => [ring, ...holes]).flat());
      const distinct = new Set([...inShape].map(({ x, y }) => `${x} ${y}`));
      expect(distinct.size).toBe(inLine.size);
    }
    const joined = lines.filter((line) => closedRingsOf(line) > 1);
    expect(joined).toHaveLength(85);
    expect(
      read.annotations.filter(({ shape }) => shape.type === 'polygon' && shape.parts.length > 1),
      // Three more are one outline of two lobes with a line of no width between them, out and back.
    ).toHaveLength(joined.length + 3);
  });
});

/** How many rings a line holds one after another, each ending where it began; 0 when it holds anything else. */
function closedRingsOf(line: string): number {
  const numbers = line.trim().split(' ').slice(1).join(' ');
  const corners: string[] = numbers.match(/\S+ \S+/g) ?? [];
  let rings = 0;
  while (corners.length > 0) {
    const end = corners.indexOf(corners[0] ?? '', 1);
    if (end < 3) return 0;
    corners.splice(0, end + 1);
    rings += 1;
  }
  return rings;
}

function toPixel(value: number): number {
  return Math.round(value * 1e4) / 1e4 === Math.round(value) ? Math.round(value) : value;
}

async function readCocoVal(task: string) {
  const folder = path.join(REAL_DATA, 'coco-val', task);
  const opened = okValue(await openDatasetFolder(folder, { imageRoots: [path.dirname(folder)] }));
  const { confidence } = await yolo.detect(opened);
  expect(confidence).toBeGreaterThan(0.9);
  return collected(yolo.read(opened));
}
