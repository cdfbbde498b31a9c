import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dota } from '../../../shared/formats/dota/dota';
import { DATUMARO_ASSETS, isRealDataHere, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

describe.skipIf(!isRealDataHere)('real DOTA datasets', () => {
  it.each(['dota_dataset', 'roboflow_dataset/yolo_obb'])(
    '%s: four rectangles in three pictures',
    async (name) => {
      const folder = path.join(DATUMARO_ASSETS, name);
      const { formatIds, read } = await readReal(folder);
      expect(formatIds).toEqual(['dota']);
      expect(read.problems).toEqual([]);
      expect(read.labels.map((label) => label.name)).toEqual(['label_0', 'label_1']);
      expect(read.images.map(({ key, split, state }) => [key, split, state])).toEqual([
        ['train/train_001.jpg', 'train', 'labelled'],
        ['train/train_002.jpg', 'train', 'labelled'],
        ['val/val_001.jpg', 'val', 'labelled'],
      ]);
      // By hand from the lines: 0 0 0 2 2 2 2 0; 1 1 1 5 5 5 5 1; 0 0 0 1 1 1 1 0; 1 2 1 5 10 5 10 2. Each runs down first,
      // so that its width is along the left edge.
      expect(
        read.annotations.map(({ classIndex, shape, attributes }) =>
          shape.type === 'rotated-box'
            ? [classIndex, shape.cx, shape.cy, shape.width, shape.height, shape.rotation, attributes]
            : shape,
        ),
      ).toEqual([
        [0, 1, 1, 2, 2, 90, {}],
        [1, 3, 3, 4, 4, 90, {}],
        [0, 0.5, 0.5, 1, 1, 90, {}],
        [1, 5.5, 3.5, 3, 9, 90, {}],
      ]);
      const { comparison, problems } = await rewritten(dota, folder);
      expect(comparison).toMatchObject({ isSame: true, samples: [], matched: 4 });
      expect(problems).toEqual([]);
    },
  );
});
