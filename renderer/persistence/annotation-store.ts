import Dexie from 'dexie';
import { z } from 'zod';
import { sha256OfText } from '../../shared/document/hash';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { type Annotation, ImageStatus, UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { AnnotationSet, SaveReceipt } from '../../shared/schema/change';
import { ImageId, ProjectId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { readImported } from './imported-lines';
import type { PageCache } from './page-cache';
import { hasSameRecords, layoutAfter, linesOf, type PageLayout, textOf } from './page-layout';
import { annotationReader } from './read-annotations';
import type { StoredImage, StoredSet } from './stored-records';

const StoredSetSchema = z.object({
  imageId: ImageId,
  projectId: ProjectId,
  revision: z.number().int().min(0),
  status: ImageStatus,
  text: z.string(),
  pageLengths: z.array(z.number().int().min(0)).min(1),
});

/** An image's stored lines as they are, page by page, with what their header says. */
interface RawSet {
  readonly header: Pick<StoredSet, 'revision' | 'status'>;
  readonly pages: readonly (readonly string[])[];
  /** True when no record of the image holds them, but the line of an import. */
  readonly isImported: boolean;
}

/** Reads header and pages without looking into the lines. Null when the image was never edited. */
async function readRaw(db: GroundmarkDatabase, image: StoredImage): Promise<Result<RawSet | null>> {
  const found = await db.annotationSets.get(image.id);
  if (found === undefined) {
    return image.revision === 0 ? ok(null) : readRawImport(db, image);
  }
  const header = StoredSetSchema.safeParse(found);
  if (!header.success) return err(damaged(image, z.prettifyError(header.error)));
  if (header.data.projectId !== image.projectId || header.data.revision !== image.revision) {
    return err(damaged(image, 'its revision is not the one that the image list says'));
  }
  const pages: (readonly string[])[] = [linesOf(header.data.text)];
  if (header.data.pageLengths.length > 1) {
    const rest = await db.annotationPages
      .where('[imageId+page]')
      .between([image.id, 1], [image.id, Dexie.maxKey])
      .toArray();
    for (const page of rest) pages[page.page] = linesOf(page.text);
  }
  const isWhole =
    pages.length === header.data.pageLengths.length &&
    header.data.pageLengths.every((length, index) => pages[index]?.length === length);
  return isWhole
    ? ok({ header: header.data, pages, isImported: false })
    : err(damaged(image, 'a part of it is missing'));
}

async function readRawImport(db: GroundmarkDatabase, image: StoredImage): Promise<Result<RawSet>> {
  const imported = await readImported(db, image);
  if (imported === null) return err(damaged(image, 'its record is missing although it was saved before'));
  const { lines, status } = imported === 'none' ? { lines: [], status: UNLABELLED_STATUS } : imported;
  return ok({ header: { revision: image.revision, status }, pages: [lines], isImported: true });
}

/**
 * The annotations of an image as they are stored, each held against its schema. Call it inside a transaction when
 * something is decided by what it finds. Errors: `record.damaged`; nothing is changed then.
 */
export async function readSet(
  db: GroundmarkDatabase,
  image: StoredImage,
  cache: PageCache | null = null,
): Promise<Result<AnnotationSet>> {
  const raw = await readRaw(db, image);
  if (!raw.ok) return raw;
  if (raw.value === null) {
    return ok({
      imageId: image.id,
      projectId: image.projectId,
      revision: 0,
      annotations: [],
      status: UNLABELLED_STATUS,
    });
  }
  const layout: Annotation[][] = [];
  const read = annotationReader();
  for (const lines of raw.value.pages) {
    const page = read(lines);
    if (typeof page === 'string') return err(damaged(image, page));
    layout.push(page);
  }
  // Nothing lies in pages yet: the first edit writes all of them.
  if (!raw.value.isImported) cache?.set(image.id, raw.value.header.revision, layout);
  return ok({
    imageId: image.id,
    projectId: image.projectId,
    revision: raw.value.header.revision,
    annotations: layout.flat(),
    status: raw.value.header.status,
  });
}

/** Counts and hashes the lines that are stored, without any cache: the proof that the status line shows. */
export async function readReceipt(db: GroundmarkDatabase, image: StoredImage): Promise<Result<SaveReceipt>> {
  const raw = await readRaw(db, image);
  if (!raw.ok) return raw;
  // The same hash as hashOfAnnotations, made from the stored text instead of from records in memory.
  const lines = raw.value === null ? [] : raw.value.pages.flat();
  return ok({
    imageId: image.id,
    revision: raw.value?.header.revision ?? 0,
    count: lines.length,
    hash: sha256OfText(lines.map(sha256OfText).join('\n')),
  });
}

/**
 * Writes a set inside the caller's transaction: its header and the pages that changed since `previous` (every page
 * when null). Returns the layout to remember once the transaction has committed.
 */
export async function writeSet(
  db: GroundmarkDatabase,
  set: AnnotationSet,
  previous: PageLayout | null,
): Promise<PageLayout> {
  const layout = layoutAfter(previous, set.annotations);
  const writes: PromiseLike<unknown>[] = [
    db.annotationSets.put({
      imageId: set.imageId,
      projectId: set.projectId,
      revision: set.revision,
      status: set.status,
      text: textOf(layout[0] ?? []),
      pageLengths: layout.map((page) => page.length),
    }),
  ];
  layout.forEach((page, index) => {
    if (index === 0 || hasSameRecords(page, previous?.[index])) return;
    writes.push(db.annotationPages.put({ imageId: set.imageId, page: index, text: textOf(page) }));
  });
  if (previous === null || previous.length > layout.length) {
    writes.push(
      db.annotationPages
        .where('[imageId+page]')
        .between([set.imageId, layout.length], [set.imageId, Dexie.maxKey])
        .delete(),
    );
  }
  await Promise.all(writes);
  return layout;
}

export function damaged(image: Pick<StoredImage, 'id' | 'key'>, reason: string): AppError {
  return appError(
    'record.damaged',
    `The labels of ${image.key} are damaged in the database: ${reason.slice(0, 300)}. Nothing was overwritten. Rebuild them from the journal, or restore a backup.`,
    { imageId: image.id, key: image.key },
  );
}
