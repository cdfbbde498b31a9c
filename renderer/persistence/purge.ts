import Dexie from 'dexie';
import { appError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { PersistenceContext } from './context';
import { guarded, Refusal } from './database-error';

const IMAGES_PER_STEP = 2000;

/**
 * Erases a deleted project for good, by steps that each are a transaction of their own; the project's record goes
 * last, so that a purge that was cut off is still in the bin and can be repeated.
 */
export async function purgeProject(context: PersistenceContext, id: ProjectId): Promise<Result<null>> {
  const done = await guarded(context.db, 'erasing a project', async () => {
    const project = await context.db.projects.get(id);
    if (project === undefined) return null;
    if (project.deletedAt === null) {
      throw new Refusal(
        appError(
          'usage.bad-arguments',
          `${project.name} is not deleted. Delete it first; only then can it be erased.`,
        ),
      );
    }
    await erase(context, id);
    return null;
  });
  if (done.ok) context.notifier.announce({ projectId: id, imageIds: 'many' });
  return done;
}

/** Erases all records of a project, whether or not its own record is there. */
export async function erase({ db, pages }: PersistenceContext, id: ProjectId): Promise<void> {
  const whole = [[id], [id, Dexie.maxKey]] as const;
  let remaining = true;
  while (remaining) {
    remaining = await db.transaction('rw', [db.images, db.annotationSets, db.annotationPages], async () => {
      const images = await db.images
        .where('[projectId+ordinal]')
        .between([id, 0], [id, Dexie.maxKey])
        .limit(IMAGES_PER_STEP)
        .toArray();
      const ids = images.map((image) => image.id);
      const sets = await db.annotationSets.bulkGet(ids);
      const pageKeys = sets.flatMap((set) =>
        set === undefined
          ? []
          : set.pageLengths.slice(1).map((_, index): [ImageId, number] => [set.imageId, index + 1]),
      );
      await Promise.all([
        db.annotationPages.bulkDelete(pageKeys),
        db.annotationSets.bulkDelete(ids),
        db.images.bulkDelete(images.map((image): [ProjectId, number] => [id, image.ordinal])),
      ]);
      for (const imageId of ids) pages.forget(imageId);
      return images.length === IMAGES_PER_STEP;
    });
  }
  await db.transaction(
    'rw',
    [db.layers, db.annotationSets, db.annotationPages, db.reviews, db.records, db.imageHashes, db.activity],
    async () => {
      const layers = await db.layers
        .where('[projectId+purpose]')
        .between(...whole)
        .primaryKeys();
      await Promise.all([
        db.annotationSets.bulkDelete(layers),
        ...layers.map((layer) =>
          db.annotationPages.where('[imageId+page]').between([layer, 0], [layer, Dexie.maxKey]).delete(),
        ),
        db.layers.bulkDelete(layers),
        db.reviews
          .where('[projectId+ordinal]')
          .between(...whole)
          .delete(),
        db.records
          .where('[projectId+record+id]')
          .between(...whole)
          .delete(),
        db.imageHashes.where('projectId').equals(id).delete(),
        db.activity
          .where('[projectId+day+personKey+imageId]')
          .between(...whole)
          .delete(),
      ]);
    },
  );
  await db.transaction(
    'rw',
    [
      db.projects,
      db.heads,
      db.imagePages,
      db.importedPages,
      db.labelImports,
      db.changes,
      db.scans,
      db.problems,
      db.backupMarks,
    ],
    async () => {
      await Promise.all([
        db.imagePages
          .where('[projectId+page]')
          .between(...whole)
          .delete(),
        db.importedPages
          .where('[projectId+page]')
          .between(...whole)
          .delete(),
        db.labelImports
          .where('[projectId+changeId]')
          .between(...whole)
          .delete(),
        db.changes
          .where('[projectId+seq]')
          .between(...whole)
          .delete(),
        db.scans
          .where('[projectId+sourceId]')
          .between(...whole)
          .delete(),
        db.problems
          .where('[projectId+sourceId+key]')
          .between(...whole)
          .delete(),
        db.backupMarks.delete(id),
        db.heads.delete(id),
        db.projects.delete(id),
      ]);
    },
  );
}
