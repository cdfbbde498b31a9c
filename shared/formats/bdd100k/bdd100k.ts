import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findBdd100kFiles } from './find-bdd100k-files';
import { readBdd100k } from './read-bdd100k';
import { bdd100kPicturePath, writeBdd100k } from './write-bdd100k';

/** Enough to know a dataset of one file a picture. */
const SAMPLED_FILES = 50;

export const bdd100k: DatasetFormat = {
  id: 'bdd100k',
  title: 'BDD100K (Scalabel)',
  description:
    'JSON lists of frames with boxes, outlines, lanes and masks, and the weather, scene and time of day.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { box: 'rounded', polygon: 'exact', polyline: 'exact', mask: 'exact', tag: 'exact' },
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
      // Right and bottom edges are written, not sizes: the last bit of a sum of two numbers.
      coordinateErrorInImagePx: 1e-9,
      remarks: [
        'Groups, notes, holes of polygons and what else Scalabel does not know stand below the key "groundmark", which other programs pass over.',
        'Curves that are read become short straight lines.',
        'A box runs from x1 to x2; Scalabel’s own converter to COCO adds a pixel to both sides.',
      ],
    }),
  picturePath: bdd100kPicturePath,

  async detect(folder) {
    const files = await findBdd100kFiles(folder, SAMPLED_FILES);
    if (files.length === 0)
      return { confidence: 0, reasons: ['no .json file with frames that have "labels" or "objects"'] };
    return { confidence: 0.95, reasons: files.slice(0, 5).map(({ path, reason }) => `${path}: ${reason}`) };
  },

  read: readBdd100k,
  write: writeBdd100k,
};
