import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mots } from '../../../shared/formats/mots/mots';
import { DATUMARO_ASSETS, isRealDataHere, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const folder = path.join(DATUMARO_ASSETS, 'mots_dataset');

/** `width` pixels of a picture that is one pixel high. */
const pixels = (x: number, width: number) => ({
  type: 'mask',
  x,
  y: 0,
  width,
  height: 1,
  rle: `0${width}`,
});

/**
 * The three PNG files hold a row of five pixels each, unpacked by hand (filter Sub, 16 bits): 4003 4003 3002 4001 0,
 * then 4002 0 0 0 0, then 0 1001 0 0 0. Class 4 is the fourth name of labels.txt.
 */
const OBJECTS: readonly unknown[] = [
  ['train/images/1.jpg', 2, pixels(2, 1), '3002'],
  ['train/images/1.jpg', 3, pixels(3, 1), '4001'],
  ['train/images/1.jpg', 3, pixels(0, 2), '4003'],
  ['train/images/2.jpg', 3, pixels(0, 1), '4002'],
  ['val/images/3.jpg', 0, pixels(1, 1), '1001'],
];

describe.skipIf(!isRealDataHere)('real MOTS datasets', () => {
  it('mots_dataset is read whole', async () => {
    const { formatIds, read } = await readReal(folder);
    expect(formatIds).toEqual(['mots']);
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
      [3, 'd'],
    ]);
    expect(read.images.map(({ key, size, split, state }) => [key, size, split, state])).toEqual([
      ['train/images/1.jpg', { width: 5, height: 1 }, 'train', 'labelled'],
      ['train/images/2.jpg', { width: 5, height: 1 }, 'train', 'labelled'],
      ['val/images/3.jpg', { width: 5, height: 1 }, 'val', 'labelled'],
    ]);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape, trackId }) => [
        imageKey,
        classIndex,
        shape,
        trackId,
      ]),
    ).toEqual(OBJECTS);
    expect(read.problems).toEqual([]);
    expect(read.orderFaults).toEqual([]);
  });

  it.each(['txt', 'png'])('is the same when written as %s and read again', async (form) => {
    const { report, comparison, problems } = await rewritten(mots, folder, { write: { form } });
    expect(report.lossCountByCode).toEqual({});
    expect(problems).toEqual([]);
    expect(comparison.samples).toEqual([]);
    expect(comparison.matched).toBe(OBJECTS.length);
  });
});
