import Dexie from 'dexie';
import { IMAGE_STATES, type ImageState } from '../../shared/schema/annotation';
import type { ImageId, LabelId, ProjectId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { ProjectCounts } from '../../shared/schema/project';
import { resolveLabel } from '../../shared/schema/resolve-label';
import type { GroundmarkDatabase } from './database';
import { IMAGES_PER_CHUNK, readChunks } from './image-catalogue';
import { requireHead } from './journal-lines';
import type { ImageFilter, ImageList } from './ports';
import { requireProject } from './project-face';
import { flagMark, imageRecordOf, labelMark } from './stored-records';

/** Ordinals read at a time when looking for the next image of a state in a filtered list. */
const ORDINALS_PER_PAGE = 500;

/** A snapshot of which images match; their records are read window by window and are as new as the window's read. */
export async function openImageList(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  filter: ImageFilter,
): Promise<ImageList> {
  return db.transaction('r', [db.projects, db.heads, db.images, db.catalogue], async () => {
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
      const rows = await db.images
        .where('[projectId+ordinal]')
        .between([projectId, Math.max(0, from)], [projectId, Math.min(to, total)], true, false)
        .toArray();
      return rows.map(imageRecordOf);
    },
    indexOf: (id) => ordinalOf(db, projectId, id),
    async nextWithState(index, state) {
      const first = (from: number, to: number) =>
        db.images
          .where('[projectId+state+ordinal]')
          .between([projectId, state, from], [projectId, state, to], true, false)
          .limit(1)
          .primaryKeys();
      const behind = await first(index + 1, total);
      const found = behind[0] ?? (await first(0, Math.min(index + 1, total)))[0];
      return found === undefined ? -1 : found[1];
    },
  };
}

function filteredList(db: GroundmarkDatabase, projectId: ProjectId, ordinals: Uint32Array): ImageList {
  const positionOf = (ordinal: number): number => {
    const position = lowerBound(ordinals, ordinal);
    return ordinals[position] === ordinal ? position : -1;
  };
  const next = async (state: ImageState, from: number, to: number): Promise<number> => {
    let start = from;
    while (start < to) {
      const page = await db.images
        .where('[projectId+state+ordinal]')
        .between([projectId, state, start], [projectId, state, to], true, false)
        .limit(ORDINALS_PER_PAGE)
        .primaryKeys();
      for (const [, ordinal] of page) {
        const position = positionOf(ordinal);
        if (position >= 0) return position;
      }
      const last = page.at(-1);
      if (last === undefined || page.length < ORDINALS_PER_PAGE) return -1;
      start = last[1] + 1;
    }
    return -1;
  };
  return {
    total: ordinals.length,
    async window(from, to) {
      const keys = [...ordinals.subarray(Math.max(0, from), Math.max(0, to))].map(
        (ordinal): [ProjectId, number] => [projectId, ordinal],
      );
      const rows = await db.images.bulkGet(keys);
      return rows.flatMap((row) => (row === undefined ? [] : [imageRecordOf(row)]));
    },
    async indexOf(id) {
      const ordinal = await ordinalOf(db, projectId, id);
      return ordinal < 0 ? -1 : positionOf(ordinal);
    },
    async nextWithState(index, state) {
      const here = index < 0 ? -1 : (ordinals[index] ?? Number.MAX_SAFE_INTEGER);
      const end = (ordinals.at(-1) ?? -1) + 1;
      const behind = await next(state, here + 1, end);
      return behind >= 0 ? behind : next(state, 0, Math.min(here + 1, end));
    },
  };
}

async function ordinalOf(db: GroundmarkDatabase, projectId: ProjectId, id: ImageId): Promise<number> {
  const [key] = await db.images.where('id').equals(id).primaryKeys();
  return key !== undefined && key[0] === projectId ? key[1] : -1;
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
  const flagged = async (flag: Parameters<typeof flagMark>[1], isWanted: boolean): Promise<number[]> => {
    const ordinals = await marked([flagMark(projectId, flag)]);
    return isWanted ? ordinals : complement(ordinals, counts.images);
  };

  const criteria: Promise<number[]>[] = [];
  const { states, labelId, hasFinding, isMissing, isDuplicate } = filter;
  if (states !== undefined && new Set(states).size < IMAGE_STATES.length) {
    criteria.push(ordinalsInStates(db, projectId, states, counts));
  }
  if (labelId !== undefined) {
    criteria.push(marked(labelsCountedAs(schema, labelId).map((id) => labelMark(projectId, id))));
  }
  if (hasFinding !== undefined) criteria.push(flagged('finding', hasFinding));
  if (isMissing !== undefined) criteria.push(flagged('missing', isMissing));
  if (isDuplicate !== undefined) criteria.push(flagged('duplicate', isDuplicate));
  const name = filter.nameContains?.trim().toLowerCase() ?? '';
  if (name !== '') criteria.push(ordinalsWithName(db, projectId, name));
  return criteria.length === 0 ? null : Promise.all(criteria);
}

/** Reads the keys of these states or of the others, whichever are fewer: 100,000 keys take a second, a few none. */
async function ordinalsInStates(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  states: readonly ImageState[],
  counts: ProjectCounts,
): Promise<number[]> {
  const wanted = IMAGE_STATES.filter((state) => states.includes(state));
  const others = IMAGE_STATES.filter((state) => !states.includes(state));
  const countOf = (some: readonly ImageState[]) => some.reduce((sum, state) => sum + counts[state], 0);
  return countOf(wanted) <= countOf(others)
    ? ordinalsWithStates(db, projectId, wanted)
    : complement(await ordinalsWithStates(db, projectId, others), counts.images);
}

async function ordinalsWithStates(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  states: readonly ImageState[],
): Promise<number[]> {
  const found = await Promise.all(
    states.map((state) =>
      db.images
        .where('[projectId+state+ordinal]')
        .between([projectId, state, 0], [projectId, state, Dexie.maxKey])
        .primaryKeys(),
    ),
  );
  return found.flat().map(([, ordinal]) => ordinal);
}

/** Reads key chunks, not images: 100,000 names are 400 records. */
async function ordinalsWithName(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  lowerCasePart: string,
): Promise<number[]> {
  const ordinals: number[] = [];
  for (const { chunk, keys } of await readChunks(db, projectId)) {
    keys.forEach((key, index) => {
      if (key.toLowerCase().includes(lowerCasePart)) ordinals.push(chunk * IMAGES_PER_CHUNK + index);
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

function complement(ordinals: readonly number[], total: number): number[] {
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
