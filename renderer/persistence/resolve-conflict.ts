import { isEmptyChange } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import { statusAfterEdit } from '../../shared/document/image-status';
import { isSameContent } from '../../shared/merge/annotation-fields';
import { withChoice } from '../../shared/merge/merge-return';
import { appError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { Annotation } from '../../shared/schema/annotation';
import type { ChangeId, ProjectId } from '../../shared/schema/ids';
import type { MergeConflict } from '../../shared/schema/project-records';
import { readSet } from './annotation-store';
import { demand, type PersistenceContext, personOf } from './context';
import { guardedWrite, Refusal } from './database-error';
import { imageById, imageTables } from './image-rows';
import { requireHead } from './journal-lines';
import { changeTo, memberOf, writeAsGroup } from './merge-package';
import type { RecordPut } from './ports';
import { recordOf, writeRecords } from './record-repository';

/**
 * Puts what a person chose in place of an object in conflict, as one undoable change of the project, and closes the
 * conflict, in one transaction. Null deletes the object. Error: `package.conflict` when somebody decided it meanwhile.
 */
export async function resolveConflict(
  context: PersistenceContext,
  projectId: ProjectId,
  conflictId: string,
  chosen: Annotation | null,
  hasFinding: (document: ImageDocument) => boolean,
): Promise<Result<{ readonly changeId: ChangeId | null }>> {
  const { db, notifier } = context;
  const resolved = await guardedWrite(db, 'deciding a conflict', () =>
    db.transaction('rw', [db.projects, db.records, ...imageTables(db)], async () => {
      const by = personOf(demand(context, 'package.merge'));
      const row = await db.records.get([projectId, 'conflict', conflictId]);
      const conflict = row === undefined ? null : recordOf('conflict', row);
      if (conflict === null || conflict.resolved !== null) throw new Refusal(decided());
      const { imageId, annotationId } = conflict;
      const image = await imageById(db, imageId);
      const set = await readSet(db, image);
      if (!set.ok) throw new Refusal(set.error);
      const present = set.value.annotations.find(({ id }) => id === annotationId) ?? null;
      const next = chosen === null ? null : withRevision(chosen, present, conflict, context.now());
      const annotations = set.value.annotations.flatMap((one) =>
        one.id === annotationId ? (next ?? []) : one,
      );
      if (present === null && next !== null) annotations.push(next);
      const words = { code: 'conflict.resolve', label: 'Decide a conflict' };
      const after = { annotations, status: statusAfterEdit(set.value.status, annotations.length) };
      const change = changeTo(set.value, after, words);
      const members = isEmptyChange(change) ? [] : [memberOf(image, set.value, change, hasFinding)];
      const { changeId } = await writeAsGroup(context, projectId, words, members);
      const memoryRow = await db.records.get([projectId, 'merge', imageId]);
      const sides = conflict.sides.map(({ annotation }) => annotation);
      const side = sides.findIndex((one) => isSameContent(one, chosen));
      const puts: RecordPut[] = [
        {
          kind: 'conflict',
          id: conflictId,
          imageId,
          value: { ...conflict, resolved: { by, at: context.now(), side: side === -1 ? null : side } },
        },
      ];
      if (memoryRow !== undefined) {
        const value = withChoice(recordOf('merge', memoryRow), annotationId, next);
        puts.push({ kind: 'merge', id: imageId, imageId, value });
      }
      const head = requireHead(await db.heads.get(projectId));
      await db.heads.put(await writeRecords(context, head, puts, words));
      return { changeId, imageId };
    }),
  );
  if (resolved.ok) {
    context.pages.forget(resolved.value.imageId);
    notifier.announce({ projectId, imageIds: [resolved.value.imageId] });
  }
  return resolved;
}

/** The record as it is when nothing in it is new; else later than every side's. */
function withRevision(
  chosen: Annotation,
  present: Annotation | null,
  { sides }: MergeConflict,
  now: string,
): Annotation {
  if (present !== null && isSameContent(present, chosen)) return present;
  const all = [...sides.map(({ annotation }) => annotation), present, chosen];
  const revision = 1 + Math.max(...all.map((one) => one?.revision ?? 0));
  return { ...chosen, revision, updatedAt: now };
}

function decided() {
  return appError(
    'package.conflict',
    'This conflict was decided meanwhile, or a later merge replaced it. Look at the list again.',
  );
}
