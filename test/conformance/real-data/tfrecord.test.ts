import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { tfrecord } from '../../../shared/formats/tfrecord/tfrecord';
import { okValue } from '../../fixtures/ok-value';
import { DATUMARO_ASSETS, isRealDataHere, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const detection = path.join(DATUMARO_ASSETS, 'tf_detection_api_dataset');
const roboflow = path.join(DATUMARO_ASSETS, 'roboflow_dataset/tfrecord');

// Fractions and sizes were read with forty lines of Python over the wire format, not with code of this repository.
describe.skipIf(!isRealDataHere)('real TFRecord datasets', () => {
  it('TensorFlow object detection of three subsets', async () => {
    const { formatIds, read } = await readReal(detection);
    expect(formatIds).toEqual(['tfrecord']);
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual(
      Array.from({ length: 10 }, (_, at) => [at, `label_${at}`]),
    );
    expect(read.images).toEqual([
      { key: '3.jpg', size: { width: 4, height: 5 }, split: 'test', state: 'confirmedEmpty' },
      { key: '1.jpg', size: { width: 16, height: 16 }, split: 'train', state: 'labelled' },
      { key: '2.jpg', size: { width: 8, height: 8 }, split: 'val', state: 'labelled' },
    ]);
    expect(read.annotations.map(({ imageKey, classIndex, shape }) => [imageKey, classIndex, shape])).toEqual([
      ['1.jpg', 2, { type: 'box', x: 0, y: 4, width: 4, height: 8 }],
      ['1.jpg', 3, { type: 'box', x: 0, y: 4, width: 4, height: 4 }],
      ['2.jpg', 3, { type: 'box', x: 1, y: 2, width: 4, height: 2 }],
    ]);
    // The third object of 1.jpg has label 0, which is no class.
    expect(read.problems.map((problem) => problem.code)).toEqual(['tfrecord-unknown-label']);
  });

  it('its pictures come out', async () => {
    const folder = okValue(await openDatasetFolder(detection));
    const pictures: [string, number, number][] = [];
    for await (const { key, bytes } of tfrecord.pictures?.(folder) ?? [])
      pictures.push([key, bytes[0] ?? 0, bytes[1] ?? 0]);
    // JPEG begins with ff d8.
    expect(pictures).toEqual([
      ['3.jpg', 0xff, 0xd8],
      ['1.jpg', 0xff, 0xd8],
      ['2.jpg', 0xff, 0xd8],
    ]);
  });

  it("Roboflow's, with a label map in each split", async () => {
    const { formatIds, read } = await readReal(roboflow);
    expect(formatIds).toEqual(['tfrecord']);
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'label_0'],
      [1, 'label_1'],
    ]);
    expect(read.images.map(({ key, split }) => [key, split])).toEqual([
      ['train_001.jpg', 'train'],
      ['train_002.jpg', 'train'],
      ['val_001.jpg', 'val'],
    ]);
    const expected = [
      ['train_001.jpg', 0, 2, 1, 3, 1],
      ['train_002.jpg', 1, 0, 0, 2, 4],
      ['val_001.jpg', 0, 0, 0, 1, 2],
      ['val_001.jpg', 1, 0, 0, 9, 1],
    ] as const;
    expect(read.annotations).toHaveLength(expected.length);
    for (const [at, [key, classIndex, x, y, width, height]] of expected.entries()) {
      const annotation = read.annotations[at];
      expect([annotation?.imageKey, annotation?.classIndex]).toEqual([key, classIndex]);
      const shape = annotation?.shape;
      if (shape?.type !== 'box') throw new Error('no box');
      expect(shape.x).toBeCloseTo(x, 5);
      expect(shape.y).toBeCloseTo(y, 5);
      expect(shape.width).toBeCloseTo(width, 5);
      expect(shape.height).toBeCloseTo(height, 5);
    }
    expect(read.problems).toEqual([]);
  });

  it.each([
    ['tf_detection_api_dataset', detection, 3],
    ['roboflow', roboflow, 4],
  ])('%s comes back when written', async (_, folder, count) => {
    const { report, comparison, problems } = await rewritten(tfrecord, folder);
    expect(report.annotations).toBe(count);
    expect(report.lossCountByCode).toEqual({});
    expect(comparison.samples).toEqual([]);
    expect(comparison.matched).toBe(count);
    expect(problems).toEqual([]);
  });
});
