import { canonicalJson } from '../../shared/document/canonical-json';
import { type ChangeSet, invertChange } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId, ChangeId } from '../../shared/schema/ids';
import type { UndoStep } from '../persistence/ports';

/** A change that can be taken back or done again; `id` is known once it is on disk. */
export interface HistoryEntry {
  readonly change: ChangeSet;
  id: ChangeId | null;
}

/** Undo and redo of one picture. Entries are the changes as first done; undo commits their inverse. */
export interface History {
  readonly undoable: HistoryEntry | null;
  readonly redoable: HistoryEntry | null;
  /** A new change: what was taken back before can no longer be done again. */
  record(change: ChangeSet): HistoryEntry;
  /** Moves the newest change to the redo side and gives it with its inverse. */
  takeBack(): { readonly entry: HistoryEntry; readonly change: ChangeSet } | null;
  doAgain(): { readonly entry: HistoryEntry; readonly change: ChangeSet } | null;
}

export function createHistory(stored: {
  readonly undo: readonly UndoStep[];
  readonly redo: readonly UndoStep[];
}): History {
  const undo = stored.undo.flatMap(entryFromStep);
  const redo = stored.redo.flatMap(entryFromStep);
  return {
    get undoable() {
      return undo.at(-1) ?? null;
    },
    get redoable() {
      return redo.at(-1) ?? null;
    },
    record(change) {
      const entry: HistoryEntry = { change, id: null };
      undo.push(entry);
      redo.length = 0;
      return entry;
    },
    takeBack() {
      const entry = undo.pop();
      if (entry === undefined) return null;
      redo.push(entry);
      return { entry, change: invertChange(entry.change, 'undo') };
    },
    doAgain() {
      const entry = redo.pop();
      if (entry === undefined) return null;
      undo.push(entry);
      return { entry, change: { ...entry.change, origin: 'redo' } };
    },
  };
}

function entryFromStep({ change: record }: UndoStep): readonly HistoryEntry[] {
  if (record.body.kind !== 'annotations') return [];
  const { added, updated, removed, order, status } = record.body;
  return [
    {
      // A change that was done again is still that change: undo and redo always name the first one.
      id: record.origin === 'redo' && record.targetId !== null ? record.targetId : record.id,
      change: {
        origin: record.origin,
        code: record.code,
        label: record.label,
        added,
        updated,
        removed,
        order: order as readonly [readonly AnnotationId[], readonly AnnotationId[]] | null,
        status,
      },
    },
  ];
}

/**
 * Whether a change still meets what it was made from. It does not when the picture was changed from outside its own
 * history (an import over the project): applying it then would bring back or overwrite objects nobody sees coming.
 */
export function changeFits(document: ImageDocument, change: ChangeSet): boolean {
  const isThere = (expected: Annotation) => {
    const found = document.annotations.get(expected.id);
    return found === expected || (found !== undefined && canonicalJson(found) === canonicalJson(expected));
  };
  return (
    change.removed.every(isThere) &&
    change.updated.every(([before]) => isThere(before)) &&
    change.added.every((annotation) => !document.annotations.has(annotation.id))
  );
}
