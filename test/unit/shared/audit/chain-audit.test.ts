import { describe, expect, it } from 'vitest';
import { ChainAudit, type ChainVerdict, intactInWords } from '../../../../shared/audit/chain-audit';
import type { ChainHead } from '../../../../shared/document/chain';
import { hashOfChange } from '../../../../shared/document/hash';
import type { ChangeRecord } from '../../../../shared/schema/change';
import type { ProjectId, Sha256 } from '../../../../shared/schema/ids';
import { journalOf, PROJECT_ID } from '../../../harness/journal-lines';

const journal = journalOf(9);
const at = (seq: number): ChangeRecord => journal[seq - 1] as ChangeRecord;
const head: ChainHead = { seq: 9, hash: at(9).hash };

function audited(lines: readonly unknown[], known: ChainHead | null = head): ChainVerdict {
  const audit = new ChainAudit(PROJECT_ID);
  for (const line of lines) audit.take(line);
  return audit.finish(known);
}

/** The journal with lines changed; a change may drop a line or put others in its place. */
function tampered(change: (line: ChangeRecord) => unknown[]): unknown[] {
  return journal.flatMap(change);
}

function resealed(line: ChangeRecord): ChangeRecord {
  const { hash: _, ...rest } = line;
  return { ...rest, hash: hashOfChange(rest) };
}

describe('a journal that nobody touched', () => {
  it('holds from its first line to its head', () => {
    expect(audited(journal)).toEqual({
      lines: 9,
      head,
      firstBreak: null,
      breaks: 0,
      intact: [{ from: 1, to: 9 }],
      clocks: { count: 0, first: [] },
      anchors: { confirmed: 0, beyondEnd: 0 },
    });
  });

  it('holds when it is empty', () => {
    expect(audited([], { seq: 0, hash: null })).toMatchObject({ lines: 0, breaks: 0, firstBreak: null });
  });

  it('holds with fields and kinds of change that a later version writes', () => {
    const audit = new ChainAudit(PROJECT_ID);
    const line = { ...at(1), reason: 'asked by a lead', body: { kind: 'weather', cloud: 3 } };
    audit.take(resealed(line as unknown as ChangeRecord));
    expect(audit.finish(null)).toMatchObject({ breaks: 0, lines: 1 });
  });

  it('tells of a clock that was set back, and takes it for no break', () => {
    const audit = new ChainAudit(PROJECT_ID);
    const first = resealed({ ...at(1), at: '2026-03-01T12:00:00.000Z' });
    audit.take(first);
    audit.take(resealed({ ...at(2), at: '2026-03-01T11:00:00.000Z', previousHash: first.hash }));
    const verdict = audit.finish(null);
    expect(verdict.breaks).toBe(0);
    expect(verdict.clocks).toEqual({
      count: 1,
      first: [{ line: 2, at: '2026-03-01T11:00:00.000Z', previousAt: '2026-03-01T12:00:00.000Z' }],
    });
  });
});

