import type { DatasetLabel } from '../../format';
import type { ProblemQueue } from '../problem-queue';
import type { CocoCategory } from './coco-categories';
import { type CocoId, shownId } from './coco-id';
import type { CocoScan } from './scan-coco-file';

const MAX_CLASS_INDEX = 100_000;

export interface CocoLabels {
  readonly labels: readonly DatasetLabel[];
  readonly classIndexById: ReadonlyMap<CocoId, number>;
  readonly categoryById: ReadonlyMap<CocoId, CocoCategory>;
}

/**
 * The classes of all files. An id is kept as the permanent class number (id - 1) when every id is a whole number from 1
 * on, gaps included, so that a file written by `writeCoco` reads back with the same numbers. Otherwise (ids
 * from 0, or names as ids) numbers go by the order of ids.
 */
export function labelsOfScans(scans: readonly CocoScan[], problems: ProblemQueue): CocoLabels {
  const categories = new Map<CocoId, CocoCategory>();
  for (const scan of scans) {
    for (const [id, category] of scan.categories) {
      const known = categories.get(id);
      if (known === undefined) categories.set(id, category);
      else if (known.name !== category.name) {
        problems.error(
          'coco-duplicate-category',
          scan.file.path,
          `Category ${shownId(id)} is called ${category.name} in ${scan.file.path} and ${known.name} in an earlier file; ${known.name} is used. Files of one dataset need one list of categories.`,
        );
      } else if (known.extras.skeleton === undefined && category.extras.skeleton !== undefined) {
        categories.set(id, { ...known, extras: { ...known.extras, skeleton: category.extras.skeleton } });
      }
    }
  }
  const ids = [...categories.keys()].sort(byId);
  const keepsIds = ids.every(
    (id) => typeof id === 'number' && Number.isInteger(id) && id >= 1 && id <= MAX_CLASS_INDEX + 1,
  );
  const classIndexById = new Map<CocoId, number>();
  const labels: DatasetLabel[] = [];
  ids.forEach((id, position) => {
    const category = categories.get(id);
    if (category === undefined) return;
    const classIndex = keepsIds && typeof id === 'number' ? id - 1 : position;
    classIndexById.set(id, classIndex);
    const { name, supercategory, extras } = category;
    labels.push({ classIndex, name, supercategory, ...extras });
  });
  return { labels, classIndexById, categoryById: categories };
}

/** Numbers before strings, each in their own order. */
function byId(a: CocoId, b: CocoId): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : 1;
}
