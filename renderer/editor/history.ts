import { canonicalJson } from '../../shared/document/canonical-json';
import { type ChangeSet, invertChange } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import { changeSetOfRecord } from '../../shared/document/journal';
import type { Annotation } from '../../shared/schema/annotation';
import type { ChangeId } from '../../shared/schema/ids';
import type { UndoStep } from '../persistence/ports';

/** A change that can be taken back or done again; `id` is known once it is on disk. */
export interface HistoryEntry {
  readonly label: string;
  /** Throws when it comes from a journal line that is damaged. */
  readonly change: ChangeSet;
  id: ChangeId | null;
}

interface StoredStacks {
  readonly undo: readonly UndoStep[];
  readonly redo: readonly UndoStep[];
}

/** Undo and redo of one picture. Entries are the changes as first done; undo commits their inverse. */
export interface History {
  readonly undoable: HistoryEntry | null;
  readonly redoable: HistoryEntry | null;
  /** Puts what earlier sessions left below what was done here meanwhile. */
  attach(stored: StoredStacks): void;
  /** A new change: what was taken back before can no longer be done again. */
  record(change: ChangeSet): HistoryEntry;
  /** Moves the newest change to the redo side and gives it with its inverse. */
  takeBack(): { readonly entry: HistoryEntry; readonly change: ChangeSet } | null;
  doAgain(): { readonly entry: HistoryEntry; readonly change: ChangeSet } | null;
}

export function createHistory(): History {
  const undo: HistoryEntry[] = [];
  const redo: HistoryEntry[] = [];
  let hasRecorded = false;
  return {
    get undoable() {
      return undo.at(-1) ?? null;
    },
    get redoable() {
      return redo.at(-1) ?? null;
    },
    attach(stored) {
      // What was done here may have been saved before the journal was read, and is then in both.
      const own = new Set([...undo, ...redo].map(({ id }) => id));
      const older = (steps: readonly UndoStep[]) => steps.filter(({ id }) => !own.has(id)).map(entryFromStep);
      undo.unshift(...older(stored.undo));
      if (!hasRecorded) redo.unshift(...older(stored.redo));
    },
    record(change) {
      const entry: HistoryEntry = { label: change.label, change, id: null };
      hasRecorded = true;
      undo.push(entry);
      redo.length = 0;
      return entry;
    },
    takeBack() {
      const entry = undo.at(-1);
      if (entry === undefined) return null;
      const change = invertChange(entry.change, 'undo');
      undo.pop();
      redo.push(entry);
      return { entry, change };
    },
    doAgain() {
      const entry = redo.at(-1);
      if (entry === undefined) return null;
      const change: ChangeSet = { ...entry.change, origin: 'redo' };
      redo.pop();
      undo.push(entry);
      return { entry, change };
    },
  };
}

function entryFromStep(step: UndoStep): HistoryEntry {
  return {
    id: step.id,
    label: step.label,
    get change() {
      const change = changeSetOfRecord(step.change);
      // Lines of an image tell of its annotations; any other kind is none that undo could know.
      if (change === null) throw new Error(`the journal has “${step.label}” as no edit of an image`);
      return change;
    },
  };
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
