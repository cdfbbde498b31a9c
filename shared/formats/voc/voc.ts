import type { DatasetFormat } from '../format';
import { chosen, NO_OPTIONS } from '../format-options';
import { fidelityTable } from '../parts/fidelity-table';
import { detectVoc } from './detect-voc';
import { readVoc } from './read-voc';
import { READ_ORIGIN, WRITE_ORIGIN } from './voc-options';
import { writeVoc } from './write-voc';

export const voc: DatasetFormat = {
  id: 'voc',
  title: 'Pascal VOC',
  description: 'One XML file a picture with boxes, and masks as PNG beside them.',
  readOptions: [READ_ORIGIN],
  writeOptions: [WRITE_ORIGIN],
  fidelity(options = NO_OPTIONS) {
    const isWhole = chosen(WRITE_ORIGIN, options) === 'one-based';
    return fidelityTable({
      shapes: { box: isWhole ? 'rounded' : 'exact', 'rotated-box': 'exact', polygon: 'exact', mask: 'lossy' },
      attributes: 'exact',
      score: 'exact',
      emptyImages: 'exact',
      imageAttributes: 'exact',
      splits: 'exact',
      unusedLabels: 'exact',
      // A half from rounding, and up to one for boxes that are thinner than a pixel.
      coordinateErrorInImagePx: isWhole ? 1 : 0,
      remarks: [
        'A pixel of a mask belongs to one object: where masks overlap, the later one keeps it.',
        'Polygons and turned boxes are written beside their upright box, as Roboflow and roLabelImg do; other readers take the box.',
        'Classes have names alone, so readers number them anew.',
        ...(isWhole
          ? ['Boxes are rounded to whole pixels. Choose edges counted from 0 to keep decimals.']
          : []),
      ],
    });
  },
  picturePath: (image) => `JPEGImages/${image.key}`,
  detect: detectVoc,
  read: readVoc,
  write: writeVoc,
};
