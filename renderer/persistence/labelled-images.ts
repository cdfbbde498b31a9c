import type { Annotation } from '../../shared/schema/annotation';
import type { ProjectId } from '../../shared/schema/ids';
import { readSet } from './annotation-store';
import type { GroundmarkDatabase } from './database';
import { imageTables, readImages, readImagesAt } from './image-rows';
import { contentsOfImports } from './imported-lines';
import { type ImportedEntries, importedEntries, importedEntriesBetween } from './imported-pages';
import type { StoredImage } from './stored-records';

/** An image with its annotations in drawing order; null where the stored ones are damaged. */
export interface LabelledImage {
  readonly image: StoredImage;
  readonly annotations: readonly Annotation[] | null;
}

/**
 * Images at `from` up to but not including `to` with their annotations, in one read transaction, for reading a whole
 * project: what an import brought is taken from its line as it is, without writing and reading each record again.
 * Throws what Dexie throws. Runs in workers too.
 */
export function labelledImages(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  from: number,
  to: number,
): Promise<LabelledImage[]> {
  return db.transaction('r', imageTables(db), async () => {
    const images = await readImages(db, projectId, from, to);
    return withAnnotations(db, images, await importedEntriesBetween(db, projectId, from, to));
  });
}

/** As `labelledImages`, of the images at these places; places where nothing is are left out. */
export function labelledImagesAt(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  ordinals: readonly number[],
): Promise<LabelledImage[]> {
  return db.transaction('r', imageTables(db), async () => {
    const images = await readImagesAt(db, projectId, ordinals);
    return withAnnotations(db, images, await importedEntries(db, projectId, ordinals));
  });
}

/** Images read at once to see whether they changed; each page of the list is parsed for it. */
const IMAGES_PER_LOOK = 1000;

/**
 * Ordinals of images that are not as they were when their revision and finding were noted, new ones (from `count` on)
 * included. Reads no annotations: 100,000 images take about 2 s.
 */
export async function changedImages(
  db: GroundmarkDatabase,
  projectId: ProjectId,
  noted: { readonly revision: Uint32Array; readonly hasFinding: Uint8Array },
  count: number,
): Promise<number[]> {
  const changed: number[] = [];
  for (let from = 0; ; from += IMAGES_PER_LOOK) {
    const start = from;
    const images = await db.transaction('r', imageTables(db), () =>
      readImages(db, projectId, start, start + IMAGES_PER_LOOK),
    );
    for (const { ordinal, revision, hasFinding } of images) {
      if (
        ordinal >= count ||
        noted.revision[ordinal] !== revision ||
        noted.hasFinding[ordinal] !== hasFinding
      )
        changed.push(ordinal);
    }
    if (images.length < IMAGES_PER_LOOK) return changed;
  }
}

async function withAnnotations(
  db: GroundmarkDatabase,
  images: readonly StoredImage[],
  entries: ImportedEntries,
): Promise<LabelledImage[]> {
  const asImported = images.flatMap((image) => {
    const entry = entries.get(image.ordinal);
    // An edit raises the revision above that of the import.
    return image.revision > 0 && entry?.revision === image.revision ? [{ image, entry }] : [];
  });
  const contents = await contentsOfImports(db, asImported);
  return Promise.all(
    images.map(async (image): Promise<LabelledImage> => {
      if (image.revision === 0) return { image, annotations: [] };
      const imported = contents.get(image.ordinal);
      if (imported !== undefined) return { image, annotations: imported };
      const set = await readSet(db, image);
      return { image, annotations: set.ok ? set.value.annotations : null };
    }),
  );
}
