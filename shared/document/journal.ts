import type { ChangeRecord } from '../schema/change';
import type { ChangeId } from '../schema/ids';
import type { ChangeSet } from './change-set';
import { EMPTY_HISTORY, type History } from './history';

/** The journal's form of what an edit did to one picture. */
export function bodyOfChangeSet(change: ChangeSet): Extract<ChangeRecord['body'], { kind: 'annotations' }> {
  return {
    kind: 'annotations',
    added: [...change.added],
    updated: change.updated.map(([before, after]) => [before, after]),
    removed: [...change.removed],
    order: change.order === null ? null : [[...change.order[0]], [...change.order[1]]],
    status: change.status === null ? null : [change.status[0], change.status[1]],
  };
}

/** The edit that a journal line tells of; null for lines about projects, schemas and groups. */
export function changeSetOfRecord(record: ChangeRecord): ChangeSet | null {
  if (record.body.kind !== 'annotations') return null;
  const { added, updated, removed, order, status } = record.body;
  return {
    origin: record.origin,
    code: record.code,
    label: record.label,
    added,
    updated,
    removed,
    // The journal keeps ids as plain strings; they were annotation ids when written.
    order: order as ChangeSet['order'],
    status,
  };
}

/** What the reading of stacks needs of a journal line. */
export interface JournalStep {
  readonly id: ChangeId;
  readonly origin: ChangeRecord['origin'];
  readonly targetId: ChangeId | null;
}

export interface ReplayedStacks<Step extends JournalStep> extends History<Step> {
  /**
   * False when the lines begin too late to tell: an undo or redo names a line before them. What is above it is right
   * nevertheless once it is true; read further back until it is.
   */
  readonly isComplete: boolean;
}

/**
 * The undo and redo stacks that a run of journal lines (oldest first) leaves behind. Undo and redo lines name the
 * line that they take back or do again, so stacks need no storage of their own and cannot disagree with the journal.
 * A step that was rebuilt from the journal (`restore`) ends what can be taken back.
 */
export function replayStacks<Step extends JournalStep>(lines: Iterable<Step>): ReplayedStacks<Step> {
  let undo: Step[] = [];
  let redo: Step[] = [];
  let isComplete = true;
  for (const line of lines) {
    if (line.origin === 'undo' || line.origin === 'redo') {
      const [from, to] = line.origin === 'undo' ? [undo, redo] : [redo, undo];
      const at = lastIndexWhere(from, (step) => step.id === line.targetId);
      const step = from[at];
      if (step === undefined) {
        isComplete = false;
        continue;
      }
      from.splice(at, 1);
      to.push(step);
    } else if (line.origin === 'restore') {
      undo = [];
      redo = [];
      isComplete = true;
    } else {
      undo.push(line);
      redo = [];
    }
  }
  return { undo, redo, isComplete };
}

/** Only what lies above the newest step for which `isForeign` holds: a screen must not reach through another's edit. */
export function stacksAboveForeign<Step extends JournalStep>(
  stacks: History<Step>,
  isForeign: (step: Step) => boolean,
): History<Step> {
  if (stacks.undo.length + stacks.redo.length === 0) return EMPTY_HISTORY;
  return {
    undo: stacks.undo.slice(lastIndexWhere(stacks.undo, isForeign) + 1),
    redo: stacks.redo.slice(lastIndexWhere(stacks.redo, isForeign) + 1),
  };
}

// Array.prototype.findLastIndex is newer than the language level that shared code keeps to.
function lastIndexWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item !== undefined && holds(item)) return index;
  }
  return -1;
}
