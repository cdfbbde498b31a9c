import type { DatasetFormat } from '../format';
import { everythingExact } from '../parts/everything-exact';
import { fidelityTable } from '../parts/fidelity-table';
import { findDatumaroFiles } from './find-datumaro-files';
import { readDatumaro } from './read-datumaro';
import { subsetOf, writeDatumaro } from './write-datumaro';

export const datumaro: DatasetFormat = {
  id: 'datumaro',
  title: 'Datumaro',
  description: 'One JSON file a subset that holds every kind of annotation, as Datumaro and CVAT write it.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      ...everythingExact,
      remarks: [
        'Notes, frames, names of groups and what else Datumaro has no place for are written below a key "groundmark", which its own tools pass over.',
        'Datumaro has no polygons with holes: they are written as the pixels they cover, with the polygon beside them for this app.',
        'A polygon in pieces is written as one polygon a piece, joined by id and group as Datumaro reads them from COCO.',
        'Rotated boxes carry their angle as the attribute "rotation", as CVAT writes it.',
        'Class numbers that no label has are filled with labels called unused-<number>, so that label_id stays the class number.',
      ],
    }),
  picturePath: (image) => `images/${subsetOf(image.split)}/${image.key}`,

  async detect(folder) {
    const { files, setAside } = await findDatumaroFiles(folder);
    if (files.length > 0) {
      return {
        confidence: 0.97,
        reasons: files
          .slice(0, 5)
          .map(({ path }) => `${path} has "categories" by kind and a list of "items"`),
      };
    }
    return {
      confidence: setAside.length > 0 ? 0.1 : 0,
      reasons:
        setAside.length > 0
          ? setAside.map(({ path, reason }) => `${path} is Datumaro, but ${reason}`)
          : ['no .json file with "categories" by kind and "items"'],
    };
  },

  read: readDatumaro,
  write: writeDatumaro,
};
