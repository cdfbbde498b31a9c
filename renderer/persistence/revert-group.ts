import { conflictsWithChange, statusIfUntouched } from '../../shared/document/applicability';
import type { ChangeDraft } from '../../shared/document/chain';
import { type ChangeSet, invertChange } from '../../shared/document/change-set';
import { statusAfterEdit } from '../../shared/document/image-status';
import { changeSetOfRecord } from '../../shared/document/journal';
import { appError } from '../../shared/result/app-error';
import type { AnnotationSet, ChangeRecord } from '../../shared/schema/change';
import type { ImageId } from '../../shared/schema/ids';
import { readSet } from './annotation-store';
import type { PersistenceContext } from './context';
import { mutableCounts } from './counts';
import { Refusal } from './database-error';
import { type GroupMember, type GroupState, writeGroupMembers } from './group-members';
import { withImages } from './image-rows';
import { nextLine, requireLine } from './journal-lines';
import { requireOk } from './label-import';
import { revertImported } from './revert-imported';
import { reasonAgainstSchema, sameSchema, schemaRevertedTo } from './schema-change';
import type { StoredHead, StoredProject } from './stored-records';

/** A line of an import holds up to 200 images: a step must not hold up a frame. */
const MEMBERS_PER_STEP = 20;

/** Image names that an error lists; the count is always complete. */
const MOST_NAMES = 5;

/**
 * Takes a group (an import) back on all its images, or does it again, inside the caller's transaction. All or
 * nothing: when labels of the group were edited since, it is refused and the edits stay. Labels that were added
 * beside the group's are no obstacle; they stay too.
 */
export async function revertGroup(
  context: PersistenceContext,
  target: ChangeRecord,
  direction: 'undo' | 'redo',
  draft: ChangeDraft,
  before: { readonly head: StoredHead; readonly project: StoredProject },
): Promise<{ readonly head: StoredHead; readonly project: StoredProject }> {
  const { db } = context;
  if (target.body.kind !== 'group') throw new Error('revertGroup was called with a change that is no group');
  const pair = target.body.schema;
  const project = pair === null ? before.project : projectWithSchema(before.project, pair, direction);
  const first = nextLine(before.head, {
    ...draft,
    body: {
      ...target.body,
      schema: pair === null ? null : [before.project.schema, project.schema],
    },
  });
  await db.changes.add(first.line);

  const counts = mutableCounts(before.head.counts);
  const state: GroupState = { head: first.head, counts };
  const conflicting: string[] = [];
  const rows = (await db.changes.where('groupId').equals(target.id).primaryKeys()).sort((a, b) => a - b);
  for (let from = 0; from < rows.length; from += MEMBERS_PER_STEP) {
    const lines = (await db.changes.bulkGet(rows.slice(from, from + MEMBERS_PER_STEP))).map(requireLine);
    const edited = await revertImported(context, lines, direction, draft, state);
    const members = [...lines.filter((line) => line.imageId !== null), ...edited];
    const touched = await withImages(db, members, imageIdOf);
    const found = await Promise.all(
      touched.map(async ({ item: member, image }) => ({
        member,
        image,
        set: requireOk(await readSet(db, image)),
      })),
    );
    const reverting: GroupMember[] = [];
    for (const { member, image, set } of found) {
      const change = revertingChange(member, direction, set);
      if (change === null) conflicting.push(image.key);
      else {
        reverting.push({
          image,
          before: set,
          change,
          targetId: member.id,
          hasFinding: image.hasFinding === 1,
        });
      }
    }
    if (conflicting.length === 0) {
      await writeGroupMembers(context, state, { ...draft, groupId: draft.id }, reverting);
    }
  }
  if (conflicting.length > 0) throw new Refusal(conflictError(target, direction, conflicting));
  // An import that was cut off cannot be gone on with once it is taken back.
  await db.labelImports.delete([target.projectId, target.id]);
  if (pair !== null) {
    const reason = reasonAgainstSchema(before.project.schema, project.schema, counts);
    if (reason !== null) throw new Refusal(reason);
  }
  return { head: { ...state.head, counts }, project };
}

function imageIdOf(member: ChangeRecord): ImageId {
  if (member.imageId === null) throw new Refusal(appError('record.damaged', 'A line names no image.'));
  return member.imageId;
}

function projectWithSchema(
  project: StoredProject,
  [older, newer]: NonNullable<Extract<ChangeRecord['body'], { kind: 'group' }>['schema']>,
  direction: 'undo' | 'redo',
): StoredProject {
  const [expected, wanted] = direction === 'undo' ? [newer, older] : [older, newer];
  if (!sameSchema(project.schema, expected)) {
    throw new Refusal(
      appError(
        'record.conflict',
        'The project’s labels were changed since this import, so it cannot be taken back or done again by itself. Undo those changes first.',
      ),
    );
  }
  return { ...project, schema: schemaRevertedTo(wanted, project.schema) };
}

/** The change to apply to an image now; null when later edits of the same labels would be lost by it. */
function revertingChange(
  member: ChangeRecord,
  direction: 'undo' | 'redo',
  set: AnnotationSet,
): ChangeSet | null {
  const original = changeSetOfRecord(member);
  if (original === null) return null;
  const change =
    direction === 'undo' ? invertChange(original, 'undo') : { ...original, origin: 'redo' as const };
  const annotations = new Map(set.annotations.map((annotation) => [annotation.id, annotation]));
  if (conflictsWithChange(annotations, change).length > 0) return null;
  // What the person has said of the picture since stands, as far as the labels that are left allow.
  const count = set.annotations.length + change.added.length - change.removed.length;
  const reverted = statusIfUntouched(set.status, change)?.[1] ?? set.status;
  const status = statusAfterEdit(reverted, count);
  return { ...change, status: status === set.status ? null : [set.status, status] };
}

function conflictError(target: ChangeRecord, direction: 'undo' | 'redo', names: readonly string[]) {
  const listed = names.slice(0, MOST_NAMES).join(', ');
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const verb = direction === 'undo' ? 'taken back' : 'done again';
  return appError(
    'record.conflict',
    `“${target.label}” cannot be ${verb}: its labels were edited since on ${names.length} image${names.length === 1 ? '' : 's'} (${listed}${rest}), and those edits would be lost. Undo the edits on these images first; nothing was changed.`,
    { images: names.length, names: names.slice(0, 100) },
  );
}
