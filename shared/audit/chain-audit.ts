import { z } from 'zod';
import type { ChainHead } from '../document/chain';
import { hashOfChange } from '../document/hash';
import type { ChangeRecord } from '../schema/change';
import { ProjectId, Sha256 } from '../schema/ids';

/** What can be wrong with a journal, each told by another trace. */
export type BreakKind =
  /** A line is no journal line at all. */
  | 'unreadable'
  /** Its content is not what its own hash was made of. */
  | 'altered'
  /** It is whole in itself, but the line after it was written on another one: altered, and sealed anew. */
  | 'resealed'
  | 'missing'
  | 'outOfOrder'
  /** Two lines have the same number: one was put in. */
  | 'twice'
  /** The end is missing, as a head that is known from elsewhere tells. */
  | 'cutOff'
  /** Somebody else knows this line with another hash: the journal was written anew from here or before. */
  | 'rewritten'
  /** Lines of another project, or after the end. */
  | 'foreign';

export interface ChainBreak {
  /** Number of the line that is wrong, 1-based. */
  readonly line: number;
  readonly kind: BreakKind;
  /** In words for a person, a clause. */
  readonly reason: string;
  /** Who and when by the line itself, which may be what was altered; null when the line is not there. */
  readonly who: string | null;
  readonly at: string | null;
  /** What the line says was done. */
  readonly what: string | null;
}

/** Lines that hold among themselves: each is whole and follows from the one before. */
export interface IntactRun {
  readonly from: number;
  readonly to: number;
}

/** A line whose time is before that of the line above it: a clock was set, which is no break. */
export interface ClockNote {
  readonly line: number;
  readonly at: string;
  readonly previousAt: string;
}

export interface ChainVerdict {
  readonly lines: number;
  /** The newest line that was read. */
  readonly head: ChainHead;
  readonly firstBreak: ChainBreak | null;
  readonly breaks: number;
  /** The first runs in the order of the journal; one run of everything when the chain holds. */
  readonly intact: readonly IntactRun[];
  readonly clocks: { readonly count: number; readonly first: readonly ClockNote[] };
  /** Other heads that were held against the chain, and how many of them lie behind its end. */
  readonly anchors: { readonly confirmed: number; readonly beyondEnd: number };
}

/** A line of this journal as something outside of it remembers it. */
export interface ChainAnchor {
  readonly seq: number;
  readonly hash: Sha256;
  /** For a person: `dataset version 3f9c21aa`. */
  readonly source: string;
}

/** What the chain needs of a line; the rest may be of a newer version and is hashed as it is. */
const LineFace = z.looseObject({
  seq: z.number().int().min(1),
  projectId: ProjectId,
  actor: z.string(),
  at: z.string(),
  label: z.string(),
  previousHash: Sha256.nullable(),
  hash: Sha256,
});
type LineFace = z.infer<typeof LineFace>;

/** As many as a person reads; the counts are complete. */
const MOST_KEPT = 20;
/** Missing line numbers that are remembered, to tell lines that changed places from lines that are gone. */
const MOST_AWAITED = 10_000;

type FoundBreak = { -readonly [Key in keyof ChainBreak]: ChainBreak[Key] };

/**
 * Walks a journal line by line, oldest first, in memory that does not grow with it. Lines are taken as they were
 * read, unparsed: a field that this version does not know counts in the hash as well.
 * After a break the walk goes on from the line that was found, so that one wrong line is one break.
 */
export class ChainAudit {
  readonly #projectId: ProjectId | null;
  readonly #anchors: ReadonlyMap<number, readonly ChainAnchor[]>;
  #lines = 0;
  #seq = 0;
  /** Hash that the next line must name; undefined when it cannot be known. */
  #hash: Sha256 | null | undefined = null;
  #last: LineFace | null = null;
  #isLastBroken = false;
  #first: FoundBreak | null = null;
  #breaks = 0;
  readonly #intact: { from: number; to: number }[] = [];
  #isRunOpen = false;
  readonly #clocks: ClockNote[] = [];
  #clockCount = 0;
  readonly #awaited = new Map<number, FoundBreak>();
  #rival: { readonly face: LineFace; readonly found: FoundBreak } | null = null;
  #confirmed = 0;
  readonly #beyond: ChainAnchor[];

