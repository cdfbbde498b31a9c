import Dexie, { type PromiseExtended, type Table } from 'dexie';
import { appError } from '../../shared/result/app-error';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { Refusal } from './database-error';
import { ordinalSaidBy, projectPartOf, saysItsPlace } from './image-ids';
import { IMAGES_PER_PAGE, type PagedImage, pageOf, pageReader, readPages } from './image-pages';
import { type ImportedEntry, importedEntries, importedEntriesBetween } from './imported-pages';
import { type StoredImage, type StoredLayer, storedImage } from './stored-records';

/**
 * The one place where pages and rows meet. A page holds what is known of the files of 100 images, written once when
 * they are found. A row exists only of an image that somebody worked on; it holds the whole image, the file's facts
 * included, and stands instead of what pages say. No row means: what imports brought (`imported-pages.ts`), and where
 * they brought nothing no labels, no state, revision 0.
 *
 * All functions are to be called inside a transaction that holds `listTables`. They chain Dexie's own
 * promises: behind several native `await`s in a row Dexie loses the transaction when others run beside it
 * ("committed too early", one read in three measured), and callers await too.
 */

/** What a transaction must hold that reads images. */
export function listTables(db: GroundmarkDatabase) {
  return [db.images, db.imagePages, db.importedPages, db.heads, db.layers];
}

/** What a transaction must hold that reads or writes images with their labels. */
export function imageTables(db: GroundmarkDatabase) {
  return [...listTables(db), db.annotationSets, db.annotationPages, db.changes, db.reviews];
}

/** Images at `from` up to but not including `to`, in order; fewer when the project has fewer. */
export function readImages(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  from: number,
  to: number,
): PromiseExtended<StoredImage[]> {
  const start = Math.max(0, from);
  if (to <= start) return Dexie.Promise.resolve([]);
  const pagesRead = readPages(db, projectId, pageOf(start), pageOf(to - 1));
  const rowsRead = db.images
    .where('[projectId+ordinal]')
    .between([projectId, start], [projectId, to], true, false)
    .toArray();
  const importedRead = importedEntriesBetween(db, projectId, start, to);
  return Dexie.Promise.all([pagesRead, importedRead]).then(([pages, imported]) =>
    rowsRead.then((rows) => {
      const rowAt = new Map(rows.map((row) => [row.ordinal, row]));
      const images: StoredImage[] = [];
      for (const page of pages) {
        const imageAt = pageReader(page);
        const first = page.page * IMAGES_PER_PAGE;
        const end = Math.min(to, first + IMAGES_PER_PAGE);
        for (let ordinal = Math.max(start, first); ordinal < end; ordinal += 1) {
          const image = imageAt(ordinal);
          if (image === undefined) break;
          images.push(rowAt.get(ordinal) ?? freshImage(projectId, ordinal, image, imported.get(ordinal)));
        }
      }
      return images;
    }),
  );
}

/** The images at these places in the order asked for; places where nothing is are left out. */
export function readImagesAt(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  ordinals: readonly number[],
): PromiseExtended<StoredImage[]> {
  return rowsAt(db.images, projectId, ordinals).then((rows) => {
    const withoutRow = ordinals.filter((_, index) => rows[index] === undefined);
    return freshImages(db, projectId, withoutRow).then((fresh) =>
      ordinals.flatMap((ordinal, index) => rows[index] ?? fresh.get(ordinal) ?? []),
    );
  });
}

/**
 * Rows of a table whose key is project and ordinal, in the order asked for; undefined where there is none. Where most
 * rows from the first to the last are asked for, one request of a range brings them: a hundred keys are a hundred
 * requests, which was a third of the time that comparing a whole project took.
 */
export function rowsAt<Row extends { readonly ordinal: number }>(
  table: Table<Row, [ProjectId, number]>,
  projectId: ProjectId,
  ordinals: readonly number[],
): PromiseExtended<(Row | undefined)[]> {
  const first = ordinals[0] ?? 0;
  const last = ordinals[ordinals.length - 1] ?? 0;
  const isAscending = ordinals.every((ordinal, index) => index === 0 || ordinal > (ordinals[index - 1] ?? 0));
  if (!isAscending || last - first >= ordinals.length * LEAST_DENSE) {
    return table.bulkGet(ordinals.map((ordinal): [ProjectId, number] => [projectId, ordinal]));
  }
  return table
    .where('[projectId+ordinal]')
    .between([projectId, first], [projectId, last], true, true)
    .toArray()
    .then((rows) => {
      const rowAt = new Map(rows.map((row) => [row.ordinal, row]));
      return ordinals.map((ordinal) => rowAt.get(ordinal));
    });
}

