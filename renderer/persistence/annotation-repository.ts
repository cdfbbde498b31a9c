import type { ChangeSet } from '../../shared/document/change-set';
import { bodyOfChangeSet } from '../../shared/document/journal';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { Annotation } from '../../shared/schema/annotation';
import type { ChangeId, LabelId } from '../../shared/schema/ids';
import { readReceipt, readSet, writeSet } from './annotation-store';
import { type PersistenceContext, signature } from './context';
import { countChange, countState, mutableCounts } from './counts';
import { guarded, guardedWrite, Refusal } from './database-error';
import { demandEdit } from './demand-edit';
import { editMany } from './edit-many';
import { imageById, imageTables } from './image-rows';
import { imageScope, nextLine, requireHead } from './journal-lines';
import { addToImport, beginImport, unfinishedImports } from './label-import';
import type { AnnotationRepository, CommitOutcome } from './ports';
import { rebuildFromJournal } from './rebuild-from-journal';
import { markChanged } from './review-rows';
import { type StoredImage, storedImage } from './stored-records';

type CommitInput = Parameters<AnnotationRepository['commit']>[0];

export function createAnnotationRepository(context: PersistenceContext): AnnotationRepository {
  const { db, pages } = context;
  return {
    async load(imageId) {
      const read = await guarded(db, 'reading labels', () =>
        db.transaction('r', imageTables(db), async () => {
          const image = await imageById(db, imageId);
          return readSet(db, image, pages);
        }),
      );
      return read.ok ? read.value : read;
    },

    async commit(input) {
      const invalid = reasonAgainst(input);
      return invalid === null ? commit(context, input) : err(invalid);
    },

    async receipt(imageId) {
      const read = await guarded(db, 'reading a receipt', () =>
        db.transaction('r', imageTables(db), async () => readReceipt(db, await imageById(db, imageId))),
      );
      return read.ok ? read.value : read;
    },

    rebuildFromJournal: (imageId) => rebuildFromJournal(context, imageId),
    editMany: (projectId, edit, onProgress) => editMany(context, projectId, edit, onProgress),
    beginImport: (projectId, start) => beginImport(context, projectId, start),
    addToImport: (projectId, changeId, batch) => addToImport(context, projectId, changeId, batch),
    unfinishedImports: (projectId) => unfinishedImports(context, projectId),
  };
}

async function commit(context: PersistenceContext, input: CommitInput): Promise<Result<CommitOutcome>> {
  const { db, pages, notifier } = context;
  const { imageId, projectId, expectedRevision, change, after } = input;
  const changeId = input.changeId ?? (context.newId() as ChangeId);
  const revision = expectedRevision + 1;
  const draft = {
    id: changeId,
    projectId,
    imageId,
    scope: imageScope(imageId),
    groupId: null,
    at: context.now(),
    ...signature(context),
    origin: change.origin,
    code: change.code,
    label: change.label,
    targetId: input.targetId,
    body: bodyOfChangeSet(change),
  };
  // Nothing is stored of an image that was never edited: one empty page.
  const known = expectedRevision === 0 ? [[]] : pages.get(imageId, expectedRevision);
  // Five small writes, one page of a long set among them: 3 to 5 ms with the disk's own wait (strict).
  const written = await guardedWrite(db, 'saving labels', () =>
    db.transaction('rw', imageTables(db), async () => {
      const [image, head, review] = await Promise.all([
        imageById(db, imageId),
        db.heads.get(projectId),
        db.reviews.where('imageId').equals(imageId).first(),
      ]);
      demandEdit(context, image, review);
      if (image.projectId !== projectId || image.revision !== expectedRevision) {
        throw new Refusal(conflict(image, expectedRevision));
      }
      if (image.annotationCount + change.added.length - change.removed.length !== after.annotations.length) {
        throw new Refusal(mismatch(image));
      }
      const counts = mutableCounts(requireHead(head).counts);
      // What lies in a layer is no label of the project.
      if (image.layer === undefined) {
        countChange(counts, change);
        countState(counts, image.state, after.status.state);
      }
      const next = nextLine({ ...requireHead(head), counts }, draft);
      const [layout] = await Promise.all([
        writeSet(db, { ...after, revision }, known),
        db.changes.add(next.line),
        putOwner(db, image, after, input.hasFinding, revision),
        db.heads.put(next.head),
        markChanged(db, review),
      ]);
      return layout;
    }),
  );
  if (!written.ok) {
    pages.forget(imageId);
    return written;
  }
  pages.set(imageId, revision, written.value);
  notifier.announce({ projectId, imageIds: [imageId] });
  return ok({ revision, changeId });
}

/** Writes the row of the image, or of the layer, that owns the annotations. */
export function putOwner(
  db: PersistenceContext['db'],
  owner: StoredImage,
  after: Pick<CommitInput['after'], 'annotations' | 'status'>,
  hasFinding: boolean,
  revision: number,
): PromiseLike<unknown> {
  return owner.layer === undefined
    ? db.images.put(imageAfter(owner, after, hasFinding, revision))
    : db.layers.put({
        ...owner.layer,
        revision,
        annotationCount: after.annotations.length,
        hasFinding: hasFinding ? 1 : 0,
      });
}

/** The image's list row after an edit of its annotations. */
export function imageAfter(
  image: StoredImage,
  after: Pick<CommitInput['after'], 'annotations' | 'status'>,
  hasFinding: boolean,
  revision: number,
): StoredImage {
  const labelIds = new Set<LabelId>();
  for (const annotation of after.annotations) labelIds.add(annotation.labelId);
  return storedImage(
    {
      ...image,
      state: after.status.state,
      labelIds: [...labelIds].sort(),
      annotationCount: after.annotations.length,
      hasFinding: hasFinding ? 1 : 0,
    },
    revision,
  );
}

/** What could not be read back must not be written: a record that its schema refuses would count as damaged. */
function reasonAgainst({ change, after, imageId, projectId }: CommitInput): AppError | null {
  if (after.imageId !== imageId || after.projectId !== projectId) {
    return appError('internal.unexpected', 'An edit named one image and brought the labels of another.');
  }
  return reasonAgainstRecords(change);
}

/** Why records that a change would store are none; null when they are sound. */
export function reasonAgainstRecords(change: ChangeSet): AppError | null {
  for (const annotation of [...change.added, ...change.updated.map(([, updated]) => updated)]) {
    const parsed = Annotation.safeParse(annotation);
    if (parsed.success) continue;
    const place = parsed.error.issues[0];
    return appError(
      'edit.invalid-shape',
      `This edit would make an annotation that cannot be stored (${place?.path.join('.') ?? 'unknown'}: ${place?.message ?? 'invalid'}). Nothing was changed.`,
      { annotationId: annotation.id },
    );
  }
  return null;
}

function conflict(image: StoredImage, expectedRevision: number): AppError {
  return appError(
    'record.conflict',
    `${image.key} was changed in another window since it was opened here, so this edit was not saved. Open the image again to see the newer labels, then repeat the edit.`,
    { imageId: image.id, expectedRevision, storedRevision: image.revision },
  );
}

function mismatch(image: StoredImage): AppError {
  return appError(
    'internal.unexpected',
    `An edit of ${image.key} does not add up with what is stored, so it was not saved. Open the image again and repeat the edit.`,
    { imageId: image.id },
  );
}
