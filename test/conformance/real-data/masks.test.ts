import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { masks } from '../../../shared/formats/masks/masks';
import { countSetPixels } from '../../../shared/geometry/mask-runs';
import { runsOfShape } from '../../../shared/shapes/mask/mask-pixels';
import type { CollectedDataset } from '../../harness/memory-dataset';
import { DATUMARO_ASSETS, isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

/** [picture, class, pixels] of every mask. */
function areas({ labels, annotations }: CollectedDataset): readonly (readonly [string, string, number])[] {
  const nameOf = new Map(labels.map((label) => [label.classIndex, label.name]));
  return annotations.map(({ imageKey, classIndex, shape }) => {
    if (shape.type !== 'mask') throw new Error(`${imageKey} has a ${shape.type}`);
    return [imageKey, nameOf.get(classIndex) ?? '', countSetPixels(runsOfShape(shape))];
  });
}

// Pixel counts were taken with Python's zlib and a reader of PNG rows of twenty lines, not with code of this repository.
describe.skipIf(!isRealDataHere)('real class masks', () => {
  it('coco-val: 100 masks of COCO photos, every class and pixel of them', async () => {
    const { formatIds, read } = await readReal(path.join(REAL_DATA, 'coco-val/semantic_segmentation'));
    expect(formatIds).toEqual(['masks']);
    expect(read.problems).toEqual([]);
    expect(read.images).toHaveLength(100);
    expect(new Set(read.images.map((image) => image.split))).toEqual(new Set(['val']));
    // 130 numbers in config.yaml, of which 0 is "unlabeled"; COCO's number is the class number + 1.
    expect(read.labels).toHaveLength(129);
    expect(read.labels.slice(0, 3).map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'person'],
      [1, 'bicycle'],
      [2, 'car'],
    ]);
    const all = areas(read);
    expect(all).toHaveLength(654);
    expect(all.reduce((sum, [, , pixels]) => sum + pixels, 0)).toBe(24_740_813);
    expect(all.filter(([key]) => key === 'val2017/000000000285.jpg').map(([, , pixels]) => pixels)).toEqual([
      275_827, 88_715,
    ]);
  });

  it('camvid: three lists of pairs and colours of the Cambridge classes', async () => {
    const { formatIds, read } = await readReal(path.join(DATUMARO_ASSETS, 'camvid_dataset'));
    expect(formatIds).toEqual(['masks']);
    expect(read.problems).toEqual([]);
    expect(read.labels).toHaveLength(31);
    expect(read.images.map(({ key, split }) => [key, split])).toEqual([
      ['test/0001TP_008550.png', 'test'],
      ['test/0001TP_008580.png', 'test'],
      ['train/0001TP_006690.png', 'train'],
      ['val/0016E5_07959.png', 'val'],
    ]);
    expect(areas(read)).toEqual([
      ['test/0001TP_008550.png', 'Animal', 2],
      ['test/0001TP_008550.png', 'Road', 1],
      ['test/0001TP_008550.png', 'Sky', 2],
      ['test/0001TP_008580.png', 'Archway', 2],
      ['test/0001TP_008580.png', 'Bridge', 1],
      ['test/0001TP_008580.png', 'Tree', 2],
      ['train/0001TP_006690.png', 'Bicyclist', 4],
      ['train/0001TP_006690.png', 'Road', 1],
      ['val/0016E5_07959.png', 'Animal', 3],
      ['val/0016E5_07959.png', 'Child', 2],
    ]);
  });

  it.each([
    [
      'common_semantic_segmentation_dataset/dataset',
      [
        ['0001.png', 'Bicyclist', 4],
        ['0001.png', 'Road', 1],
        ['0002.png', 'Animal', 3],
        ['0002.png', 'Child', 2],
      ],
    ],
    [
      'common_semantic_segmentation_dataset/non_standard_dataset',
      [
        ['image_0001.png', 'Bicyclist', 4],
        ['image_0001.png', 'Road', 1],
        ['image_0002.png', 'Animal', 2],
        ['image_0002.png', 'Road', 1],
        ['image_0002.png', 'SignSymbol', 2],
      ],
    ],
    [
      'synthia_dataset/rand_custom_labelmap',
      [
        ['000000.png', 'sky', 3],
        ['000000.png', 'road', 2],
        ['000001.png', 'building', 2],
        ['000001.png', 'person', 2],
        ['000001.png', 'road', 1],
      ],
    ],
    [
      'synthia_dataset/rand_meta_file',
      [
        ['000000.png', 'sky', 3],
        ['000000.png', 'road', 2],
        ['000001.png', 'building', 2],
        ['000001.png', 'person', 2],
        ['000001.png', 'road', 1],
      ],
    ],
    [
      'kaggle_dataset/image_mask_with_labelmap',
      [
        ['001.png', 'cat', 2],
        ['001.png', 'dog', 2],
        ['002.png', 'cat', 1],
        ['002.png', 'dog', 1],
        ['003.png', 'cat', 1],
        ['003.png', 'dog', 1],
      ],
    ],
    [
      'kaggle_dataset/image_mask',
      [
        ['001.png', 'foreground', 3],
        ['002.png', 'foreground', 2],
      ],
    ],
    [
      // No list of classes is there: they are called by their colours.
      'synthia_dataset/sf',
      [
        ['000000.png', 'color-804080', 2],
        ['000000.png', 'color-98fb98', 3],
        ['000001.png', 'color-464646', 2],
        ['000001.png', 'color-4682b4', 2],
        ['000001.png', 'color-dcdc00', 1],
      ],
    ],
  ])('%s', async (folder, expected) => {
    const { formatIds, read } = await readReal(path.join(DATUMARO_ASSETS, folder));
    expect(formatIds).toEqual(['masks']);
    expect(areas(read)).toEqual(expected);
    expect(read.problems).toEqual([]);
    expect(read.orderFaults).toEqual([]);
  });

  it("labelme's frames of a video", async () => {
    const { read } = await readReal(path.join(REAL_DATA, 'labelme/video_annotation/data_dataset_voc'));
    expect(areas(read)).toEqual(
      [
        ['00000100.jpg', 54_094],
        ['00000101.jpg', 56_621],
        ['00000102.jpg', 60_054],
        ['00000103.jpg', 63_110],
        ['00000104.jpg', 66_363],
      ].flatMap(([key, track]) => [
        [key, 'car', 8_942],
        [key, 'track', track],
      ]),
    );
  });
});

