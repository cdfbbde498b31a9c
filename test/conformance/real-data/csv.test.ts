import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatasetFolder } from '../../../electron/datasets-io/open-dataset-folder';
import { csv } from '../../../shared/formats/csv/csv';
import { CsvRows } from '../../../shared/formats/parts/csv/csv-rows';
import { okValue } from '../../fixtures/ok-value';
import { collected } from '../../harness/memory-dataset';
import { DATUMARO_ASSETS, isRealDataHere, REAL_DATA, readReal, rewritten } from '../../harness/real-data';

if (!isRealDataHere) console.warn('skipped: the real data of ../shared/data is not here');

const kaggle = path.join(DATUMARO_ASSETS, 'kaggle_dataset');
const box = (x: number, y: number, width: number, height: number) => ({ type: 'box', x, y, width, height });

/** What ann.csv, ann2.csv and ann3.csv say in three ways, copied by hand. */
const KAGGLE_BOXES = [
  ['images/1.jpg', 'dog', box(0, 1, 1, 1)],
  ['images/1.jpg', 'cat', box(1, 2, 2, 1)],
  ['images/2.jpg', 'cat', box(0, 0, 1, 1)],
  ['images/3.jpg', 'dog', box(0, 2, 2, 2)],
  ['images/3.jpg', 'dog', box(0, 0, 1, 1)],
  ['images/3.jpg', 'cat', box(1, 1, 1, 1)],
];

describe.skipIf(!isRealDataHere)('real tables of other tools', () => {
  it('VoTT: a table a split, pictures beside it', async () => {
    const { formatIds, read } = await readReal(path.join(DATUMARO_ASSETS, 'vott_csv_dataset/dataset'));
    expect(formatIds).toEqual(['csv']);
    expect(read.labels.map(({ name }) => name)).toEqual(['helmet', 'person']);
    expect(read.images.map(({ key, split }) => [key, split])).toEqual([
      ['img0001.jpg', 'test'],
      ['img0002.jpg', 'test'],
      ['img0003.jpg', 'train'],
      ['img0004.jpg', 'train'],
    ]);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape }) => [
        imageKey,
        classIndex,
        ...(shape.type === 'box'
          ? [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height].map(
              (edge) => Math.round(edge * 1e9) / 1e9,
            )
          : []),
      ]),
    ).toEqual([
      ['img0001.jpg', 0, 10, 5, 20, 7],
      ['img0002.jpg', 1, 11.5, 12, 21.7, 32.5],
      ['img0003.jpg', 0, 6.7, 10.3, 10, 15],
      ['img0003.jpg', 1, 13.7, 20.2, 45.6, 63.6],
      ['img0004.jpg', 0, 1, 2, 2, 4],
    ]);
    expect(read.problems).toEqual([]);
    expect(read.orderFaults).toEqual([]);
  });

  it.each([
    ['ann.csv', {}],
    ['ann2.csv', {}],
    ['ann3.csv', { boxCells: 'corners' }],
  ] as const)('Kaggle boxes of %s, whatever its columns', async (name, options) => {
    const opened = okValue(
      await openDatasetFolder(path.join(kaggle, 'image_csv_det'), {
        onlyFiles: [name, 'images/1.jpg', 'images/2.jpg', 'images/3.jpg'],
      }),
    );
    const { confidence, questions } = await csv.detect(opened);
    expect(confidence).toBeGreaterThanOrEqual(0.5);
    expect((questions ?? []).map(({ optionId }) => optionId)).toEqual(
      name === 'ann3.csv' ? ['boxCells'] : [],
    );
    const read = await collected(csv.read(opened, options));
    const names = new Map(read.labels.map((label) => [label.classIndex, label.name]));
    expect(
      read.annotations.map(({ imageKey, classIndex, shape }) => [imageKey, names.get(classIndex), shape]),
    ).toEqual(KAGGLE_BOXES);
    expect(read.problems).toEqual([]);
  });

  it('of three tables that tell the same, one is read and the others are named', async () => {
    const { formatIds, read } = await readReal(path.join(kaggle, 'image_csv_det'));
    expect(formatIds).toEqual(['csv']);
    expect(read.annotations).toHaveLength(KAGGLE_BOXES.length);
    expect(read.problems.map(({ code, path: place }) => [code, place])).toEqual([
      ['csv-set-aside', 'ann2.csv'],
      ['csv-set-aside', 'ann3.csv'],
    ]);
  });

  it('Roboflow: a column a class', async () => {
    const { formatIds, read } = await readReal(path.join(DATUMARO_ASSETS, 'roboflow_dataset/multiclass'));
    expect(formatIds).toEqual(['csv']);
    expect(read.labels.map(({ classIndex, name }) => [classIndex, name])).toEqual([
      [0, 'label_0'],
      [1, 'label_1'],
    ]);
    expect(read.images.map(({ key, split }) => [key, split])).toEqual([
      ['train/train_001.jpg', 'train'],
      ['train/train_002.jpg', 'train'],
      ['val/val_001.jpg', 'val'],
    ]);
    expect(
      read.annotations.map(({ imageKey, classIndex, shape }) => [imageKey, classIndex, shape.type]),
    ).toEqual([
      ['train/train_001.jpg', 0, 'tag'],
      ['train/train_002.jpg', 1, 'tag'],
      ['val/val_001.jpg', 0, 'tag'],
      ['val/val_001.jpg', 1, 'tag'],
    ]);
    expect(read.problems).toEqual([]);
  });

  it.each([
    ['vott_csv_dataset/dataset', 5],
    ['roboflow_dataset/multiclass', 4],
    ['kaggle_dataset/image_csv_multi_label', 18],
  ] as const)('%s is the same when written as our table and read again', async (folder, count) => {
    const { report, comparison, problems } = await rewritten(csv, path.join(DATUMARO_ASSETS, folder));
    expect(report.lossCountByCode).toEqual({});
    expect(problems).toEqual([]);
    expect(comparison.samples).toEqual([]);
    expect(comparison.matched).toBe(count);
  });

  it.each([
    'mnist_csv_dataset',
    'tabular_dataset',
    'vgg_face2_dataset',
    'kinetics_dataset',
    'ava_dataset',
    'sampler',
    'kaggle_dataset/image_mask_with_labelmap',
    'open_images_dataset',
  ])('%s is no table of ours', async (folder) => {
    const { confidence, reasons } = await csv.detect(
      okValue(await openDatasetFolder(path.join(DATUMARO_ASSETS, folder))),
    );
    expect([confidence, reasons.length > 0]).toEqual([0, true]);
  });

  it.each([
    'tables/csv-spectrum',
    'tables/vega',
    'tables/bank-marketing',
    'tables/frictionless',
    'tables/retail-india',
  ])('%s is no dataset', async (folder) => {
    const opened = okValue(await openDatasetFolder(path.join(REAL_DATA, folder)));
    expect((await csv.detect(opened)).confidence).toBe(0);
  });
});

