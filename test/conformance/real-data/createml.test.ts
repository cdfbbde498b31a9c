import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createml } from '../../../shared/formats/createml/createml';
import { DATUMARO_ASSETS, isRealDataHere, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

describe.skipIf(!isRealDataHere)('real Create ML datasets', () => {
  it('roboflow_dataset/createml: boxes by their centre', async () => {
    const folder = path.join(DATUMARO_ASSETS, 'roboflow_dataset/createml');
    const { formatIds, read } = await readReal(folder);
    expect(formatIds).toEqual(['createml']);
    expect(read.problems).toEqual([]);
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'label_0'],
      [1, 'label_1'],
    ]);
    expect(read.images.map(({ key, size, split }) => [key, size, split])).toEqual([
      ['train_001.jpg', { width: 10, height: 5 }, 'train'],
      ['train_002.jpg', { width: 10, height: 5 }, 'train'],
      ['val_001.jpg', { width: 10, height: 5 }, 'val'],
    ]);
    // The second is at x 0, y 0 and 2 wide: a centre, by the format, and so half outside.
    expect(read.annotations.map(({ imageKey, classIndex, shape }) => [imageKey, classIndex, shape])).toEqual([
      ['train_001.jpg', 0, { type: 'box', x: 0.5, y: 0.5, width: 3, height: 1 }],
      ['train_002.jpg', 1, { type: 'box', x: -1, y: -2, width: 2, height: 4 }],
      ['val_001.jpg', 0, { type: 'box', x: -0.5, y: -1, width: 1, height: 2 }],
      ['val_001.jpg', 1, { type: 'box', x: -4.5, y: -0.5, width: 9, height: 1 }],
    ]);
    const inFiles = ['train', 'val'].flatMap(
      (split) =>
        readFileSync(path.join(folder, split, '_annotations.createml.json'), 'utf8').match(
          /"coordinates"/g,
        ) ?? [],
    );
    expect(read.annotations).toHaveLength(inFiles.length);
    const { comparison, problems } = await rewritten(createml, folder);
    expect(comparison).toMatchObject({ isSame: true, samples: [], matched: 4 });
    expect(problems).toEqual([]);
  });
});
