import type { FidelityTable } from '../format';
import type { OptionValues } from '../format-options';
import { fidelityTable } from '../parts/fidelity-table';
import { cocoChoices } from './coco-options';

/** Taking the corner of a turned box from its centre and back costs the last bits of a number. */
const LAST_BITS_IN_IMAGE_PX = 1e-9;

export function cocoFidelity(options: OptionValues = {}): FidelityTable {
  const { masks, decimals } = cocoChoices(options);
  const places = decimals === null ? 'exact' : 'rounded';
  return fidelityTable({
    shapes: {
      box: places,
      'rotated-box': 'rounded',
      polygon: 'lossy',
      skeleton: places,
      mask: masks === 'polygon' ? 'lossy' : 'exact',
      tag: 'exact',
    },
    attributes: 'exact',
    isCrowd: masks === 'crowd-rle' ? 'lossy' : 'exact',
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
    coordinateErrorInImagePx:
      decimals === null ? LAST_BITS_IN_IMAGE_PX : 0.5 * 10 ** -decimals + LAST_BITS_IN_IMAGE_PX,
    remarks: [
      'Polygons without holes keep every vertex. COCO cannot say that a polygon has holes: such a one is written as RLE, whole pixels, and comes back as a mask.',
      'Turned boxes are written as CVAT does, an upright "bbox" and the angle in attributes.rotation. Tools that do not know the angle see the upright box.',
      'Skeletons are keypoints in the order of their class. Joints that the class does not name are left out; those that an object lacks are written as not labelled.',
      'Tags have no box, on which loaders of objects fail, so they stand in a file of their own beside the objects, as Datumaro writes them.',
      'Groups, notes, tracks, frames and attributes stand in fields that COCO does not define and other tools pass over.',
      ...(masks === 'polygon'
        ? ['Masks become polygons along the edges of their pixels; a mask with holes stays RLE.']
        : []),
      ...(masks === 'crowd-rle' ? ['Every mask is marked as a crowd; trainers leave crowds out.'] : []),
      'Ellipses, polylines, points and cuboids have no place in COCO and are left out.',
    ],
  });
}