// location_coordinates is not among them: its JSON tells another phone number than its table.
describe.skipIf(!isRealDataHere)('the awkward tables of csv-spectrum', () => {
  it.each([
    'comma_in_quotes',
    'empty',
    'empty_crlf',
    'escaped_quotes',
    'json',
    'newlines',
    'newlines_crlf',
    'quotes_and_newlines',
    'simple',
    'simple_crlf',
    'utf8',
  ])('%s means what its JSON says, in pieces of any size', (name) => {
    const folder = path.join(REAL_DATA, 'tables/csv-spectrum');
    const text = readFileSync(path.join(folder, `csvs/${name}.csv`), 'utf8');
    const meant: unknown = JSON.parse(readFileSync(path.join(folder, `json/${name}.json`), 'utf8'));
    // A table of one row is given as that row; line ends inside cells differ from those of this copy of the tables.
    const expected: unknown = JSON.parse(JSON.stringify([meant].flat()).replaceAll('\\r\\n', '\\n'));
    for (const size of [1, 7, text.length]) {
      const reader = new CsvRows(',');
      const cells: (readonly string[])[] = [];
      for (let at = 0; at < text.length; at += size) {
        cells.push(...reader.push(text.slice(at, at + size)).map((row) => row.cells));
      }
      cells.push(...reader.end().map((row) => row.cells));
      const [header = [], ...rows] = cells;
      expect(
        rows.map((row) =>
          Object.fromEntries(header.map((column, at) => [column, (row[at] ?? '').replaceAll('\r\n', '\n')])),
        ),
      ).toEqual(expected);
      expect(reader.takeFaults()).toEqual([]);
    }
  });
});
