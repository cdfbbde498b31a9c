import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { vott } from '../../../shared/formats/vott/vott';
import { DATUMARO_ASSETS, isRealDataHere, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const folders = ['vott_json_dataset/dataset', 'vott_json_dataset/dataset_with_meta_file'];

const box = (x: number, y: number, width: number, height: number) => ({ type: 'box', x, y, width, height });

describe.skipIf(!isRealDataHere)('real VoTT exports', () => {
  it.each(folders)('%s is read whole', async (folder) => {
    const { formatIds, read } = await readReal(path.join(DATUMARO_ASSETS, folder));
    expect(formatIds).toEqual(['vott']);
    expect(read.labels).toEqual([
      { classIndex: 0, name: 'animal', supercategory: null, color: '#5db300' },
      { classIndex: 1, name: 'dog', supercategory: null, color: '#e81123' },
      { classIndex: 2, name: 'person', supercategory: null, color: '#6917aa' },
    ]);
    expect(read.images.map(({ key, size, split, state }) => [key, size, split, state])).toEqual(
      ['img0001.jpg', 'img0002.jpg', 'img0003.jpg'].map((key) => [
        key,
        { width: 5, height: 5 },
        'train',
        'labelled',
      ]),
    );
    // One object for each tag of each region, by a count of the text between "tags" brackets.
    const text = readFileSync(path.join(DATUMARO_ASSETS, folder, 'train-export.json'), 'utf8');
    const tags = [...text.matchAll(/"tags":\s*\[([^\]{]*)\]/g)].map(
      ([, inside = '']) => inside.match(/"\w+"/g) ?? [],
    );
    expect(read.annotations).toHaveLength(tags.flat().length);
    expect(read.problems.map(({ code }) => code)).toEqual(
      tags.filter(({ length }) => length === 0).map(() => 'vott-no-tag'),
    );
  });

  it('a region of two tags is two objects in a group, one without a tag is reported', async () => {
    const { read } = await readReal(path.join(DATUMARO_ASSETS, folders[0] ?? ''));
    expect(
      read.annotations.map(({ imageKey, classIndex, shape, groupId }) => [
        imageKey,
        classIndex,
        shape,
        groupId,
      ]),
    ).toEqual([
      ['img0001.jpg', 0, box(5, 10, 10, 2), undefined],
      ['img0002.jpg', 0, box(11.5, 12, 10.2, 20.5), 'region 1'],
      ['img0002.jpg', 1, box(11.5, 12, 10.2, 20.5), 'region 1'],
      ['img0003.jpg', 2, box(13.7, 20.2, 31.9, 43.4), undefined],
    ]);
    expect(read.problems.map(({ code }) => code)).toEqual(['vott-no-tag']);
  });

  it.each(folders)('%s is the same after writing and reading', async (folder) => {
    const { comparison, problems, report } = await rewritten(vott, path.join(DATUMARO_ASSETS, folder));
    expect(comparison.samples).toEqual([]);
    expect(comparison.matched).toBeGreaterThanOrEqual(3);
    expect(problems).toEqual([]);
    // The two tags of one region are one region again.
    expect(report.losses).toEqual([]);
  });
});