  /**
   * @param projectId whose lines they must be; null takes that of the first line.
   * @param anchors what others remember of this journal.
   */
  constructor(projectId: ProjectId | null, anchors: readonly ChainAnchor[] = []) {
    this.#projectId = projectId;
    this.#beyond = [...anchors];
    const bySeq = new Map<number, ChainAnchor[]>();
    for (const anchor of anchors) bySeq.set(anchor.seq, [...(bySeq.get(anchor.seq) ?? []), anchor]);
    this.#anchors = bySeq;
  }

  get seq(): number {
    return this.#seq;
  }

  /** O(size of the line). */
  take(raw: unknown): void {
    this.#lines += 1;
    const parsed = LineFace.safeParse(raw);
    if (!parsed.success) {
      this.#break(this.#seq + 1, 'unreadable', 'it is no line of a journal', null);
      this.#moveTo(this.#seq + 1, undefined, null, true);
      return;
    }
    const face = parsed.data;
    this.#noteClock(face);
    if (face.seq <= this.#seq) this.#takeLate(face, raw);
    else this.#takeNext(face, raw);
  }

  /** @param known the head that whoever wrote the lines says they have; null when nobody says. */
  finish(known: ChainHead | null): ChainVerdict {
    if (known !== null) this.#holdAgainstHead(known);
    return {
      lines: this.#lines,
      head: { seq: this.#seq, hash: this.#hash ?? null },
      firstBreak: this.#first,
      breaks: this.#breaks,
      intact: this.#intact.slice(0, MOST_KEPT),
      clocks: { count: this.#clockCount, first: this.#clocks },
      anchors: {
        confirmed: this.#confirmed,
        beyondEnd: this.#beyond.filter((anchor) => anchor.seq > this.#seq).length,
      },
    };
  }

  #takeNext(face: LineFace, raw: unknown): void {
    const isGap = face.seq > this.#seq + 1;
    if (isGap) this.#missing(this.#seq + 1, face.seq);
    else if (this.#hash !== undefined && face.previousHash !== this.#hash) this.#brokenLink(face, raw);
    this.#rival = null;
    const isWhole = this.#judge(face, raw);
    this.#moveTo(face.seq, face.hash, face, !isWhole);
  }

  /** A line with a number that was passed already: it changed places, or there are two of it. */
  #takeLate(face: LineFace, raw: unknown): void {
    const gap = this.#awaited.get(face.seq);
    if (gap !== undefined) {
      this.#awaited.delete(face.seq);
      if (gap.line === face.seq) {
        gap.kind = 'outOfOrder';
        gap.reason = `line ${face.seq} stands behind line ${this.#seq}`;
        Object.assign(gap, factsOf(face));
      }
      this.#judge(face, raw);
      return;
    }
    const found = this.#break(
      face.seq,
      'twice',
      `there are two lines ${face.seq}, of which one was put in`,
      face,
    );
    if (face.seq === this.#seq) this.#rival = { face, found };
  }

  #brokenLink(face: LineFace, raw: unknown): void {
    if (this.#rival !== null && face.previousHash === this.#rival.face.hash) {
      // The line after them was written on the second: the first is the one that was put in.
      if (this.#last !== null) Object.assign(this.#rival.found, factsOf(this.#last));
      return;
    }
    // A line that is wrong in itself, before or here, is told as that and not once more.
    if (this.#isLastBroken || !isWhole(raw)) return;
    if (this.#last === null) {
      this.#break(1, 'missing', 'line 1 names a line before it', face);
      return;
    }
    this.#shortenRun();
    this.#break(
      this.#seq,
      'resealed',
      `it is not the line ${this.#seq} that line ${face.seq} was written after: it was altered and sealed anew`,
      this.#last,
    );
  }

  #judge(face: LineFace, raw: unknown): boolean {
    if (this.#projectId !== null && face.projectId !== this.#projectId) {
      this.#break(face.seq, 'foreign', 'it is a line of another project', face);
      return false;
    }
    if (!isWhole(raw)) {
      this.#break(face.seq, 'altered', 'it was altered after it was written', face);
      return false;
    }
    let isConfirmed = true;
    for (const anchor of this.#anchors.get(face.seq) ?? []) {
      if (anchor.hash === face.hash) this.#confirmed += 1;
      else {
        isConfirmed = false;
        this.#break(
          face.seq,
          'rewritten',
          `${anchor.source} was made when line ${face.seq} was another one`,
          face,
        );
      }
    }
    return isConfirmed;
  }

