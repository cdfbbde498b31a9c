import { SHAPE_TYPES } from '../../schema/shapes';
import type { DatasetFormat } from '../format';
import { NO_OPTIONS } from '../format-options';
import { fidelityTable } from '../parts/fidelity-table';
import { nameOf } from '../parts/picture-index';
import { boxCellsToRead, readBoxCells } from './csv-options';
import { findCsvFiles } from './find-csv-files';
import { readCsv } from './read-csv';
import { writeCsv } from './write-csv';

export const csv: DatasetFormat = {
  id: 'csv',
  title: 'CSV',
  description: 'A plain table with a row an object, for spreadsheets and pandas; holds everything.',
  readOptions: [readBoxCells],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: Object.fromEntries(SHAPE_TYPES.map((type) => [type, 'exact'])),
      attributes: 'exact',
      isCrowd: 'exact',
      score: 'exact',
      groups: 'exact',
      tracks: 'exact',
      notes: 'exact',
      emptyImages: 'exact',
      imageAttributes: 'exact',
      frames: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      remarks: [
        'Shapes other than boxes and tags stand as JSON in the column "geometry", beside the box around them.',
        'Text is written as it is, also where a spreadsheet would take it for a formula: open tables of strangers as text.',
      ],
    }),
  picturePath: (image) => `images/${image.key}`,

  async detect(folder) {
    const { files } = await findCsvFiles(folder, boxCellsToRead(NO_OPTIONS));
    const [first] = files;
    if (first === undefined) return { confidence: 0, reasons: await whyNot(folder) };
    const { layout } = first;
    const reasons = files.slice(0, 5).map(({ path }) => `${path} has the columns of: ${layout.name}`);
    if (layout.isOurs) return { confidence: 0.98, reasons };
    return {
      confidence: 0.8,
      reasons,
      ...(layout.asksForBoxes
        ? {
            questions: [
              {
                optionId: readBoxCells.id,
                question: `${first.path} has boxes of four numbers in one cell. Are they corners, or a corner and the size?`,
              },
            ],
          }
        : {}),
    };
  },

  read: readCsv,
  write: writeCsv,
};

async function whyNot(folder: Parameters<DatasetFormat['detect']>[0]): Promise<readonly string[]> {
  const tables = (await folder.list()).filter(({ path }) => /\.(?:csv|tsv)$/i.test(path));
  if (tables.length === 0) return ['no .csv file'];
  for (const { path } of tables.slice(0, 20)) {
    const head = await folder.head(path);
    if (/^\uFEFF?"?ImageID"?,/.test(head)) return [`${path} is a table of Open Images`];
    if (/region_shape_attributes/.test(head.slice(0, 500)))
      return [`${path} is a table of VIA; open its JSON instead`];
  }
  return [`${nameOf(tables[0]?.path ?? '')} names no pictures with classes in columns that are known`];
}
