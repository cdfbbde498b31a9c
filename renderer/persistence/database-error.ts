import { type AppError, appError, unexpectedError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';

/** Thrown inside a transaction to abort it for a reason of ours; never leaves this folder. */
export class Refusal extends Error {
  constructor(readonly reason: AppError) {
    super(reason.message);
    this.name = 'Refusal';
  }
}

/** Runs database work at the edge of a repository: whatever it throws becomes an error value, once. */
export async function guarded<T>(where: string, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (thrown) {
    return err(databaseError(thrown, where));
  }
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
  if (names.includes('QuotaExceededError')) {
    return appError(
      'database.quota',
      'The disk is full, so this could not be saved; everything saved before is safe. Free some space (or empty the bin of deleted projects), then try again.',
      details,
    );
  }
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
