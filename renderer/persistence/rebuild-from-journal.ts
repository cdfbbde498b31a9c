import { applyChange, type ChangeSet } from '../../shared/document/change-set';
import { hashOfChange } from '../../shared/document/hash';
import type { ImageDocument } from '../../shared/document/image-document';
import type { Result } from '../../shared/result/result';
import { UNLABELLED_STATUS } from '../../shared/schema/annotation';
import type { AnnotationSet } from '../../shared/schema/change';
import type { ChangeId, ImageId } from '../../shared/schema/ids';
import { putOwner } from './annotation-repository';
import { writeSet } from './annotation-store';
import { demand, type PersistenceContext, signature } from './context';
import { countState, mutableCounts } from './counts';
import type { GroundmarkDatabase } from './database';
import { guardedWrite, Refusal } from './database-error';
import { imageById, imageTables } from './image-rows';
import { changeOfLine, rowsAboutImage } from './imported-lines';
import { brokenChain, imageScope, nextLine, requireHead, requireLine } from './journal-lines';

/**
 * Replays every journal line of an image and stores what they add up to, as a new line. Used when the image's record
 * is damaged. Errors: `journal.broken-chain` when a line of this image does not hold either; nothing is changed then.
 */
export async function rebuildFromJournal(
  context: PersistenceContext,
  imageId: ImageId,
): Promise<Result<AnnotationSet>> {
  const { db, pages, notifier } = context;
  const rebuilt = await guardedWrite(db, 'rebuilding labels from the journal', () =>
    db.transaction('rw', imageTables(db), async () => {
      demand(context, 'annotation.edit');
      const image = await imageById(db, imageId);
      const head = requireHead(await db.heads.get(image.projectId));
      const document = await replayImage(db, imageId);
      const set: AnnotationSet = {
        imageId,
        projectId: image.projectId,
        revision: image.revision + 1,
        annotations: [...document.annotations.values()],
        status: document.status,
      };
      // Line and record were always written together, so the replay gives the labels that are already counted.
      const counts = mutableCounts(head.counts);
      if (image.layer === undefined) {
        counts.annotations += set.annotations.length - image.annotationCount;
        countState(counts, image.state, set.status.state);
      }
      // The line changes nothing by itself: replaying up to here gives what it stored.
      const next = nextLine(
        { ...head, counts },
        {
          id: context.newId() as ChangeId,
          projectId: image.projectId,
          imageId,
          scope: imageScope(imageId),
          groupId: null,
          at: context.now(),
          ...signature(context),
          origin: 'restore',
          code: 'record.rebuild',
          label: 'Rebuild damaged labels from the journal',
          targetId: null,
          body: { kind: 'annotations', added: [], updated: [], removed: [], order: null, status: null },
        },
      );
      await Promise.all([
        writeSet(db, set, null),
        db.changes.add(next.line),
        putOwner(db, image, set, image.hasFinding === 1, set.revision),
        db.heads.put(next.head),
      ]);
      return set;
    }),
  );
  pages.forget(imageId);
  if (rebuilt.ok) notifier.announce({ projectId: rebuilt.value.projectId, imageIds: [imageId] });
  return rebuilt;
}

/**
 * The picture that the journal's lines about it lead to, up to line `upToSeq` and each checked by its own hash.
 * @param onChange hears every change of it, later ones included.
 */
export async function replayImage(
  db: GroundmarkDatabase,
  imageId: ImageId,
  upToSeq = Number.POSITIVE_INFINITY,
  onChange: (change: ChangeSet) => void = () => undefined,
): Promise<ImageDocument> {
  const lines = await db.changes.bulkGet(await rowsAboutImage(db, imageId));
  let document: ImageDocument = {
    imageId,
    size: { width: 0, height: 0 },
    annotations: new Map(),
    status: UNLABELLED_STATUS,
  };
  for (const line of lines) {
    const record = requireLine(line);
    const { hash, ...rest } = record;
    if (hashOfChange(rest) !== hash) {
      throw new Refusal(brokenChain(record.seq, `line ${record.seq} was altered after it was written`));
    }
    const change = await changeOfLine(db, record, imageId);
    if (change === null) continue;
    onChange(change);
    if (record.seq <= upToSeq) document = applyChange(document, change);
  }
  return document;
}
