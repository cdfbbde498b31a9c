import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenLinkReason, type ChainHead, EMPTY_CHAIN, sealChange } from '../../shared/document/chain';
import { EMPTY_HISTORY, type History, withDone, withRedone, withUndone } from '../../shared/document/history';
import { type JournalStep, replayStacks, stacksAboveForeign } from '../../shared/document/journal';
import type { ChangeRecord } from '../../shared/schema/change';
import type { ChangeId, ProjectId } from '../../shared/schema/ids';

const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** Journal lines that a person leaves by doing, undoing and redoing, and the history that an editor has then. */
const session = fc
  .array(fc.constantFrom('do', 'undo', 'redo'), { maxLength: 60 })
  .map((wishes): { lines: JournalStep[]; history: History<ChangeId> } => {
    let history: History<ChangeId> = EMPTY_HISTORY;
    const lines: JournalStep[] = [];
    wishes.forEach((wish, n) => {
      const id = uuid(n) as ChangeId;
      const stepped = wish === 'undo' ? withUndone(history) : wish === 'redo' ? withRedone(history) : null;
      if (wish === 'do') {
        history = withDone(history, id);
        lines.push({ id, origin: 'person', targetId: null });
      } else if (stepped !== null) {
        history = stepped.history;
        lines.push({ id, origin: wish, targetId: stepped.entry });
      }
    });
    return { lines, history };
  });

it('gives after a restart the stacks that the editor had before it', () => {
  fc.assert(
    fc.property(session, ({ lines, history }) => {
      const replayed = replayStacks(lines);
      expect(replayed.isComplete).toBe(true);
      expect(replayed.undo.map(({ id }) => id)).toEqual(history.undo);
      expect(replayed.redo.map(({ id }) => id)).toEqual(history.redo);
    }),
  );
});

it('knows from the last lines alone what is on top, or says that it does not', () => {
  fc.assert(
    fc.property(session, fc.nat({ max: 60 }), ({ lines, history }, skipped) => {
      const replayed = replayStacks(lines.slice(skipped));
      if (!replayed.isComplete) return;
      const undo = replayed.undo.map(({ id }) => id);
      const redo = replayed.redo.map(({ id }) => id);
      expect(history.undo.slice(history.undo.length - undo.length)).toEqual(undo);
      expect(history.redo.slice(history.redo.length - redo.length)).toEqual(redo);
    }),
  );
});

it('reaches nothing at or below another screen’s step', () => {
  fc.assert(
    fc.property(session, fc.nat({ max: 10 }), ({ lines }, modulus) => {
      const isForeign = ({ id }: JournalStep) => Number.parseInt(id.slice(-6), 16) % (modulus + 2) === 0;
      const all = replayStacks(lines);
      const own = stacksAboveForeign(all, isForeign);
      expect(own.undo.some(isForeign) || own.redo.some(isForeign)).toBe(false);
      expect(all.undo.slice(all.undo.length - own.undo.length)).toEqual(own.undo);
    }),
  );
});

function chainOf(labels: readonly string[]): ChangeRecord[] {
  let head: ChainHead = EMPTY_CHAIN;
  return labels.map((label, n) => {
    const line = sealChange(
      {
        id: uuid(n) as ChangeId,
        projectId: uuid(1_000_000) as ProjectId,
        imageId: null,
        scope: 'app',
        groupId: null,
        at: '2026-01-01T00:00:00.000Z',
        actor: 'Somebody',
        origin: 'person',
        code: 'test',
        label,
        targetId: null,
        body: { kind: 'project', before: null, after: null },
      },
      head,
    );
    head = line;
    return line;
  });
}

function firstBreak(lines: readonly ChangeRecord[]): number {
  let head: ChainHead = EMPTY_CHAIN;
  for (const [index, line] of lines.entries()) {
    if (brokenLinkReason(head, line) !== null) return index;
    head = line;
  }
  return -1;
}

const labels = fc.array(fc.string(), { minLength: 2, maxLength: 12 });

it('holds when nothing was touched', () => {
  fc.assert(
    fc.property(labels, (texts) => {
      expect(firstBreak(chainOf(texts))).toBe(-1);
    }),
  );
});

it('breaks at a line whose content was altered, at a line left out and at two lines that changed places', () => {
  fc.assert(
    fc.property(labels, fc.nat(), (texts, seed) => {
      const lines = chainOf(texts);
      const at = seed % lines.length;
      const altered = lines.map((line, n) => (n === at ? { ...line, label: `${line.label}!` } : line));
      expect(firstBreak(altered)).toBe(at);
      if (at === lines.length - 1) return;
      expect(firstBreak(lines.filter((_, n) => n !== at))).toBe(at);
      const [a, b] = [lines[at], lines[at + 1]];
      if (a === undefined || b === undefined) return;
      expect(firstBreak([...lines.slice(0, at), b, a, ...lines.slice(at + 2)])).toBe(at);
    }),
  );
});

it('breaks behind a line that was altered and sealed anew', () => {
  const lines = chainOf(['a', 'b', 'c']);
  const [first, second, third] = lines;
  if (first === undefined || second === undefined || third === undefined) throw new Error('no lines');
  const { seq: _, previousHash: __, hash: ___, ...draft } = second;
  const forged = sealChange({ ...draft, label: 'forged' }, first);
  expect(firstBreak([first, forged, third])).toBe(2);
});
