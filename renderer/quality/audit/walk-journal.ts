import { type AuditFilter, matchesAuditFilter } from '../../../shared/audit/audit-filter';
import { ChainAudit, type ChainVerdict } from '../../../shared/audit/chain-audit';
import { ChangeRecord } from '../../../shared/schema/change';
import type { ProjectId } from '../../../shared/schema/ids';
import type { JournalRepository } from '../../persistence/ports';

type Journal = Pick<JournalRepository, 'head' | 'rawLines'>;

/** Lines a read: a long journal is walked in little memory. */
const LINES_PER_READ = 50;
/** Half a frame at 60 Hz: hashing goes on between frames and never holds one up. */
const SLICE_MS = 8;

export interface WalkOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** What of a journal is known once it was walked. */
export interface WalkedJournal {
  readonly verdict: ChainVerdict;
  /** Everybody who wrote a line, in alphabetical order. */
  readonly people: readonly string[];
}

/** Verifies a project's journal from its first line; null when it was stopped. */
export async function verifyJournal(
  journal: Journal,
  projectId: ProjectId,
  options: WalkOptions,
): Promise<WalkedJournal | null> {
  const audit = new ChainAudit(projectId);
  const people = new Set<string>();
  const isDone = await walk(journal, projectId, options, (raw) => {
    audit.take(raw);
    if (typeof raw === 'object' && raw !== null && 'actor' in raw) people.add(String(raw.actor));
  });
  if (!isDone) return null;
  // Read after the lines: what was written meanwhile is behind the walked end, and no break.
  const head = await journal.head(projectId);
  const isLonger = head !== null && head.seq > audit.seq;
  const [next] = isLonger ? await journal.rawLines(projectId, audit.seq + 1, 1) : [];
  return {
    verdict: audit.finish(next === undefined ? head : null),
    people: [...people].sort((a, b) => a.localeCompare(b)),
  };
}

/** Numbers of the lines that pass a filter, newest first; null when it was stopped. */
export async function findLines(
  journal: Journal,
  projectId: ProjectId,
  filter: AuditFilter,
  options: WalkOptions,
): Promise<readonly number[] | null> {
  const found: number[] = [];
  const isDone = await walk(journal, projectId, options, (raw) => {
    const record = ChangeRecord.safeParse(raw);
    if (record.success && matchesAuditFilter(record.data, filter)) found.push(record.data.seq);
  });
  return isDone ? found.reverse() : null;
}

async function walk(
  journal: Journal,
  projectId: ProjectId,
  { signal, onProgress }: WalkOptions,
  take: (raw: unknown) => void,
): Promise<boolean> {
  const total = (await journal.head(projectId))?.seq ?? 0;
  let done = 0;
  let from = 1;
  let sliceFrom = performance.now();
  for (;;) {
    const lines = await journal.rawLines(projectId, from, LINES_PER_READ);
    for (const raw of lines) {
      take(raw);
      if (performance.now() - sliceFrom > SLICE_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        sliceFrom = performance.now();
      }
      if (signal.aborted) return false;
    }
    done += lines.length;
    onProgress(done, Math.max(done, total));
    const last = lines.at(-1);
    if (lines.length < LINES_PER_READ || last === undefined) return !signal.aborted;
    from = seqOf(last, from + lines.length - 1) + 1;
  }
}

function seqOf(raw: unknown, otherwise: number): number {
  return typeof raw === 'object' && raw !== null && 'seq' in raw && typeof raw.seq === 'number'
    ? raw.seq
    : otherwise;
}
