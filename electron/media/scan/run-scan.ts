import fs from 'node:fs/promises';
import type { EventPayload } from '../../../shared/ipc/contract';
import { type AppError, appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { JobId } from '../../../shared/schema/ids';
import type { FileProblem, ScannedImage } from '../../../shared/schema/image';
import type { GrantTarget } from '../../grants/grant-store';
import type { BatchGate } from './batch-gate';
import { createFileCounter } from './count-files';
import { faultToError, fileFault } from './file-fault';
import { createProgressMeter } from './progress-meter';
import { type ScanOutcome, scanSource } from './scan-source';
import { SOURCE_ITSELF } from './walk-source';

/** A batch that is not full is sent after this long, so that pictures appear while a slow disk is read. */
const PATIENCE_MS = 750;

/** Share of each turn that counting ahead gets, in ms. */
const COUNTING_MS = 4;

/** Counting alone at the start: enough for a folder of 100,000 files, so that the first progress has its total. */
const FIRST_COUNTING_MS = 250;

export interface ScanRequest {
  readonly jobId: JobId;
  readonly target: GrantTarget;
  readonly afterKey: string | null;
  readonly batchSize: number;
}

/**
 * Scans a source and sends `scan.batch` events until the last, which says so. Ends with `job.cancelled` when `signal` is
 * aborted, after which no batch follows, and with `file.not-found` when the source itself is gone.
 */
export async function runScan(
  request: ScanRequest,
  context: {
    readonly signal: AbortSignal;
    readonly gate: BatchGate;
    readonly sendBatch: (batch: EventPayload<'scan.batch'>) => void;
  },
): Promise<Result<null>> {
  const { target, afterKey, jobId, batchSize } = request;
  const { signal, gate } = context;
  const unreachable = await unreachableSource(target);
  if (unreachable !== null) return err(unreachable);

  const counter = createFileCounter(target, afterKey);
  counter.advance(FIRST_COUNTING_MS);
  const meter = createProgressMeter('files', () => performance.now());
  let images: ScannedImage[] = [];
  let problems: FileProblem[] = [];
  let batch = 0;
  let done = 0;
  let cursor = afterKey;
  let sentAt = performance.now();

  async function send(isLast: boolean): Promise<boolean> {
    if (!(await gate.mayPass(batch))) return false;
    const { total, before, isDone } = counter.current();
    const progress = meter.read({ done, before, total: isDone ? total : null });
    context.sendBatch({ jobId, batch, images, problems, progress, cursor, isLast });
    batch += 1;
    images = [];
    problems = [];
    sentAt = performance.now();
    return true;
  }

  const outcomes = scanSource({ target, afterKey, signal, betweenTurns: () => counter.advance(COUNTING_MS) });
  for await (const chunk of outcomes) {
    for (const outcome of chunk) {
      done += 1;
      // A folder's own problem has a key before its neighbours'; the cursor never goes back.
      if (isKey(outcome) && (cursor === null || outcome.key > cursor)) cursor = outcome.key;
      if (outcome.image !== null) images.push(outcome.image);
      if (outcome.problem !== null) problems.push(outcome.problem);
      if (images.length + problems.length >= batchSize && !(await send(false))) return err(cancelled());
    }
    const isOverdue = images.length + problems.length > 0 && performance.now() - sentAt > PATIENCE_MS;
    if (isOverdue && !(await send(false))) return err(cancelled());
  }
  counter.advance(Number.POSITIVE_INFINITY);
  return !signal.aborted && (await send(true)) ? ok(null) : err(cancelled());
}

/** Names that are no keys, and the source itself when it is unreadable, cannot be resumed behind. */
function isKey(outcome: ScanOutcome): boolean {
  return outcome.problem?.code !== 'file.bad-name' && outcome.key !== SOURCE_ITSELF;
}

function cancelled(): AppError {
  return appError(
    'job.cancelled',
    'Adding pictures was cancelled. What was added stays; resume goes on from there.',
  );
}

async function unreachableSource(target: GrantTarget): Promise<AppError | null> {
  if (target.kind === 'files') return null;
  try {
    await fs.access(target.root);
    return null;
  } catch (thrown) {
    return faultToError(fileFault(thrown, 'folder'));
  }
}
