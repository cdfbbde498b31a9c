import Dexie, { type PromiseExtended } from 'dexie';
import { IMAGE_STATES, type ImageState } from '../../shared/schema/annotation';
import type { LabelId, ProjectId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { IMAGES_PER_PAGE, pageOf } from './image-pages';
import type { StoredImportedPage } from './stored-records';

/**
 * What imports brought to an image, as long as nobody edited it: then it gets a row, which stands instead. The
 * annotations themselves are in the import's journal line. A million boxes in 100,000 images are thus some thousand
 * records instead of three for each image, and are stored ten times as fast.
 */
export interface ImportedEntry {
  readonly revision: number;
  readonly state: ImageState;
  readonly annotationCount: number;
  readonly labelIds: readonly LabelId[];
  /** Journal lines (`row`) about this image that do not name it: imports, their undo and redo; oldest first. */
  readonly rows: readonly number[];
  /** The line whose annotations are the image's, and its place there; null when it has none. */
  readonly content: { readonly row: number; readonly position: number } | null;
}

/** Of an image to which no import brought anything yet. */
export const UNTOUCHED_ENTRY: ImportedEntry = {
  revision: 0,
  state: 'unlabelled',
  annotationCount: 0,
  labelIds: [],
  rows: [],
  content: null,
};

/** An image in a page's text; the label numbers point into the page's own list. The order is part of what is stored. */
type Line = readonly [
  revision: number,
  state: number,
  annotationCount: number,
  labels: readonly number[],
  rows: readonly number[],
  /** -1 for none. */
  contentRow: number,
  position: number,
];

interface PageText {
  readonly labelIds: readonly LabelId[];
  readonly images: readonly (Line | null)[];
}

/** The entries of a page by ordinal, to be read and changed. */
export type ImportedEntries = Map<number, ImportedEntry>;

export function entriesOf({ page, text }: StoredImportedPage): ImportedEntries {
  const { labelIds, images } = JSON.parse(text) as PageText;
  const entries: ImportedEntries = new Map();
  images.forEach((line, index) => {
    if (line === null) return;
    const [revision, state, annotationCount, labels, rows, contentRow, position] = line;
    entries.set(page * IMAGES_PER_PAGE + index, {
      revision,
      state: IMAGE_STATES[state] ?? 'unlabelled',
      annotationCount,
      labelIds: labels.flatMap((label) => labelIds[label] ?? []),
      rows,
      content: contentRow < 0 ? null : { row: contentRow, position },
    });
  });
  return entries;
}

export function storedImportedPage(
  projectId: ProjectId,
  page: number,
  entries: ReadonlyMap<number, ImportedEntry>,
): StoredImportedPage {
  const numberOf = new Map<LabelId, number>();
  const numbered = (labelId: LabelId): number => {
    const known = numberOf.get(labelId) ?? numberOf.size;
    numberOf.set(labelId, known);
    return known;
  };
  const images: (Line | null)[] = [];
  for (let index = 0; index < IMAGES_PER_PAGE; index += 1) {
    const entry = entries.get(page * IMAGES_PER_PAGE + index);
    images.push(
      entry === undefined
        ? null
        : [
            entry.revision,
            IMAGE_STATES.indexOf(entry.state),
            entry.annotationCount,
            entry.labelIds.map(numbered),
            entry.rows,
            entry.content?.row ?? -1,
            entry.content?.position ?? 0,
          ],
    );
  }
  const text: PageText = { labelIds: [...numberOf.keys()], images };
  return { projectId, page, text: JSON.stringify(text) };
}

/** What imports brought to these images, by ordinal; images without are not in it. */
export function importedEntries(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  ordinals: readonly number[],
): PromiseExtended<ImportedEntries> {
  const numbers = [...new Set(ordinals.map(pageOf))];
  return db.importedPages
    .bulkGet(numbers.map((page): [ProjectId, number] => [projectId, page]))
    .then((pages) => together(pages));
}

/** As `importedEntries`, of all images from `from` up to but not including `to`. */
export function importedEntriesBetween(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  from = 0,
  to: number | undefined = undefined,
): PromiseExtended<ImportedEntries> {
  return db.importedPages
    .where('[projectId+page]')
    .between(
      [projectId, pageOf(from)],
      [projectId, to === undefined ? Dexie.maxKey : pageOf(to - 1)],
      true,
      true,
    )
    .toArray()
    .then((pages) => {
      const entries = together(pages);
      for (const ordinal of [...entries.keys()]) {
        if (ordinal < from || (to !== undefined && ordinal >= to)) entries.delete(ordinal);
      }
      return entries;
    });
}

function together(pages: readonly (StoredImportedPage | undefined)[]): ImportedEntries {
  const all: ImportedEntries = new Map();
  for (const page of pages) {
    if (page === undefined) continue;
    for (const [ordinal, entry] of entriesOf(page)) all.set(ordinal, entry);
  }
  return all;
}

/**
 * Stores changed entries of a project beside those that stay. `known` are the entries of all pages that change, as
 * `importedEntries` gave them in the same transaction.
 */
export function putImportedEntries(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  known: ReadonlyMap<number, ImportedEntry>,
  changed: ReadonlyMap<number, ImportedEntry>,
): PromiseExtended<unknown> {
  const entries = new Map([...known, ...changed]);
  const numbers = [...new Set([...changed.keys()].map(pageOf))];
  return db.importedPages.bulkPut(numbers.map((page) => storedImportedPage(projectId, page, entries)));
}
