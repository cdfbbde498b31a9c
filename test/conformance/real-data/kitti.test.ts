import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { kitti } from '../../../shared/formats/kitti/kitti';
import { okValue } from '../../fixtures/ok-value';
import { DATUMARO_ASSETS, isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const frame = path.join(REAL_DATA, 'kitti');
const assets = path.join(DATUMARO_ASSETS, 'kitti_dataset');

/** An independent reading: lines of a label file, cut at blanks. */
function rowsOf(file: string): readonly (readonly string[])[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/ +/));
}

describe.skipIf(!isRealDataHere)('real KITTI datasets', () => {
  it('the one frame is read whole, levels and places in space included', async () => {
    const { formatIds, read } = await readReal(frame);
    expect(formatIds).toEqual(['kitti']);
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'Car'],
      [1, 'ON_ROAD_OBSTACLE'],
      [2, 'PEDESTRIAN'],
    ]);
    expect(read.images).toEqual([
      { key: '000000.png', size: { width: 616, height: 514 }, split: null, state: 'labelled' },
    ]);
    const rows = rowsOf(path.join(frame, 'label_2/000000.txt'));
    const isBox = (row: readonly string[]) =>
      Number(row[6]) > Number(row[4]) && Number(row[7]) > Number(row[5]);
    expect(rows).toHaveLength(73);
    expect(read.annotations).toHaveLength(rows.filter(isBox).length);
    expect(read.annotations).toHaveLength(55);
    // The other 18 have no width, because they lie beyond the edge of the picture.
    expect(read.problems.map(({ code, line }) => [code, line])).toEqual(
      rows.flatMap((row, at) => (isBox(row) ? [] : [['kitti-degenerate-box', at + 1]])),
    );
    expect(read.annotations[0]).toEqual({
      imageKey: '000000.png',
      classIndex: 2,
      shape: { type: 'box', x: 430, y: 264, width: 17, height: 36 },
      isCrowd: false,
      score: null,
      attributes: {
        truncated: 0,
        occluded: 0,
        alpha: 1.37,
        height3d: 1.88,
        width3d: 0.77,
        length3d: 0.65,
        x3d: 10.85,
        y3d: 0.86,
        z3d: 51.73,
        rotation_y: 1.58,
      },
    });
  });

  it('subsets are splits, and fillers are no attributes', async () => {
    const { formatIds, read } = await readReal(path.join(assets, 'kitti_3d_with_subset'));
    expect(formatIds).toEqual(['kitti']);
    expect(read.images.map(({ key, split, state }) => [key, split, state])).toEqual([
      ['test/000002.png', 'test', 'labelled'],
      ['train/000000.png', 'train', 'labelled'],
      ['val/000001.png', 'val', 'labelled'],
    ]);
    const names = new Map(read.labels.map(({ classIndex, name }) => [classIndex, name]));
    expect(
      read.annotations.map(({ classIndex, shape, attributes }) => [
        names.get(classIndex),
        shape,
        attributes.occluded,
      ]),
    ).toEqual([
      ['Car', { type: 'box', x: 0, y: 190, width: 400, height: 190 }, 3],
      ['DontCare', { type: 'box', x: 800, y: 160, width: 25, height: 25 }, undefined],
      ['Pedestrian', { type: 'box', x: 700, y: 150, width: 100, height: 150 }, 0],
      ['Pedestrian', { type: 'box', x: 330, y: 180, width: 30, height: 60 }, 0],
      ['DontCare', { type: 'box', x: 600, y: 170, width: 20, height: 15 }, undefined],
    ]);
    expect(read.annotations[1]?.attributes).toEqual({});
    expect(read.annotations[0]?.attributes.truncated).toBe(0.88);
    expect(read.problems).toEqual([]);
  });

  it('boxes of the picture alone keep their levels', async () => {
    const { formatIds, read } = await readReal(path.join(assets, 'kitti_detection'));
    expect(formatIds).toEqual(['kitti']);
    expect(read.images.map(({ key, split }) => [key, split])).toEqual([
      ['000030_10.png', 'train'],
      ['000030_11.png', 'train'],
    ]);
    expect(read.annotations.map(({ shape, attributes }) => [shape, attributes])).toEqual([
      [
        { type: 'box', x: 0, y: 1, width: 2, height: 2 },
        { truncated: 1, occluded: 0 },
      ],
      [
        { type: 'box', x: 0, y: 5, width: 1, height: 3 },
        { truncated: 0, occluded: 0 },
      ],
      [
        { type: 'box', x: 0, y: 0, width: 2, height: 2 },
        { truncated: 1, occluded: 1 },
      ],
      [
        { type: 'box', x: 4, y: 4, width: 2, height: 2 },
        { truncated: 0, occluded: 0 },
      ],
      [
        { type: 'box', x: 6, y: 6, width: 1, height: 3 },
        { truncated: 0, occluded: 1 },
      ],
    ]);
  });

  it('KITTI raw is told apart, by name', async () => {
    const folder = okValue(await openDatasetFolder(path.join(assets, 'kitti_raw')));
    const { confidence, reasons } = await kitti.detect(folder);
    expect(confidence).toBe(0);
    expect(reasons.join()).toContain('KITTI raw');
  });

  it.each([
    ['kitti', frame, 55],
    ['kitti_3d', path.join(assets, 'kitti_3d'), 3],
    ['kitti_3d_with_subset', path.join(assets, 'kitti_3d_with_subset'), 5],
    ['kitti_detection', path.join(assets, 'kitti_detection'), 5],
  ] as const)('%s is the same when written and read again, attributes too', async (_name, folder, count) => {
    const { report, comparison, problems } = await rewritten(kitti, folder);
    expect(report.lossCountByCode).toEqual({});
    expect(problems).toEqual([]);
    expect(comparison.samples).toEqual([]);
    expect(comparison.matched).toBe(count);
  });

  it('is written as the rows that were read', async () => {
    const folder = path.join(assets, 'kitti_3d');
    const { files } = await rewritten(kitti, folder);
    const numbers = (rows: readonly (readonly string[])[]) =>
      rows.map(([name, ...others]) => [name, ...others.map(Number)]);
    const written = String(files.get('label_2/000001.txt'))
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '));
    expect(numbers(written)).toEqual(numbers(rowsOf(path.join(folder, 'label_2/000001.txt'))));
  });
});
