import type { DatasetFormat } from '../format';
import { everythingExact } from '../parts/everything-exact';
import { fidelityTable } from '../parts/fidelity-table';
import { isParquet } from '../parts/parquet/read-table';
import { readParquet } from './read-parquet';
import { findTables } from './tables';
import { writeParquet } from './write-parquet';

export const parquet: DatasetFormat = {
  id: 'parquet',
  title: 'Parquet tables',
  description:
    'images.parquet, annotations.parquet and labels.parquet, with the columns of a dataset version.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      ...everythingExact,
      remarks: [
        'Columns are called and mean what they do in a dataset version; boxes stand in columns, other shapes are JSON in "geometry".',
        'Versions of the lake (images.parquet, annotations.parquet, manifest.json) are read as they are.',
        'Sizes of pictures are whole pixels.',
      ],
    }),
  picturePath: (image) => `images/${image.key}`,

  async detect(folder) {
    const files = await findTables(folder);
    if (files !== null && (await isParquet(folder, files.images.path))) {
      const more = files.manifest === null ? '' : ', with the manifest of a version of the lake';
      return {
        confidence: 0.98,
        reasons: [`${files.images.path} stands beside ${files.annotations.path}${more}`],
      };
    }
    const other = (await folder.list()).find(({ path }) => /\.parquet$/i.test(path));
    return other === undefined
      ? { confidence: 0, reasons: ['no .parquet file'] }
      : {
          confidence: 0.1,
          reasons: [`${other.path} is a table, but there is no images.parquet beside an annotations.parquet`],
        };
  },

  read: readParquet,
  write: writeParquet,
};
