import { setImmediate } from 'node:timers/promises';
import type { GrantTarget } from '../../grants/grant-store';
import type { Examined } from './examine-file';
import { createFileReader, type FileReader } from './read-file';
import { type WalkItem, walkSource } from './walk-source';

/** Files examined between two looks at the clock. */
const CHUNK = 64;

/** The thread is given back after this many ms, so that cancelling and picture requests are answered meanwhile. */
const TURN_MS = 8;

/** When files take longer than this on average, the disk is far away and waiting for several at a time pays. */
const SLOW_FILE_MS = 5;

/** Files waited for at a time on a slow disk. */
const CONCURRENCY = 8;

/** The outcome of one file (or link, or unreadable folder), in the order of keys. */
export interface ScanOutcome extends Examined {
  readonly key: string;
}

export interface ScanSourceOptions {
  readonly target: GrantTarget;
  readonly afterKey: string | null;
  /** Checked at least every `CHUNK` files; the scan then ends without an error. */
  readonly signal?: AbortSignal;
  /** Called between turns, for work that shares the thread. */
  readonly betweenTurns?: () => void;
}

/**
 * Examines every file of a source in code-unit order of keys, each read once, and gives the outcomes by chunks; files
 * that are no pictures give an outcome without image and problem. Holds one chunk and one file (at most 4 MiB) in memory.
 */
export async function* scanSource(options: ScanSourceOptions): AsyncGenerator<readonly ScanOutcome[]> {
  const reader = createFileReader();
  let isSlow = false;
  let turnStart = performance.now();
  for (const chunk of chunks(walkSource(options.target, options.afterKey), CHUNK)) {
    if (options.signal?.aborted) return;
    const start = performance.now();
    const outcomes = isSlow ? await examineTogether(reader, chunk) : await examineInTurn(reader, chunk);
    const end = performance.now();
    isSlow ||= end - start > SLOW_FILE_MS * chunk.length;
    yield outcomes;
    if (end - turnStart > TURN_MS) {
      await setImmediate();
      options.betweenTurns?.();
      turnStart = performance.now();
    }
  }
}

async function examineInTurn(
  reader: FileReader,
  items: readonly WalkItem[],
): Promise<readonly ScanOutcome[]> {
  const outcomes: ScanOutcome[] = [];
  for (const item of items) {
    if (item.kind === 'problem') outcomes.push(outcomeOfProblem(item));
    else {
      const examined =
        reader.readAtOnce(item.key, item.path) ?? (await reader.readInSteps(item.key, item.path));
      outcomes.push({ key: item.key, image: examined.image, problem: examined.problem });
    }
  }
  return outcomes;
}

async function examineTogether(
  reader: FileReader,
  items: readonly WalkItem[],
): Promise<readonly ScanOutcome[]> {
  const outcomes = new Array<ScanOutcome>(items.length);
  const rest = items.entries();
  async function work(): Promise<void> {
    for (const [index, item] of rest) {
      outcomes[index] =
        item.kind === 'problem'
          ? outcomeOfProblem(item)
          : { key: item.key, ...(await reader.readInSteps(item.key, item.path)) };
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return outcomes;
}

function outcomeOfProblem(item: Extract<WalkItem, { kind: 'problem' }>): ScanOutcome {
  return { key: item.problem.key, image: null, problem: item.problem };
}

function* chunks<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
