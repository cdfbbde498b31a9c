import { IMAGE_STATES, type ImageState } from '../../shared/schema/annotation';
import type { LabelId, ProjectId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { ProjectCounts } from '../../shared/schema/project';
import { resolveLabel } from '../../shared/schema/resolve-label';
import type { GroundmarkDatabase } from './database';
import { IMAGES_PER_PAGE, imagesOfPage, type PagedImage, readPages } from './image-pages';
import {
  importedWithoutRow,
  listTables,
  ordinalOf,
  ordinalsInStates,
  readImages,
  readImagesAt,
} from './image-rows';
import { requireHead } from './journal-lines';
import type { ImageFilter, ImageList } from './ports';
import { requireProject } from './project-face';
import { reviewCriteria } from './review-criteria';
import { findingMark, imageRecordOf, labelMark } from './stored-records';

/** Images looked at first when looking for the next of a state. */
const FIRST_STEP = 64;

/** A snapshot of which images match; their records are read window by window and are as new as the window's read. */
export async function openImageList(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  filter: ImageFilter,
): Promise<ImageList> {
  return db.transaction('r', [db.projects, db.reviews, db.records, ...listTables(db)], async () => {
    const project = await requireProject(db, projectId);
    const { counts } = requireHead(await db.heads.get(projectId));
    const criteria = await matchingOrdinals(db, project.schema, projectId, filter, counts);
    return criteria === null
      ? wholeList(db, projectId, counts.images)
      : filteredList(db, projectId, intersection(criteria, counts.images));
  });
}

function wholeList(db: GroundmarkDatabase, projectId: ProjectId, total: number): ImageList {
  return {
    total,
    async window(from, to) {
      const images = await reading(db, () => readImages(db, projectId, from, Math.min(to, total)));
      return images.map(imageRecordOf);
    },
    indexOf: (id) => reading(db, () => ordinalOf(db, projectId, id)),
    placeOf: async (id) => Math.max(0, await reading(db, () => ordinalOf(db, projectId, id))),
    nextWithState: (index, state) =>
      nextWithState(db, projectId, state, index, total, (position) => position),
  };
}

function filteredList(db: GroundmarkDatabase, projectId: ProjectId, ordinals: Uint32Array): ImageList {
  const positionOf = (ordinal: number): number => {
    const position = lowerBound(ordinals, ordinal);
    return ordinals[position] === ordinal ? position : -1;
  };
  return {
    total: ordinals.length,
    async window(from, to) {
      const wanted = [...ordinals.subarray(Math.max(0, from), Math.max(0, to))];
      return (await reading(db, () => readImagesAt(db, projectId, wanted))).map(imageRecordOf);
    },
    async indexOf(id) {
      const ordinal = await reading(db, () => ordinalOf(db, projectId, id));
      return ordinal < 0 ? -1 : positionOf(ordinal);
    },
    placeOf: async (id) => lowerBound(ordinals, await reading(db, () => ordinalOf(db, projectId, id))),
    nextWithState: (index, state) =>
      nextWithState(db, projectId, state, index, ordinals.length, (position) => ordinals[position] ?? 0),
  };
}

function reading<T>(db: GroundmarkDatabase, read: () => PromiseLike<T>): Promise<T> {
  return db.transaction('r', listTables(db), read);
}

const WORKED_ON = IMAGE_STATES.filter((state) => state !== 'unlabelled');

/**
 * Position of the next image after `index` in a state, going round once; -1 when there is none. Looks with longer and
 * longer steps. Images that nobody worked on are nowhere in an index: for `unlabelled` the first place between those
 * that are not is looked for.
 */
function nextWithState(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  state: ImageState,
  index: number,
  total: number,
  ordinalAt: (position: number) => number,
): Promise<number> {
  const isListed = state !== 'unlabelled';
  const states = isListed ? [state] : WORKED_ON;
  const first = async (from: number, to: number): Promise<number> => {
    let length = FIRST_STEP;
    for (let start = from; start < to; start += length / 2) {
      const end = Math.min(start + length, to);
      const found = new Set(
        await ordinalsInStates(db, projectId, states, ordinalAt(start), ordinalAt(end - 1) + 1),
      );
      for (let position = start; position < end; position += 1) {
        if (found.has(ordinalAt(position)) === isListed) return position;
      }
      length *= 2;
    }
    return -1;
  };
  return reading(db, async () => {
    if (requireHead(await db.heads.get(projectId)).counts[state] === 0) return -1;
    const start = Math.max(0, index + 1);
    const behind = await first(start, total);
    return behind >= 0 ? behind : first(0, Math.min(start, total));
  });
}

/** For each part of the filter the ordinals that match it, from key-only index reads; null when all images match. */
async function matchingOrdinals(
  db: GroundmarkDatabase,
  schema: LabelSchema,
  projectId: ProjectId,
  filter: ImageFilter,
  counts: ProjectCounts,
): Promise<readonly (readonly number[])[] | null> {
  const marked = async (marks: readonly string[]): Promise<number[]> => {
    const found = await Promise.all(marks.map((mark) => db.images.where('marks').equals(mark).primaryKeys()));
    return [...new Set(found.flat().map(([, ordinal]) => ordinal))];
  };

  const criteria: Promise<number[]>[] = [];
  const { states, labelId, hasFinding, isMissing, isDuplicate } = filter;
  if (states !== undefined && new Set(states).size < IMAGE_STATES.length) {
    criteria.push(matchingStates(db, projectId, states, counts.images));
  }
  if (labelId !== undefined) {
    const labels = labelsCountedAs(schema, labelId);
    const imported = importedWithoutRow(db, projectId, (entry) =>
      entry.labelIds.some((id) => labels.includes(id)),
    );
    const edited = marked(labels.map((id) => labelMark(projectId, id)));
    criteria.push(Promise.all([edited, imported]).then((found) => found.flat()));
  }
  if (hasFinding !== undefined) {
    const found = marked([findingMark(projectId)]);
    criteria.push(hasFinding ? found : found.then((ordinals) => complement(ordinals, counts.images)));
  }
  const name = filter.nameContains?.trim().toLowerCase() ?? '';
  if (isMissing !== undefined || isDuplicate !== undefined || name !== '') {
    const isMatch = (image: PagedImage) =>
      (isMissing === undefined || (image.isMissing === 1) === isMissing) &&
      (isDuplicate === undefined || (image.duplicateOfId !== null) === isDuplicate) &&
      (name === '' || image.key.toLowerCase().includes(name));
    criteria.push(ordinalsOfFiles(db, projectId, isMatch));
  }
  if (filter.review !== undefined)
    criteria.push(...reviewCriteria(db, projectId, filter.review, counts.images));
  return criteria.length === 0 ? null : Promise.all(criteria);
}

/** Reads keys of the index only. */
async function matchingStates(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  states: readonly ImageState[],
  total: number,
): Promise<number[]> {
  const wanted = IMAGE_STATES.filter((state) => states.includes(state));
  const others = IMAGE_STATES.filter((state) => !states.includes(state));
  // Only images that were worked on are in the index of states.
  return wanted.includes('unlabelled')
    ? complement(await ordinalsInStates(db, projectId, others), total)
    : ordinalsInStates(db, projectId, wanted);
}

/** What is known of files is asked of the pages: 100,000 images are 1,000 records. */
async function ordinalsOfFiles(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  isMatch: (image: PagedImage) => boolean,
): Promise<number[]> {
  const ordinals: number[] = [];
  for (const page of await readPages(db, projectId)) {
    imagesOfPage(page).forEach((image, index) => {
      if (isMatch(image)) ordinals.push(page.page * IMAGES_PER_PAGE + index);
    });
  }
  return ordinals;
}

/** A label and everything that was merged into it. */
function labelsCountedAs(schema: LabelSchema, labelId: LabelId): LabelId[] {
  const merged = schema.labels.filter(
    (label) => label.mergedIntoId !== null && resolveLabel(schema, label.id)?.id === labelId,
  );
  return [...new Set([labelId, ...merged.map((label) => label.id)])];
}

export function complement(ordinals: readonly number[], total: number): number[] {
  const excluded = new Set(ordinals);
  return Array.from({ length: total }, (_, ordinal) => ordinal).filter((ordinal) => !excluded.has(ordinal));
}

/** Ordinals that are in every list, ascending. O(total images + length of the lists). */
function intersection(lists: readonly (readonly number[])[], total: number): Uint32Array {
  const hits = new Uint8Array(total);
  for (const list of lists) {
    for (const ordinal of list) if (ordinal < total) hits[ordinal] = (hits[ordinal] ?? 0) + 1;
  }
  const result: number[] = [];
  hits.forEach((count, ordinal) => {
    if (count === lists.length) result.push(ordinal);
  });
  return Uint32Array.from(result);
}

function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
