import { applyChange, type ChangeSet, isEmptyChange } from '../../shared/document/change-set';
import { documentFromSet } from '../../shared/document/image-document';
import type { AppError } from '../../shared/result/app-error';
import { ok } from '../../shared/result/result';
import type { ChangeId, ImageId, ProjectId } from '../../shared/schema/ids';
import { reasonAgainstRecords } from './annotation-repository';
import { readSet } from './annotation-store';
import { demand, type PersistenceContext, signature } from './context';
import { mutableCounts } from './counts';
import { guardedWrite } from './database-error';
import { reasonAgainstEdit } from './demand-edit';
import { type GroupMember, type GroupState, writeGroupMembers } from './group-members';
import { imageTables, withImages } from './image-rows';
import { nextLine, projectScope, requireHead } from './journal-lines';
import type { AnnotationRepository, EditOfMany } from './ports';
import { requireProject } from './project-face';
import { reviewRowsOf } from './review-rows';

type Outcome = Awaited<ReturnType<AnnotationRepository['editMany']>>;

/** Images written before progress is reported and the journal's lines go out in one bulk write. */
const IMAGES_PER_STEP = 50;

/**
 * One edit of many images: the head line of the group, then one line and one record an image, in one transaction.
 * What cannot be edited is left as it is and listed; everything else is there afterwards, or nothing. The changes of
 * all images are held in memory meanwhile.
 */
export async function editMany(
  context: PersistenceContext,
  projectId: ProjectId,
  edit: EditOfMany,
  onProgress: (done: number) => void,
): Promise<Outcome> {
  const { db, notifier } = context;
  const groupId = context.newId() as ChangeId;
  const written = await guardedWrite(db, 'changing many images', () =>
    db.transaction('rw', [db.projects, ...imageTables(db)], async () => {
      const [, stored] = await Promise.all([requireProject(db, projectId), db.heads.get(projectId)]);
      const head = requireHead(stored);
      demand(context, 'annotation.editMany');
      const { members, refused } = await plan(context, projectId, edit);
      const annotations = members.reduce((sum, { change }) => sum + sizeOf(change), 0);
      if (members.length === 0) return { changeId: null, images: 0, annotations, refused };
      const draft = {
        projectId,
        scope: projectScope(projectId),
        at: context.now(),
        ...signature(context),
        origin: 'person' as const,
        code: edit.code,
        label: edit.label,
      };
      const first = nextLine(head, {
        ...draft,
        id: groupId,
        imageId: null,
        groupId: null,
        targetId: null,
        body: { kind: 'group', imageCount: members.length, annotationCount: annotations, schema: null },
      });
      await db.changes.add(first.line);
      const state: GroupState = { head: first.head, counts: mutableCounts(head.counts) };
      for (let from = 0; from < members.length; from += IMAGES_PER_STEP) {
        const step = members.slice(from, from + IMAGES_PER_STEP);
        await writeGroupMembers(context, state, { ...draft, groupId }, step);
        onProgress(from + step.length);
      }
      await db.heads.put({ ...state.head, counts: state.counts });
      return { changeId: groupId, images: members.length, annotations, refused };
    }),
  );
  for (const imageId of edit.imageIds) context.pages.forget(imageId);
  if (!written.ok) return written;
  if (written.value.images > 0) notifier.announce({ projectId, imageIds: 'many' });
  return ok(written.value);
}

async function plan(context: PersistenceContext, projectId: ProjectId, edit: EditOfMany) {
  const { db } = context;
  const reviews = await reviewRowsOf(db, edit.imageIds);
  const members: GroupMember[] = [];
  const refused: { imageId: ImageId; key: string; error: AppError }[] = [];
  for (const { image } of await withImages(db, edit.imageIds, (id) => id)) {
    const refuse = (error: AppError) => refused.push({ imageId: image.id, key: image.key, error });
    const denied = reasonAgainstEdit(context, image, reviews.get(image.id));
    if (denied !== null) {
      refuse(denied);
      continue;
    }
    const before = await readSet(db, image);
    if (!before.ok || image.projectId !== projectId) {
      if (!before.ok) refuse(before.error);
      continue;
    }
    const document = documentFromSet(before.value, image);
    const change = edit.change(document);
    if (!change.ok) {
      refuse(change.error);
      continue;
    }
    if (isEmptyChange(change.value)) continue;
    const invalid = reasonAgainstRecords(change.value);
    if (invalid !== null) {
      refuse(invalid);
      continue;
    }
    members.push({
      image,
      before: before.value,
      change: change.value,
      targetId: null,
      hasFinding: edit.hasFinding(applyChange(document, change.value)),
    });
  }
  return { members, refused };
}

function sizeOf(change: ChangeSet): number {
  return change.added.length + change.updated.length + change.removed.length;
}