describe.skipIf(!isRealDataHere)('real instance masks', () => {
  it('lanes: each lane of a frame, of the class of the binary masks', async () => {
    const { formatIds, read } = await readReal(path.join(REAL_DATA, 'lanes'));
    expect(formatIds).toEqual(['masks']);
    expect(read.problems).toEqual([]);
    expect(areas(read)).toEqual(
      [
        [3933, 4970, 4391, 3975],
        [4076, 4779, 4611, 3836],
        [4596, 4955, 4946, 4267],
      ].flatMap((lanes, at) => lanes.map((pixels) => [`000${at}.png`, 'foreground', pixels])),
    );
  });

  it('lanes as classes: the binary masks', async () => {
    const { read } = await readReal(path.join(REAL_DATA, 'lanes'), { kind: 'class' });
    expect(areas(read)).toEqual([
      ['0000.png', 'foreground', 17_269],
      ['0001.png', 'foreground', 17_302],
      ['0002.png', 'foreground', 18_764],
    ]);
  });

  it("labelme's objects have the classes of their class masks", async () => {
    const { read } = await readReal(path.join(REAL_DATA, 'labelme/instance_segmentation/data_dataset_voc'));
    expect(areas(read)).toEqual([
      ['2011_000003.jpg', 'person', 15_662],
      ['2011_000003.jpg', 'person', 17_218],
      ['2011_000003.jpg', 'bottle', 873],
      ['2011_000006.jpg', 'person', 14_690],
      ['2011_000006.jpg', 'person', 11_672],
      ['2011_000006.jpg', 'person', 7_463],
      ['2011_000006.jpg', 'chair', 44_403],
      ['2011_000006.jpg', 'person', 991],
      ['2011_000006.jpg', 'sofa', 14_002],
      ['2011_000025.jpg', 'bus', 102_450],
      ['2011_000025.jpg', 'bus', 15_781],
      ['2011_000025.jpg', 'car', 7_256],
    ]);
  });
});

describe.skipIf(!isRealDataHere)('real masks come back when written', () => {
  it.each([
    ['coco-val/semantic_segmentation', 'class', 654],
    ['coco-val/semantic_segmentation', 'instance', 654],
    ['lanes', 'instance', 12],
  ])('%s as %s masks', async (folder, kind, count) => {
    const { report, comparison, problems } = await rewritten(masks, path.join(REAL_DATA, folder), {
      write: { kind },
    });
    expect(report.annotations).toBe(count);
    expect(comparison.samples).toEqual([]);
    expect(comparison.matched).toBe(count);
    expect(report.lossCountByCode).toEqual({});
    expect(problems).toEqual([]);
  });
});