/** Of so many rows in a range at least one is wanted. */
const LEAST_DENSE = 2;

/**
 * The images of these ids in the order asked for; undefined where there is none. Finds by row, then by the place that
 * the id says; ids that do not say it always have a row (`needsRow`). The transaction must hold `heads` too.
 */
export function findImages(
  db: GroundmarkDatabase,
  ids: readonly ImageId[],
): PromiseExtended<(StoredImage | undefined)[]> {
  return Dexie.Promise.all(ids.map((id) => db.images.where('id').equals(id).first())).then((rows) => {
    const wanted = ids.filter((_, index) => rows[index] === undefined);
    const parts = [...new Set(wanted.map(projectPartOf))];
    return Dexie.Promise.all(
      parts.map((part) =>
        freshOfProjects(
          db,
          part,
          wanted.filter((id) => projectPartOf(id) === part),
        ),
      ),
    ).then((found) => {
      const byId = new Map(found.flat().map((image) => [image.id, image]));
      return ids.map((id, index) => rows[index] ?? byId.get(id));
    });
  });
}

/** The images at the places that these ids say, in the projects whose ids begin like theirs: usually one. */
function freshOfProjects(
  db: GroundmarkDatabase,
  part: string,
  ids: readonly ImageId[],
): PromiseExtended<StoredImage[]> {
  return db.heads
    .where('projectId')
    .startsWith(part)
    .primaryKeys()
    .then((projectIds) =>
      Dexie.Promise.all(
        projectIds.map((projectId) => freshImages(db, projectId, ids.map(ordinalSaidBy))),
      ).then((found) => found.flatMap((images) => [...images.values()])),
    );
}

/** As `findImages`, for one: what opening an image waits for. A layer's id finds its image in the layer's stead. */
function findImage(db: GroundmarkDatabase, id: ImageId): PromiseExtended<StoredImage | undefined> {
  return findOwnImage(db, id).then((image) => image ?? findLayer(db, id));
}

function findLayer(db: GroundmarkDatabase, id: ImageId): PromiseExtended<StoredImage | undefined> {
  return db.layers
    .get(id)
    .then((layer) =>
      layer === undefined
        ? undefined
        : findOwnImage(db, layer.imageId).then((image) => image && layerAsImage(layer, image)),
    );
}

/**
 * The layer as everything that reads and writes annotation sets knows an image: the picture's own facts under the
 * layer's id and revision.
 */
function layerAsImage(layer: StoredLayer, image: StoredImage): StoredImage {
  return {
    ...image,
    id: layer.id,
    revision: layer.revision,
    annotationCount: layer.annotationCount,
    state: 'unlabelled',
    hasFinding: layer.hasFinding ?? 0,
    layer,
  };
}

function findOwnImage(db: GroundmarkDatabase, id: ImageId): PromiseExtended<StoredImage | undefined> {
  return db.images
    .where('id')
    .equals(id)
    .first()
    .then(
      (row) =>
        row ??
        freshOfProjects(db, projectPartOf(id), [id]).then((images) =>
          images.find((image) => image.id === id),
        ),
    );
}

/** Throws a refusal when there is no such image. */
export function imageById(db: GroundmarkDatabase, id: ImageId): PromiseExtended<StoredImage> {
  return findImage(db, id).then((image) => present(image, id));
}

/** As `imageById` for what names images, or layers: each with its image. */
export function withImages<T>(
  db: GroundmarkDatabase,
  items: readonly T[],
  idOf: (item: T) => ImageId,
): PromiseExtended<{ readonly item: T; readonly image: StoredImage }[]> {
  return findImages(db, items.map(idOf))
    .then((images) =>
      Dexie.Promise.all(images.map((image, index) => image ?? findLayer(db, idOf(items[index] as T)))),
    )
    .then((images) => items.map((item, index) => ({ item, image: present(images[index], idOf(item)) })));
}

function present(image: StoredImage | undefined, imageId: ImageId): StoredImage {
  if (image !== undefined) return image;
  throw new Refusal(
    appError(
      'record.conflict',
      'This image is not in the database any more; its project may have been erased in another window. Go back to the start page.',
      { imageId },
    ),
  );
}

/** Where an image of a project is in its list; -1 when it is not one of its images. */
export function ordinalOf(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  id: ImageId,
): PromiseExtended<number> {
  return findImage(db, id).then((image) => (image?.projectId === projectId ? image.ordinal : -1));
}

