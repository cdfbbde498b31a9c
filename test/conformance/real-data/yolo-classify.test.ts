import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { yoloClassify } from '../../../shared/formats/yolo-classify/yolo-classify';
import { okValue } from '../../fixtures/ok-value';
import { collected } from '../../harness/memory-dataset';
import { DATUMARO_ASSETS, isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const OF_ONE_SPLIT = [
  ['label_0/label_0_1.jpg', 'label_0'],
  ['label_0_2.jpg', null],
  ['label_1/label_1_1.jpg', 'label_1'],
  ['label_1/label_1_1/label_1_1.jpg', 'label_1'],
] as const;

describe.skipIf(!isRealDataHere)('real folders of classes', () => {
  it('imagenet_subsets_dataset: two classes in three splits, and a picture of none in each', async () => {
    const folder = path.join(DATUMARO_ASSETS, 'imagenet_subsets_dataset');
    const { formatIds, read } = await readReal(folder);
    expect(formatIds).toEqual(['yolo-classify']);
    expect(read.problems).toEqual([]);
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'label_0'],
      [1, 'label_1'],
    ]);
    const tagOf = new Map(read.annotations.map((tag) => [tag.imageKey, `label_${tag.classIndex}`]));
    expect(read.images.map(({ key, split, state }) => [key, split, state, tagOf.get(key) ?? null])).toEqual(
      (['test', 'train', 'val'] as const).flatMap((split) =>
        OF_ONE_SPLIT.map(([key, label]) => [
          `${split}/${key}`,
          split,
          label === null ? 'unlabelled' : 'labelled',
          label,
        ]),
      ),
    );
    const { comparison, problems } = await rewritten(yoloClassify, folder);
    expect(comparison).toMatchObject({ isSame: true, samples: [], matched: 9 });
    expect(problems).toEqual([]);
  });

  it('imagenet_dataset: without splits it is read when asked for, and not offered', async () => {
    const opened = okValue(await openDatasetFolder(path.join(DATUMARO_ASSETS, 'imagenet_dataset')));
    expect((await yoloClassify.detect(opened)).confidence).toBeLessThan(0.5);
    const read = await collected(yoloClassify.read(opened));
    expect(read.annotations.map((tag) => [tag.imageKey, tag.classIndex])).toEqual([
      ['label_0/label_0_1.jpg', 0],
      ['label_1/label_1_1.jpg', 1],
      ['label_1/label_1_1/label_1_1.jpg', 1],
    ]);
    expect(read.images.find((image) => image.key === 'label_0_2.jpg')?.state).toBe('unlabelled');
  });

  it.each(['bdd-frames', 'images-robustness', 'coco-val', 'coco-val/images', 'lanes', 'kitti'])(
    '%s is not offered: pictures in folders are no classes',
    async (name) => {
      const opened = okValue(await openDatasetFolder(path.join(REAL_DATA, name)));
      expect((await yoloClassify.detect(opened)).confidence).toBeLessThan(0.5);
    },
  );
});
