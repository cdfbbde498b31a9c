import type { DatasetFormat } from '../format';
import { fidelityTable } from '../parts/fidelity-table';
import { readOpenImages } from './read-open-images';
import { findTables } from './tables';
import { openImagesPicturePath, writeOpenImages } from './write-open-images';

export const openImages: DatasetFormat = {
  id: 'open-images',
  title: 'Open Images',
  description: 'Tables of boxes as fractions, labels of whole pictures and masks (versions 4 to 7).',
  readOptions: [],
  writeOptions: [],
  fidelity: () =>
    fidelityTable({
      shapes: { box: 'rounded', tag: 'exact', mask: 'exact' },
      attributes: 'lossy',
      isCrowd: 'lossy',
      score: 'lossy',
      emptyImages: 'exact',
      imageAttributes: 'lossy',
      frames: 'exact',
      splits: 'exact',
      classIndex: 'exact',
      unusedLabels: 'exact',
      // The last bits of fractions in a side of 10,000 px.
      coordinateErrorInImagePx: 1e-8,
      remarks: [
        'Of attributes boxes have occluded, truncated, IsDepiction, IsInside and Source, tags have Source, and masks have PredictedIoU and Clicks.',
        'Only boxes can be crowds (IsGroupOf), and masks have no score.',
        'A label with confidence 0 was verified to be absent: it is an attribute of the picture, the class’s name with the value no.',
        'Classes have no codes such as /m/01g317 here; their names stand in their place.',
        'Class numbers, sizes and frames are kept in groundmark-labels.json and groundmark-images.csv, which other programs do not look at.',
      ],
    }),
  picturePath: openImagesPicturePath,

  async detect(folder) {
    const { tables, setAside } = await findTables(folder);
    const about = tables.filter(({ kind }) => kind === 'boxes' || kind === 'labels' || kind === 'masks');
    const reasons = about.slice(0, 5).map(({ path, kind }) => `${path} is a table of ${kind}`);
    if (about.length > 0) return { confidence: 0.95, reasons };
    if (tables.some(({ kind }) => kind === 'images')) {
      return { confidence: 0.6, reasons: ['tables of images are there, and none of boxes, labels or masks'] };
    }
    return {
      confidence: 0,
      reasons: [
        ...setAside.map(({ path, reason }) => `${path}: ${reason}`),
        'no .csv file with the columns of Open Images',
      ],
    };
  },

  read: readOpenImages,
  write: writeOpenImages,
};