describe('a journal that was tampered with names the line', () => {
  const around = [
    { from: 1, to: 4 },
    { from: 6, to: 9 },
  ];

  it('an altered field', () => {
    const verdict = audited(tampered((line) => [line.seq === 5 ? { ...line, label: 'Nothing' } : line]));
    expect(verdict).toMatchObject({ breaks: 1, intact: around });
    expect(verdict.firstBreak).toEqual({
      line: 5,
      kind: 'altered',
      reason: 'it was altered after it was written',
      who: 'Ben',
      at: '2026-03-01T12:05:00.000Z',
      what: 'Nothing',
    });
    expect(intactInWords(verdict)).toBe(
      'Lines 1 to 4 before it hold; lines 6 to 9 after it hold among themselves.',
    );
  });

  it('a changed actor, a changed time, a changed person', () => {
    for (const change of [
      { actor: 'Mallory' },
      { at: '2020-01-01T00:00:00.000Z' },
      { personId: '00000000-0000-4000-8000-0000000000ff' },
    ]) {
      const verdict = audited(tampered((line) => [line.seq === 5 ? { ...line, ...change } : line]));
      expect(verdict.firstBreak, JSON.stringify(change)).toMatchObject({ line: 5, kind: 'altered' });
      expect(verdict.breaks).toBe(1);
    }
  });

  it('a field that was put in', () => {
    const verdict = audited(tampered((line) => [line.seq === 5 ? { ...line, approved: true } : line]));
    expect(verdict.firstBreak).toMatchObject({ line: 5, kind: 'altered' });
  });

  it('a dropped line, and several', () => {
    const one = audited(tampered((line) => (line.seq === 5 ? [] : [line])));
    expect(one).toMatchObject({ breaks: 1, lines: 8, intact: around });
    expect(one.firstBreak).toMatchObject({
      line: 5,
      kind: 'missing',
      reason: 'line 5 is missing',
      who: null,
    });
    const three = audited(tampered((line) => (line.seq >= 4 && line.seq <= 6 ? [] : [line])));
    expect(three.firstBreak).toMatchObject({ line: 4, reason: 'lines 4 to 6 are missing' });
    const first = audited(tampered((line) => (line.seq === 1 ? [] : [line])));
    expect(first.firstBreak).toMatchObject({ line: 1, kind: 'missing' });
  });

  it('swapped lines', () => {
    const verdict = audited([...journal.slice(0, 4), at(6), at(5), ...journal.slice(6)]);
    expect(verdict.breaks).toBe(1);
    expect(verdict.firstBreak).toMatchObject({
      line: 5,
      kind: 'outOfOrder',
      reason: 'line 5 stands behind line 6',
      who: 'Ben',
    });
  });

  it('a line that was altered and sealed anew, without those after it', () => {
    const verdict = audited(
      tampered((line) => [line.seq === 5 ? resealed({ ...line, actor: 'Mallory' }) : line]),
    );
    expect(verdict).toMatchObject({ breaks: 1, intact: around });
    expect(verdict.firstBreak).toMatchObject({ line: 5, kind: 'resealed', who: 'Mallory' });
  });

  it('a line that was put in, whichever of the two stands first', () => {
    const forged = resealed({ ...at(5), actor: 'Mallory', label: 'Accept everything' });
    const first = audited(tampered((line) => (line.seq === 5 ? [forged, line] : [line])));
    expect(first.firstBreak).toMatchObject({ line: 5, kind: 'twice', who: 'Mallory' });
    expect(first.breaks).toBe(1);
    const second = audited(tampered((line) => (line.seq === 5 ? [line, forged] : [line])));
    expect(second.firstBreak).toMatchObject({ line: 5, kind: 'twice', who: 'Mallory' });
    expect(second.breaks).toBe(1);
  });

  it('a truncated end, against a head that is known', () => {
    const verdict = audited(journal.slice(0, 7));
    expect(verdict.firstBreak).toMatchObject({
      line: 8,
      kind: 'cutOff',
      reason: 'the journal ends with line 7, and 9 lines were written',
    });
    // Without a head there is nothing to tell it by.
    expect(audited(journal.slice(0, 7), null).breaks).toBe(0);
  });

  it('a last line that was altered and sealed anew, against a head that is known', () => {
    const lines = tampered((line) => [line.seq === 9 ? resealed({ ...line, actor: 'Mallory' }) : line]);
    expect(audited(lines).firstBreak).toMatchObject({ line: 9, kind: 'rewritten', who: 'Mallory' });
  });

  it('lines after the end', () => {
    const verdict = audited(journal, { seq: 8, hash: at(8).hash });
    expect(verdict.firstBreak).toMatchObject({ line: 9, kind: 'foreign' });
  });

  it('a line of another project', () => {
    const foreign = { ...at(5), projectId: '00000000-0000-4000-8000-00000000abcd' as ProjectId };
    const verdict = audited(tampered((line) => [line.seq === 5 ? resealed(foreign) : line]));
    expect(verdict.firstBreak).toMatchObject({ line: 5, kind: 'foreign' });
  });

  it('a line that is none', () => {
    const verdict = audited(tampered((line) => [line.seq === 5 ? { nonsense: true } : line]));
    expect(verdict.firstBreak).toMatchObject({ line: 5, kind: 'unreadable' });
    expect(verdict.breaks).toBe(1);
  });

  it('a body that its kind does not have', () => {
    const verdict = audited(
      tampered((line) => [line.seq === 5 ? { ...line, body: { kind: 'imported' } } : line]),
    );
    expect(verdict.firstBreak).toMatchObject({ line: 5, kind: 'altered' });
  });

  it('the first of several, with what holds between them', () => {
    const verdict = audited(
      tampered((line) => (line.seq === 3 || line.seq === 7 ? [{ ...line, actor: 'Mallory' }] : [line])),
    );
    expect(verdict.breaks).toBe(2);
    expect(verdict.firstBreak).toMatchObject({ line: 3 });
    expect(verdict.intact).toEqual([
      { from: 1, to: 2 },
      { from: 4, to: 6 },
      { from: 8, to: 9 },
    ]);
  });
});

describe('a journal that was written anew as a whole', () => {
  const rewritten = journalOf(9, 'Mallory');

  it('holds in itself, and not against what a version remembers of it', () => {
    const audit = new ChainAudit(PROJECT_ID, [
      { seq: 4, hash: at(4).hash, source: 'dataset version 3f9c21aa' },
      { seq: 40, hash: 'a'.repeat(64) as Sha256, source: 'dataset version 55555555' },
    ]);
    for (const line of rewritten) audit.take(line);
    const verdict = audit.finish({ seq: 9, hash: rewritten[8]?.hash ?? null });
    expect(verdict.firstBreak).toMatchObject({
      line: 4,
      kind: 'rewritten',
      reason: 'dataset version 3f9c21aa was made when line 4 was another one',
    });
    expect(verdict.anchors).toEqual({ confirmed: 0, beyondEnd: 1 });
  });

  it('is confirmed by what remembers it rightly', () => {
    const audit = new ChainAudit(PROJECT_ID, [{ seq: 4, hash: at(4).hash, source: 'a version' }]);
    for (const line of journal) audit.take(line);
    expect(audit.finish(head)).toMatchObject({ breaks: 0, anchors: { confirmed: 1, beyondEnd: 0 } });
  });
});
