import type { ChangeDraft } from '../../shared/document/chain';
import { changeSetOfImport } from '../../shared/document/imported-images';
import { bodyOfChangeSet } from '../../shared/document/journal';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ChangeId, LabelId, ProjectId } from '../../shared/schema/ids';
import type { ImportedChangeBody } from '../../shared/schema/imported-annotation';
import type { PersistenceContext } from './context';
import type { MutableCounts } from './counts';
import type { GroupState } from './group-members';
import { ordinalSaidBy } from './image-ids';
import { importedLineOf } from './imported-lines';
import {
  type ImportedEntries,
  type ImportedEntry,
  importedEntries,
  putImportedEntries,
} from './imported-pages';
import { nextLine } from './journal-lines';

type ImportedImage = ImportedChangeBody['images'][number];
type ImportedRecord = ChangeRecord & { readonly body: ImportedChangeBody };

/**
 * Takes the lines of an import back (or does them again) where its images are as the import left them: one short line
 * for each of theirs, however many annotations it holds. Gives, for the images that somebody edited since, the import
 * as lines of single images, which go the way of all edits of many.
 */
export async function revertImported(
  context: PersistenceContext,
  lines: readonly ChangeRecord[],
  direction: 'undo' | 'redo',
  draft: ChangeDraft,
  state: GroupState,
): Promise<readonly ChangeRecord[]> {
  const { db } = context;
  const edited: ChangeRecord[] = [];
  for (const line of lines) {
    if (!isImported(line)) continue;
    const ordinals = line.body.images.map((image) => ordinalSaidBy(image.id));
    const [entries, rows, stored] = await Promise.all([
      importedEntries(db, line.projectId, ordinals),
      db.images.bulkGet(ordinals.map((ordinal): [ProjectId, number] => [line.projectId, ordinal])),
      db.changes.where('id').equals(line.id).primaryKeys(),
    ]);
    const [row] = stored;
    if (row === undefined) continue;
    const isAsLeft = (image: ImportedImage, index: number): boolean => {
      const entry = entries.get(ordinalSaidBy(image.id));
      if (entry === undefined || rows[index] !== undefined) return false;
      return direction === 'undo'
        ? entry.content?.row === row
        : entry.content === null && entry.state === 'unlabelled';
    };
    const left = line.body.images.flatMap((image, index) =>
      isAsLeft(image, index) ? [{ image, position: index }] : [],
    );
    if (left.length > 0) {
      await writeState(context, line, row, left, entries, direction, draft, state);
    }
    const leftIds = new Set(left.map(({ image }) => image.id));
    for (const image of line.body.images) {
      if (!leftIds.has(image.id)) edited.push(asLineOfImage(line, image));
    }
  }
  return edited;
}

function isImported(line: ChangeRecord): line is ImportedRecord {
  return line.body.kind === 'imported';
}

async function writeState(
  { db, newId, pages }: PersistenceContext,
  line: ImportedRecord,
  row: number,
  left: readonly { readonly image: ImportedImage; readonly position: number }[],
  entries: ImportedEntries,
  direction: 'undo' | 'redo',
  draft: ChangeDraft,
  state: GroupState,
): Promise<void> {
  const isThere = direction === 'redo';
  const next = nextLine(state.head, {
    ...draft,
    id: newId() as ChangeId,
    groupId: draft.id,
    targetId: line.id,
    imageId: null,
    body: { kind: 'importedState', isThere, imageIds: left.map(({ image }) => image.id) },
  });
  state.head = next.head;
  const newRow = await db.changes.add(next.line);
  const changed: ImportedEntries = new Map();
  for (const { image, position } of left) {
    const ordinal = ordinalSaidBy(image.id);
    const before = entries.get(ordinal);
    if (before === undefined) continue;
    const labelIds = labelIdsOf(line.body, image);
    const after: ImportedEntry = {
      revision: before.revision + 1,
      state: isThere ? image.state : 'unlabelled',
      annotationCount: isThere ? image.annotations.length : 0,
      labelIds: isThere ? [...new Set(labelIds)].sort() : [],
      rows: [...before.rows, newRow],
      content: isThere ? { row, position } : null,
    };
    changed.set(ordinal, after);
    state.counts[before.state] -= 1;
    state.counts[after.state] += 1;
    for (const labelId of labelIds) countLabel(state.counts, labelId, isThere ? 1 : -1);
    pages.forget(image.id);
  }
  await putImportedEntries(db, line.projectId, entries, changed);
}

function labelIdsOf(body: ImportedChangeBody, image: ImportedImage): LabelId[] {
  return image.annotations.flatMap((annotation) => body.labelIds[annotation.label] ?? []);
}

function countLabel(counts: MutableCounts, labelId: LabelId, by: 1 | -1): void {
  counts.annotations += by;
  const count = (counts.byLabel[labelId] ?? 0) + by;
  if (count > 0) counts.byLabel[labelId] = count;
  else delete counts.byLabel[labelId];
}

/** What the import did to one image, as if a line of its own told of it. */
function asLineOfImage(line: ImportedRecord, image: ImportedImage): ChangeRecord {
  const imported = importedLineOf(line);
  const change = imported === null ? null : changeSetOfImport(imported, image.id);
  return change === null ? line : { ...line, imageId: image.id, body: bodyOfChangeSet(change) };
}