  #missing(from: number, next: number): void {
    const last = next - 1;
    const found = this.#break(
      from,
      'missing',
      from === last ? `line ${from} is missing` : `lines ${from} to ${last} are missing`,
      null,
    );
    for (let seq = from; seq <= last && this.#awaited.size < MOST_AWAITED; seq += 1)
      this.#awaited.set(seq, found);
  }

  #holdAgainstHead(known: ChainHead): void {
    if (known.seq > this.#seq) {
      const reason = `the journal ends with line ${this.#seq}, and ${known.seq} lines were written`;
      this.#break(this.#seq + 1, 'cutOff', reason, null);
    } else if (known.seq < this.#seq) {
      this.#break(known.seq + 1, 'foreign', `the journal ended with line ${known.seq}`, null);
    } else if (this.#hash !== undefined && known.hash !== this.#hash && !this.#isLastBroken) {
      this.#shortenRun();
      const reason = 'it is not the line that the journal ended with when it was written down';
      this.#break(this.#seq, 'rewritten', reason, this.#last);
    }
  }

  #moveTo(seq: number, hash: Sha256 | undefined, face: LineFace | null, isBroken: boolean): void {
    this.#seq = seq;
    this.#hash = hash;
    this.#last = face;
    this.#isLastBroken = isBroken;
    if (isBroken) return;
    const run = this.#intact.at(-1);
    if (this.#isRunOpen && run !== undefined) run.to = seq;
    else this.#intact.push({ from: seq, to: seq });
    this.#isRunOpen = true;
  }

  #break(line: number, kind: BreakKind, reason: string, face: LineFace | null): FoundBreak {
    const found: FoundBreak = { line, kind, reason, ...factsOf(face) };
    this.#breaks += 1;
    this.#isRunOpen = false;
    // What a later line tells may be wrong with an earlier one.
    if (this.#first === null || line < this.#first.line) this.#first = found;
    return found;
  }

  #shortenRun(): void {
    const run = this.#intact.at(-1);
    if (run === undefined || run.to !== this.#seq) return;
    run.to -= 1;
    if (run.to < run.from) this.#intact.pop();
  }

  #noteClock(face: LineFace): void {
    const previousAt = this.#last?.at;
    if (previousAt === undefined || face.seq <= this.#seq || Date.parse(face.at) >= Date.parse(previousAt))
      return;
    this.#clockCount += 1;
    if (this.#clocks.length < MOST_KEPT) this.#clocks.push({ line: face.seq, at: face.at, previousAt });
  }
}

/** Whether a line's own hash is that of its content. */
function isWhole(raw: unknown): boolean {
  const { hash, ...rest } = raw as ChangeRecord;
  try {
    return hashOfChange(rest) === hash;
  } catch {
    // A body without the fields of its kind cannot be hashed, so it was not hashed.
    return false;
  }
}

function factsOf(face: LineFace | null): Pick<ChainBreak, 'who' | 'at' | 'what'> {
  return { who: face?.actor ?? null, at: face?.at ?? null, what: face?.label ?? null };
}

/** What holds around the first break, a sentence: `Lines 1 to 4 hold; lines 6 to 9 hold among themselves.` */
export function intactInWords({ firstBreak, intact }: Pick<ChainVerdict, 'firstBreak' | 'intact'>): string {
  if (firstBreak === null) return '';
  const before = intact.filter((run) => run.to < firstBreak.line);
  const after = intact.filter((run) => run.from > firstBreak.line);
  const parts = [
    before.length === 0 ? 'nothing before it holds' : `${runsInWords(before)} before it ${verb(before)}`,
    after.length === 0
      ? 'nothing after it holds'
      : `${runsInWords(after)} after it ${verb(after)} among themselves`,
  ];
  const sentence = parts.join('; ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function runsInWords(runs: readonly IntactRun[]): string {
  const shown = runs
    .slice(0, 3)
    .map(({ from, to }) => (from === to ? `line ${from}` : `lines ${from} to ${to}`));
  return `${shown.join(', ')}${runs.length > 3 ? ' and more' : ''}`;
}

function verb(runs: readonly IntactRun[]): string {
  return runs.length === 1 && runs[0]?.from === runs[0]?.to ? 'holds' : 'hold';
}
