import type { ProjectId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from '../persistence/database';
import { type LabelledImage, labelledImages, labelledImagesAt } from '../persistence/labelled-images';
import type { ObjectTable } from './object-table';

/** Images a read transaction: a page of the list, so that each page is parsed once. */
const IMAGES_PER_READ = 100;

export interface ReadingProgress {
  /** Images that are in the table, and those of the project. */
  readonly images: number;
  readonly totalImages: number;
  readonly objects: number;
}

/**
 * Fills a table with all objects of a project, page after page: beside the table never more than one page's records are
 * in memory. Damaged images give no objects and are counted. Ends early when `signal` aborts.
 * @param onPage hears after each page, before the next one is read; what it gives back is waited for.
 * @returns how many images are damaged.
 */
export async function readObjects(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  table: ObjectTable,
  onPage: (progress: ReadingProgress) => void | Promise<void>,
  signal: AbortSignal,
): Promise<{ readonly damaged: number }> {
  const head = await db.heads.get(projectId);
  const total = head?.counts.images ?? 0;
  table.reserve(head?.counts.annotations ?? 0);
  let damaged = 0;
  for (let from = 0; from < total && !signal.aborted; from += IMAGES_PER_READ) {
    const page = await labelledImages(db, projectId, from, Math.min(total, from + IMAGES_PER_READ));
    damaged += putAll(table, page);
    await onPage({
      images: Math.min(total, from + IMAGES_PER_READ),
      totalImages: total,
      objects: table.size,
    });
  }
  return { damaged };
}

/** Reads these images of the project anew, e.g. after `persistence.images.observe` named them. */
export async function rereadObjects(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  table: ObjectTable,
  ordinals: readonly number[],
): Promise<void> {
  for (let from = 0; from < ordinals.length; from += IMAGES_PER_READ) {
    const page = ordinals.slice(from, from + IMAGES_PER_READ);
    putAll(table, await labelledImagesAt(db, projectId, page));
  }
}

function putAll(table: ObjectTable, page: readonly LabelledImage[]): number {
  let damaged = 0;
  for (const { image, annotations } of page) {
    table.putImage(image, annotations ?? []);
    if (annotations === null) damaged += 1;
  }
  return damaged;
}
