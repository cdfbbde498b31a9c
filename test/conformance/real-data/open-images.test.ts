import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openImages } from '../../../shared/formats/open-images/open-images';
import { DATUMARO_ASSETS, isRealDataHere, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const assets = path.join(DATUMARO_ASSETS, 'open_images_dataset');

describe.skipIf(!isRealDataHere)('real Open Images datasets', () => {
  it('version 6: boxes, labels and a mask, of pictures whose sizes stand in images.meta or in themselves', async () => {
    const { formatIds, read } = await readReal(path.join(assets, 'v6'));
    expect(formatIds).toEqual(['open-images']);
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'Generic label #0'],
      [1, 'Generic label #1'],
      [2, 'Generic label #2'],
      [3, 'Generic label #3'],
    ]);
    expect(
      read.images.map(({ key, size, split, state, attributes }) => [key, size, split, state, attributes]),
    ).toEqual([
      ['train/a.jpg', { width: 6, height: 8 }, 'train', 'labelled', undefined],
      // The label with confidence 0 was verified to be absent.
      ['train/b.jpg', { width: 8, height: 2 }, 'train', 'labelled', { 'Generic label #0': false }],
      ['test/c.jpg', { width: 5, height: 10 }, 'test', 'labelled', undefined],
      ['validation/d.png', { width: 5, height: 1 }, 'val', 'unlabelled', undefined],
    ]);
    const near = (value: number) => Math.round(value * 1e9) / 1e9;
    expect(
      read.annotations.map(({ imageKey, classIndex, shape, isCrowd, score, attributes }) => [
        imageKey,
        classIndex,
        shape.type === 'box' ? [shape.x, shape.y, shape.width, shape.height].map(near) : shape,
        isCrowd,
        score,
        attributes,
      ]),
    ).toEqual([
      ['train/a.jpg', 0, { type: 'tag' }, false, null, { Source: 'verification' }],
      ['train/b.jpg', 0, [1.6, 0.6, 6.4, 0.4], false, null, { Source: 'xclick' }],
      [
        'train/b.jpg',
        0,
        // Two rows of eight pixels, 0xc0 each: the first two are set.
        { type: 'mask', x: 0, y: 0, width: 2, height: 2, rle: '04' },
        false,
        null,
        { PredictedIoU: 0.5 },
      ],
      [
        'test/c.jpg',
        3,
        [3.5, 0, 0.5, 5],
        true,
        0.7,
        { occluded: true, truncated: false, IsDepiction: false, IsInside: false, Source: 'xclick' },
      ],
      ['test/c.jpg', 1, { type: 'tag' }, false, null, { Source: 'verification' }],
      ['test/c.jpg', 3, { type: 'tag' }, false, null, { Source: 'verification' }],
    ]);
    expect(read.problems).toEqual([]);
    expect(read.orderFaults).toEqual([]);
  });

  it('version 5: tables of images alone are not offered as labelled', async () => {
    const { formatIds, read } = await readReal(path.join(assets, 'v5'));
    expect(formatIds).toEqual(['open-images']);
    expect(read.images.map(({ key, split, state }) => [key, split, state])).toEqual([
      ['test/cc.jpg', 'test', 'unlabelled'],
      ['train/aa.jpg', 'train', 'unlabelled'],
    ]);
    expect(read.labels.map(({ name }) => name)).toEqual(['Generic label #0', 'Generic label #1']);
    expect(read.annotations).toEqual([]);
  });

  it('version 6 is the same when written and read again, verified absence too', async () => {
    const { report, comparison, problems, files } = await rewritten(openImages, path.join(assets, 'v6'));
    expect(report.lossCountByCode).toEqual({ 'unlabelled-image-left-out': 1 });
    expect(problems).toEqual([]);
    expect(comparison.samples).toEqual([]);
    expect(comparison.matched).toBe(6);
    expect(String(files.get('annotations/train-annotations-human-imagelabels.csv'))).toBe(
      'ImageID,Source,LabelName,Confidence\ntrain/a,verification,Generic label #0,1\ntrain/b,verification,Generic label #0,0\n',
    );
  });
});
