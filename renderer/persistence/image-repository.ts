import Dexie from 'dexie';
import { z } from 'zod';
import { appError } from '../../shared/result/app-error';
import { err, type Result } from '../../shared/result/result';
import type { ImageId, ProjectId, SourceId } from '../../shared/schema/ids';
import { ScannedImage } from '../../shared/schema/image';
import { demand, type PersistenceContext } from './context';
import { guarded, guardedWrite } from './database-error';
import { ImageCatalogue } from './image-catalogue';
import { openImageList } from './image-list';
import { changePages, imagesOfPage, readPages } from './image-pages';
import { findImages, imageById, listTables, withFileFacts } from './image-rows';
import { type ScanOutcome, sortScan } from './image-scan';
import { requireHead } from './journal-lines';
import type { ImageRepository } from './ports';
import { imageRecordOf } from './stored-records';

type ScanBatch = Parameters<ImageRepository['addScanned']>[2];

const SCANNED = z.array(ScannedImage);

export function createImageRepository(context: PersistenceContext): ImageRepository {
  const { db, notifier } = context;
  /** Kept between the batches of one import only. */
  let catalogue: ImageCatalogue | null = null;

  async function storeBatch(
    projectId: ProjectId,
    sourceId: SourceId,
    batch: ScanBatch,
  ): Promise<ScanOutcome> {
    return db.transaction('rw', [db.images, db.imagePages, db.heads, db.scans, db.problems], async () => {
      demand(context, 'image.add');
      const head = requireHead(await db.heads.get(projectId));
      const known =
        catalogue?.projectId === projectId && catalogue.revision === head.catalogueRevision
          ? catalogue
          : await ImageCatalogue.read(db, projectId, head.catalogueRevision);
      const outcome = sortScan(context, known, projectId, sourceId, batch.images);
      const touched = await db.images.bulkGet(
        outcome.refreshed.map(({ ordinal }): [ProjectId, number] => [projectId, ordinal]),
      );
      const refreshed = touched.flatMap((image, index) => {
        const facts = outcome.refreshed[index]?.facts;
        return image === undefined || facts === undefined ? [] : [withFileFacts(image, facts)];
      });
      const isChanged = outcome.added + outcome.refreshed.length > 0;
      known.revision = head.catalogueRevision + (isChanged ? 1 : 0);
      await Promise.all([
        db.images.bulkPut(refreshed),
        db.imagePages.bulkPut(known.takeTouchedPages()),
        db.problems.bulkPut(batch.problems.map((problem) => ({ ...problem, projectId, sourceId }))),
        batch.isLast
          ? db.scans.delete([projectId, sourceId])
          : db.scans.put({ projectId, sourceId, cursor: batch.cursor }),
        db.heads.put({
          ...head,
          stamp: head.stamp + (isChanged ? 1 : 0),
          catalogueRevision: known.revision,
          counts: {
            ...head.counts,
            images: head.counts.images + outcome.added,
            unlabelled: head.counts.unlabelled + outcome.added,
          },
        }),
      ]);
      catalogue = known;
      return outcome;
    });
  }

  return {
    list: (projectId, filter) =>
      guarded(db, 'reading the image list', () => openImageList(db, projectId, filter)),

    get: (id) =>
      guarded(db, 'reading an image', () =>
        db.transaction('r', listTables(db), async () => imageRecordOf(await imageById(db, id))),
      ),

    async addScanned(projectId, sourceId, batch) {
      const parsed = SCANNED.safeParse(batch.images);
      if (!parsed.success) {
        return err(
          appError(
            'ipc.bad-arguments',
            'The scan brought a file description that cannot be right, so this batch was not stored. Start the import again; it goes on where it was.',
            { reason: z.prettifyError(parsed.error).slice(0, 500) },
          ),
        );
      }
      const stored = await guardedWrite(db, 'storing images', () =>
        storeBatch(projectId, sourceId, { ...batch, images: parsed.data }),
      );
      // What failed was already noted in memory; and after the last batch nobody needs it any more.
      if (!stored.ok || batch.isLast) catalogue = null;
      if (!stored.ok) return stored;
      const { added, known, moved, duplicates } = stored.value;
      if (batch.isLast) notifier.announce({ projectId, imageIds: 'many' });
      else notifier.announceGrowth(projectId);
      return { ok: true, value: { added, known, moved, duplicates } };
    },

    async unfinishedScans(projectId) {
      const scans = await db.scans
        .where('[projectId+sourceId]')
        .between([projectId, Dexie.minKey], [projectId, Dexie.maxKey])
        .toArray();
      return scans.map(({ sourceId, cursor }) => ({ sourceId, cursor }));
    },

    async problems(projectId) {
      const problems = await db.problems
        .where('[projectId+sourceId+key]')
        .between([projectId, Dexie.minKey], [projectId, Dexie.maxKey])
        .toArray();
      return problems.map(({ projectId: _, ...problem }) => problem);
    },

    async addProblem(projectId, sourceId, problem) {
      await db.problems.put({ ...problem, projectId, sourceId });
      notifier.announce({ projectId, imageIds: [] });
    },

    setMissing: (ids, isMissing) => setMissing(context, ids, isMissing),

    async locations(projectId) {
      const read = await guarded(db, 'reading the images’ places', async () => readPages(db, projectId));
      if (!read.ok) return read;
      return {
        ok: true,
        value: read.value.flatMap((page) =>
          imagesOfPage(page).map(({ id, sourceId, key }) => ({ id, sourceId, key })),
        ),
      };
    },

    observe(projectId, listener) {
      return notifier.listen((event) => {
        if (event.projectId === projectId) listener({ imageIds: event.imageIds });
      });
    },
  };
}

async function setMissing(
  { db, notifier }: PersistenceContext,
  ids: readonly ImageId[],
  isMissing: boolean,
): Promise<Result<null>> {
  const flag = isMissing ? 1 : 0;
  const done = await guarded(db, 'marking missing images', () =>
    db.transaction('rw', listTables(db), async () => {
      const changed = (await findImages(db, ids)).flatMap((image) =>
        image === undefined || image.isMissing === flag ? [] : [{ ...image, isMissing: flag } as const],
      );
      const rows = await db.images.bulkGet(
        changed.map(({ projectId, ordinal }): [ProjectId, number] => [projectId, ordinal]),
      );
      await db.images.bulkPut(changed.filter((_, index) => rows[index] !== undefined));
      for (const projectId of new Set(changed.map((image) => image.projectId))) {
        const ordinals = changed.flatMap((image) => (image.projectId === projectId ? [image.ordinal] : []));
        await changePages(db, projectId, ordinals, (image) => ({ ...image, isMissing: flag }));
        const head = requireHead(await db.heads.get(projectId));
        await db.heads.put({
          ...head,
          stamp: head.stamp + 1,
          catalogueRevision: head.catalogueRevision + 1,
        });
      }
      return changed;
    }),
  );
  if (!done.ok) return done;
  for (const projectId of new Set(done.value.map((image) => image.projectId))) {
    const imageIds = done.value.flatMap((image) => (image.projectId === projectId ? [image.id] : []));
    notifier.announce({ projectId, imageIds });
  }
  return { ok: true, value: null };
}
