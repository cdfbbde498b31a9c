import type { DatasetFolder, DatasetFormat, Detection } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { findPanopticFiles } from './find-panoptic-files';
import { readPanoptic } from './read-panoptic';
import { writePanoptic } from './write-panoptic';

export const cocoPanoptic: DatasetFormat = {
  id: 'coco-panoptic',
  title: 'COCO panoptic',
  description: 'One JSON file a split, and one PNG a picture whose colours are the numbers of its segments.',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { mask: 'lossy', polygon: 'lossy' },
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
        'A pixel belongs to one object: where masks or polygons overlap, the later one is seen and the earlier one loses those pixels. Masks that do not overlap come back exactly.',
        'Polygons become the pixels whose centres they cover.',
        'A class is stuff (isthing 0) when it has an attribute "isthing" whose default is no, as reading gives it; all others are things. Pieces of stuff stay separate segments.',
        'Attributes, groups, notes and tracks stand in fields of a segment that COCO does not define.',
        'A PNG has the size of its picture, so images of unknown size are left out.',
      ],
    }),
  detect,
  read: readPanoptic,
  write: writePanoptic,
  picturePath: ({ key }) => `images/${key}`,
};

async function detect(folder: DatasetFolder): Promise<Detection> {
  const { files, reasons } = await findPanopticFiles(folder);
  if (files.length === 0) return { confidence: 0, reasons };
  const withPixels = files.filter((file) => file.pngFolder !== null);
  if (withPixels.length === 0) {
    return {
      confidence: 0.4,
      reasons: files.map(
        ({ path }) => `${path} is COCO panoptic, but there is no folder of PNG files with its segments`,
      ),
    };
  }
  return {
    confidence: 0.98,
    reasons: withPixels.map(
      ({ path, pngFolder }) =>
        `${path} has "segments_info", and PNG files lie in ${pngFolder === '' ? 'the same folder' : pngFolder}`,
    ),
  };
}
