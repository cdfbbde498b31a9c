import { type AppError, appError, unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { hasRoomToWrite } from './disk-room';

/** Thrown inside a transaction to abort it for a reason of ours; never leaves this folder. */
export class Refusal extends Error {
  constructor(readonly reason: AppError) {
    super(reason.message);
    this.name = 'Refusal';
  }
}

/** A database that can tell whether it is usable, and opens itself again when it was closed under our feet. */
interface Reopenable {
  ensureOpen(): Promise<void>;
}

/**
 * Runs database work at the edge of a repository: whatever it throws becomes an error value, once. Chromium closes
 * the database after an I/O error (a full disk, for one), so each piece of work first sees to it that it is open:
 * when the cause is gone, the next attempt succeeds without a restart.
 */
export async function guarded<T>(
  db: Reopenable | null,
  where: string,
  work: () => Promise<T>,
): Promise<Result<T>> {
  try {
    await db?.ensureOpen();
    return ok(await work());
  } catch (thrown) {
    const error = databaseError(thrown, where);
    const isVague = error.code === 'database.unavailable' || error.code === 'internal.unexpected';
    // Chromium reports a full disk as a plain I/O error ("Failed to write blobs"); the room left tells the two apart.
    return err(isVague && !(await hasRoomToWrite()) ? quotaError(error.details) : error);
  }
}

/** As `guarded`, for work that stores something: refused with `database.quota` before the disk is full to the brim. */
export async function guardedWrite<T>(
  db: Reopenable,
  where: string,
  work: () => Promise<T>,
): Promise<Result<T>> {
  return (await hasRoomToWrite()) ? guarded(db, where, work) : err(quotaError({ where }));
}

function quotaError(details: AppError['details']): AppError {
  return appError(
    'database.quota',
    'The disk is (almost) full, so this could not be saved; everything saved before is safe. Free some space (or empty the bin of deleted projects), then try again.',
    details,
  );
}

const UNAVAILABLE: ReadonlySet<string> = new Set([
  'UnknownError',
  'InvalidStateError',
  'DatabaseClosedError',
  'OpenFailedError',
  'MissingAPIError',
  'MissingAPI',
  'TimeoutError',
  'NotReadableError',
  'DataError',
  'AbortError',
]);

export function databaseError(thrown: unknown, where: string): AppError {
  const chain = causes(thrown);
  const refusal = chain.find((cause) => cause instanceof Refusal);
  if (refusal !== undefined) return refusal.reason;
  const names = chain.map((cause) => cause.name);
  const details = { where, names, reason: chain[0]?.message ?? String(thrown) };
  if (names.includes('QuotaExceededError')) return quotaError(details);
  if (names.includes('VersionError')) {
    return appError(
      'database.newer-version',
      'Your projects were last opened by a newer Groundmark. Nothing was changed: install the newer version again.',
      details,
    );
  }
  const unavailable = names.find((name) => UNAVAILABLE.has(name));
  if (unavailable !== undefined) {
    return appError(
      'database.unavailable',
      `The database could not be used while ${where}; everything saved before is safe. Restart the app; if that does not help, check the disk and restore a backup from the start page.`,
      details,
    );
  }
  return unexpectedError(thrown, where);
}

/** An error, what Dexie wrapped in it and what failed in a bulk write, outermost first. */
function causes(thrown: unknown): Error[] {
  const found: Error[] = [];
  const queue: unknown[] = [thrown];
  while (queue.length > 0 && found.length < 20) {
    const next = queue.shift();
    if (!(next instanceof Error) && !isDomException(next)) continue;
    found.push(next);
    const { inner, cause, failures } = next as { inner?: unknown; cause?: unknown; failures?: unknown };
    queue.push(inner, cause);
    if (Array.isArray(failures)) queue.push(...failures.slice(0, 3));
  }
  return found;
}

// In some engines DOMException is no Error by its prototype.
function isDomException(value: unknown): value is Error {
  return typeof DOMException !== 'undefined' && value instanceof DOMException;
}
