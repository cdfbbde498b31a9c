import { type JournalStep, replayStacks, stacksAboveForeign } from '../../shared/document/journal';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ImageId } from '../../shared/schema/ids';
import type { GroundmarkDatabase } from './database';
import { rowsAboutImage } from './imported-lines';
import { requireLine } from './journal-lines';
import type { JournalRepository, UndoStep } from './ports';
import type { StoredChange } from './stored-records';

/** Journal lines read at first; four times as many each time the answer lies further back. */
const FIRST_LINES = 256;

type Stacks = Awaited<ReturnType<JournalRepository['stacks']>>;
interface Step extends JournalStep {
  readonly line: StoredChange;
}

/**
 * What undo and redo of a scope would act on, newest last, read from the journal alone. On an image, lines that
 * belong to a group (an import) are the project's to take back: what lies below them is out of reach until then.
 */
export async function readStacks(db: GroundmarkDatabase, scope: string, limit: number): Promise<Stacks> {
  const imageId = scope.startsWith('image:') ? scope.slice('image:'.length) : null;
  const rows = await (imageId === null
    ? db.changes.where('outerScope').equals(scope).primaryKeys()
    : rowsAboutImage(db, imageId as ImageId));
  rows.sort((a, b) => a - b);

  for (let take = FIRST_LINES; ; take *= 4) {
    const lines = await db.changes.bulkGet(rows.slice(-take));
    const steps = lines.flatMap((line): Step[] =>
      line === undefined ? [] : [{ id: line.id, origin: line.origin, targetId: line.targetId, line }],
    );
    const replayed = replayStacks(steps);
    const isAll = take >= rows.length;
    if (!isAll && !(replayed.isComplete && replayed.undo.length >= limit)) continue;
    const stacks =
      imageId === null ? replayed : stacksAboveForeign(replayed, (step) => step.line.groupId !== null);
    const described = ({ line }: Step) => undoStep(line);
    return {
      undo: stacks.undo.slice(-limit).map(described),
      redo: stacks.redo.slice(-limit).map(described),
    };
  }
}

function undoStep(line: StoredChange): UndoStep {
  let change: ChangeRecord | null = null;
  return {
    id: line.origin === 'redo' && line.targetId !== null ? line.targetId : line.id,
    label: line.label,
    get change() {
      change ??= requireLine(line);
      return change;
    },
  };
}
