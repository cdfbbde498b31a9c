import type { DatasetFolder, DatasetFormat } from '../format';
import { everythingExact } from '../parts/everything-exact';
import { fidelityTable } from '../parts/fidelity-table';
import { LINES_ENTRY, MANIFEST_ENTRY, PICTURES_FOLDER } from './bundle-entries';
import { readGmk } from './read-gmk';
import { writeGmk } from './write-gmk';

export const gmk: DatasetFormat = {
  id: 'gmk',
  title: 'Groundmark bundle',
  description:
    'A whole project in one file: labels, every annotation, its history and reviews, and the pictures if wanted.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      ...everythingExact,
      imageAttributes: 'dropped',
      frames: 'dropped',
      splits: 'dropped',
      remarks: [
        'A project has no splits: they are dealt when a version is published.',
        'A project has no place yet for frames and for attributes of whole pictures.',
      ],
    }),

  async detect(folder: DatasetFolder) {
    const paths = new Set((await folder.list()).map((file) => file.path));
    if (!paths.has(MANIFEST_ENTRY) || !paths.has(LINES_ENTRY)) {
      const reason = paths.has(LINES_ENTRY)
        ? `${LINES_ENTRY} is here and ${MANIFEST_ENTRY} is not: a bundle that was cut off`
        : `no ${MANIFEST_ENTRY} with ${LINES_ENTRY}`;
      return { confidence: 0, reasons: [reason] };
    }
    return (await folder.head(MANIFEST_ENTRY)).includes('"groundmarkBundle"')
      ? { confidence: 1, reasons: [`${MANIFEST_ENTRY} says so`] }
      : { confidence: 0, reasons: [`${MANIFEST_ENTRY} is not Groundmark's`] };
  },

  read: readGmk,
  write: writeGmk,
  picturePath: (image) => `${PICTURES_FOLDER}/${image.key}`,
};
