import Dexie from 'dexie';
import { appError } from '../../shared/result/app-error';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { Refusal } from './database-error';
import { ordinalSaidBy, projectPartOf, saysItsPlace } from './image-ids';
import { IMAGES_PER_PAGE, type PagedImage, pageOf, pageReader, readPages } from './image-pages';
import { type StoredImage, storedImage } from './stored-records';

/**
 * The one place where pages and rows meet. A page holds what is known of the files of 100 images, written once when
 * they are found. A row exists only of an image that somebody worked on; it holds the whole image, the file's facts
 * included, and stands instead of what the page says. No row means: no labels, no state, revision 0.
 *
 * All functions are to be called inside a transaction that holds `images` and `imagePages`.
 */

/** What a transaction must hold that reads or writes images with their labels. */
export function imageTables(db: GroundmarkDatabase) {
  return [db.images, db.imagePages, db.heads, db.annotationSets, db.annotationPages];
}

/** Images at `from` up to but not including `to`, in order; fewer when the project has fewer. */
export async function readImages(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  from: number,
  to: number,
): Promise<StoredImage[]> {
  const start = Math.max(0, from);
  if (to <= start) return [];
  const [pages, rows] = await Promise.all([
    readPages(db, projectId, pageOf(start), pageOf(to - 1)),
    db.images
      .where('[projectId+ordinal]')
      .between([projectId, start], [projectId, to], true, false)
      .toArray(),
  ]);
  const rowAt = new Map(rows.map((row) => [row.ordinal, row]));
  const images: StoredImage[] = [];
  for (const page of pages) {
    const imageAt = pageReader(page);
    const first = page.page * IMAGES_PER_PAGE;
    for (
      let ordinal = Math.max(start, first);
      ordinal < Math.min(to, first + IMAGES_PER_PAGE);
      ordinal += 1
    ) {
      const image = imageAt(ordinal);
      if (image === undefined) break;
      images.push(rowAt.get(ordinal) ?? freshImage(projectId, ordinal, image));
    }
  }
  return images;
}

/** The images at these places in the order asked for; places where nothing is are left out. */
export async function readImagesAt(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  ordinals: readonly number[],
): Promise<StoredImage[]> {
  const rows = await db.images.bulkGet(ordinals.map((ordinal): [ProjectId, number] => [projectId, ordinal]));
  const fresh = await freshImages(
    db,
    projectId,
    ordinals.filter((_, index) => rows[index] === undefined),
  );
  return ordinals.flatMap((ordinal, index) => rows[index] ?? fresh.get(ordinal) ?? []);
}

/**
 * The images of these ids in the order asked for; undefined where there is none. Finds by row, then by the place that
 * the id says; ids that do not say it always have a row (`needsRow`). The transaction must hold `heads` too.
 */
export async function findImages(
  db: GroundmarkDatabase,
  ids: readonly ImageId[],
): Promise<(StoredImage | undefined)[]> {
  const rows = await Promise.all(ids.map((id) => db.images.where('id').equals(id).first()));
  const found = new Map<ImageId, StoredImage>();
  const wanted = ids.filter((_, index) => rows[index] === undefined);
  for (const part of new Set(wanted.map(projectPartOf))) {
    const ofPart = new Set(wanted.filter((id) => projectPartOf(id) === part));
    // Usually one; two projects whose ids begin alike are both looked into.
    for (const projectId of await db.heads.where('projectId').startsWith(part).primaryKeys()) {
      const images = await freshImages(db, projectId, [...ofPart].map(ordinalSaidBy));
      for (const image of images.values()) if (ofPart.has(image.id)) found.set(image.id, image);
    }
  }
  return ids.map((id, index) => rows[index] ?? found.get(id));
}

/** Throws a refusal when there is no such image. */
export async function imageById(db: GroundmarkDatabase, id: ImageId): Promise<StoredImage> {
  const [image] = await findImages(db, [id]);
  return present(image, id);
}

/** As `imageById` for what names images: each with its image. */
export async function withImages<T>(
  db: GroundmarkDatabase,
  items: readonly T[],
  idOf: (item: T) => ImageId,
): Promise<{ readonly item: T; readonly image: StoredImage }[]> {
  const images = await findImages(db, items.map(idOf));
  return items.map((item, index) => ({ item, image: present(images[index], idOf(item)) }));
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
export async function ordinalOf(db: GroundmarkDatabase, projectId: ProjectId, id: ImageId): Promise<number> {
  const [image] = await findImages(db, [id]);
  return image?.projectId === projectId ? image.ordinal : -1;
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

function freshImage(projectId: ProjectId, ordinal: number, image: PagedImage): StoredImage {
  return storedImage(
    {
      ...image,
      projectId,
      searchName: searchNameOf(image.key),
      ordinal,
      state: 'unlabelled',
      labelIds: [],
      annotationCount: 0,
      hasFinding: 0,
    },
    0,
  );
}

/** What the pages say of these places, by ordinal. */
async function freshImages(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  ordinals: readonly number[],
): Promise<Map<number, StoredImage>> {
  const numbers = [...new Set(ordinals.map(pageOf))];
  const pages = await db.imagePages.bulkGet(numbers.map((page): [ProjectId, number] => [projectId, page]));
  const readers = new Map(pages.map((page, index) => [numbers[index], page && pageReader(page)]));
  const found = new Map<number, StoredImage>();
  for (const ordinal of ordinals) {
    const image = readers.get(pageOf(ordinal))?.(ordinal);
    if (image !== undefined) found.set(ordinal, freshImage(projectId, ordinal, image));
  }
  return found;
}

/** Ordinals of the rows in one of these states, ascending for each state; keys only. */
export async function ordinalsOfRows(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  states: readonly StoredImage['state'][],
  from = 0,
  to: number | undefined = undefined,
): Promise<number[]> {
  const found = await Promise.all(
    states.map((state) =>
      db.images
        .where('[projectId+state+ordinal]')
        .between([projectId, state, from], [projectId, state, to ?? Dexie.maxKey], true, false)
        .primaryKeys(),
    ),
  );
  return found.flat().map(([, ordinal]) => ordinal);
}

function searchNameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).toLowerCase();
}
