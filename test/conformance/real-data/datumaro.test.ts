import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { datumaro } from '../../../shared/formats/datumaro/datumaro';
import { okValue } from '../../fixtures/ok-value';
import { DATUMARO_ASSETS, isRealDataHere, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const legacy = path.join(DATUMARO_ASSETS, 'datumaro_dataset/legacy');

describe.skipIf(!isRealDataHere)('real Datumaro datasets', () => {
  it('legacy: labels of pictures in three subsets', async () => {
    const { formatIds, read } = await readReal(legacy);
    expect(formatIds).toEqual(['datumaro']);
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'car'],
      [1, 'bicycle'],
      [2, 'tom'],
      [3, 'mary'],
    ]);
    expect(read.images.map(({ key, split, state }) => [key, split, state])).toEqual([
      ['test/c.jpg', 'test', 'labelled'],
      ['train/a.jpg', 'train', 'labelled'],
      ['train/b.jpg', 'train', 'labelled'],
      ['validation/d.jpg', 'val', 'confirmedEmpty'],
    ]);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape, score }) => [
        imageKey,
        classIndex,
        shape.type,
        score,
      ]),
    ).toEqual([
      ['test/c.jpg', 1, 'tag', 1],
      ['test/c.jpg', 3, 'tag', 1],
      ['train/a.jpg', 0, 'tag', 1],
      ['train/b.jpg', 0, 'tag', null],
      ['train/b.jpg', 1, 'tag', null],
      ['train/b.jpg', 2, 'tag', null],
      ['train/b.jpg', 3, 'tag', null],
    ]);
    // An independent count: every label_id in the three files.
    const ids = ['test', 'train', 'validation'].flatMap(
      (subset) =>
        readFileSync(path.join(legacy, `annotations/${subset}.json`), 'utf8').match(/"label_id"/g) ?? [],
    );
    expect(read.annotations).toHaveLength(ids.length);
    expect(read.problems).toEqual([]);
    expect(read.orderFaults).toEqual([]);
  });

  it.each(['project/dataset', 'project/sources/source1', 'project/sources/source2'])(
    'compat/v0.1/%s has one picture with labels',
    async (folder) => {
      const { formatIds, read } = await readReal(path.join(DATUMARO_ASSETS, 'compat/v0.1', folder));
      expect(formatIds).toEqual(['datumaro']);
      expect(read.images).toHaveLength(1);
      expect(read.problems).toEqual([]);
    },
  );

  it('legacy comes back the same when written', async () => {
    const { report, comparison, problems } = await rewritten(datumaro, legacy);
    expect([report.images, report.annotations, report.lossCountByCode]).toEqual([4, 7, {}]);
    expect(comparison.samples).toEqual([]);
    expect(comparison.matched).toBe(7);
    expect(problems).toEqual([]);
  });

  it('point clouds are no pictures', async () => {
    const folder = okValue(await openDatasetFolder(path.join(DATUMARO_ASSETS, 'sly_pointcloud_dataset')));
    expect((await datumaro.detect(folder)).confidence).toBeLessThan(0.5);
  });
});
