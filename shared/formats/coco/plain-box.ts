import type { BoxShape } from '../../schema/shapes';
import { boxFromCorner } from '../parts/box-from-edges';
import type { JsonRecord } from '../parts/json/json-values';

/** The "bbox" of an annotation as a box in image px, null when it is none. */
export function boxOfBbox(bbox: unknown): BoxShape | null {
  if (!Array.isArray(bbox) || bbox.length !== 4) return null;
  const [x, y, width, height] = bbox as readonly unknown[];
  const isBox =
    typeof x === 'number' && typeof y === 'number' && typeof width === 'number' && typeof height === 'number';
  return isBox ? boxFromCorner(x, y, width, height) : null;
}

/** Whether a field is missing or says nothing; an empty list is how COCO writes "none". */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** The box of an annotation that is a box and has nothing but COCO's own fields; null when there is more to it. */
export function plainBoxOf(element: JsonRecord): BoxShape | null {
  // Hot: once a box.
  for (const name in element) {
    switch (name) {
      case 'id':
      case 'image_id':
      case 'category_id':
      case 'bbox':
      case 'area':
      case 'num_keypoints':
        break;
      case 'segmentation':
      case 'keypoints':
        if (!isNothing(element[name])) return null;
        break;
      case 'iscrowd':
        if (element.iscrowd !== 0 && element.iscrowd !== 1) return null;
        break;
      default:
        return null;
    }
  }
  return boxOfBbox(element.bbox);
}