/** True when a page alone cannot hold the image, or would not let it be found by its id. */
export function needsRow(image: StoredImage): boolean {
  return (
    image.revision > 0 ||
    image.state !== 'unlabelled' ||
    image.annotationCount > 0 ||
    image.labelIds.length > 0 ||
    image.hasFinding === 1 ||
    image.sequenceId !== undefined ||
    image.frameIndex !== undefined ||
    image.frameTimestamp !== undefined ||
    !saysItsPlace(image.id, image.projectId, image.ordinal)
  );
}

/** What a page keeps of an image. */
export function pagedImageOf(image: StoredImage): PagedImage {
  const { id, sourceId, key, contentHash, byteSize, modifiedAt, format, width, height } = image;
  const { exifOrientation, capturedAt, isMissing, duplicateOfId } = image;
  return {
    id,
    sourceId,
    key,
    contentHash,
    byteSize,
    modifiedAt,
    format,
    width,
    height,
    exifOrientation,
    capturedAt,
    isMissing,
    duplicateOfId,
  };
}

/** An image's row after its file's facts changed; what was done to it stays. */
export function withFileFacts(row: StoredImage, facts: PagedImage): StoredImage {
  return storedImage({ ...row, ...facts, searchName: searchNameOf(facts.key) }, row.revision);
}

function freshImage(
  projectId: ProjectId,
  ordinal: number,
  image: PagedImage,
  imported: ImportedEntry | undefined,
): StoredImage {
  return storedImage(
    {
      ...image,
      projectId,
      searchName: searchNameOf(image.key),
      ordinal,
      state: imported?.state ?? 'unlabelled',
      labelIds: [...(imported?.labelIds ?? [])],
      annotationCount: imported?.annotationCount ?? 0,
      hasFinding: 0,
    },
    imported?.revision ?? 0,
  );
}

/** What the pages say of these places, by ordinal. */
function freshImages(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  ordinals: readonly number[],
): PromiseExtended<Map<number, StoredImage>> {
  const numbers = [...new Set(ordinals.map(pageOf))];
  const pagesRead = db.imagePages.bulkGet(numbers.map((page): [ProjectId, number] => [projectId, page]));
  return importedEntries(db, projectId, ordinals).then((imported) =>
    pagesRead.then((pages) => {
      const readers = new Map(pages.map((page, index) => [numbers[index], page && pageReader(page)]));
      const found = new Map<number, StoredImage>();
      for (const ordinal of ordinals) {
        const image = readers.get(pageOf(ordinal))?.(ordinal);
        if (image === undefined) continue;
        found.set(ordinal, freshImage(projectId, ordinal, image, imported.get(ordinal)));
      }
      return found;
    }),
  );
}

/**
 * Ordinals of the images that were worked on and are in one of these states (`unlabelled` would leave out all those
 * that nobody ever touched). Of rows only keys are read.
 */
export function ordinalsInStates(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  states: readonly StoredImage['state'][],
  from = 0,
  to: number | undefined = undefined,
): PromiseExtended<number[]> {
  const rowsRead = Dexie.Promise.all(
    states.map((state) =>
      db.images
        .where('[projectId+state+ordinal]')
        .between([projectId, state, from], [projectId, state, to ?? Dexie.maxKey], true, false)
        .primaryKeys(),
    ),
  );
  return importedWithoutRow(db, projectId, (entry) => states.includes(entry.state), from, to).then(
    (imported) => rowsRead.then((found) => [...found.flat().map(([, ordinal]) => ordinal), ...imported]),
  );
}

/** Ordinals of images that are as an import left them and for which `isMatch` holds. */
export function importedWithoutRow(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  isMatch: (entry: ImportedEntry) => boolean,
  from = 0,
  to: number | undefined = undefined,
): PromiseExtended<number[]> {
  return importedEntriesBetween(db, projectId, from, to).then((entries) => {
    const matching = [...entries].flatMap(([ordinal, entry]) => (isMatch(entry) ? [ordinal] : []));
    if (matching.length === 0) return matching;
    return db.images
      .where('[projectId+ordinal]')
      .between([projectId, from], [projectId, to ?? Dexie.maxKey], true, false)
      .primaryKeys()
      .then((keys) => {
        const hasRow = new Set(keys.map(([, ordinal]) => ordinal));
        return matching.filter((ordinal) => !hasRow.has(ordinal));
      });
  });
}

function searchNameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).toLowerCase();
}
