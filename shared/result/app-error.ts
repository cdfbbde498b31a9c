/**
 * Every way in which Groundmark can refuse or fail, as a closed list: a new failure is a new line here,
 * so that a switch over codes stays exhaustive and every code has one meaning.
 */
export const APP_ERROR_CODES = [
  // the boundary between processes
  'ipc.foreign-sender',
  'ipc.bad-arguments',
  'ipc.bad-result',
  'ipc.unknown-channel',
  // files and grants
  'file.unknown-grant',
  'file.outside-grant',
  'file.not-found',
  'file.not-readable',
  'file.not-writable',
  'file.disk-full',
  'file.too-large',
  'file.bad-name',
  'file.link-loop',
  'file.duplicate-link',
  // pictures
  'image.empty',
  'image.truncated',
  'image.unsupported',
  'image.mislabelled',
  'image.too-large',
  'image.undecodable',
  // records and the journal
  'record.damaged',
  'record.conflict',
  'database.newer-version',
  'database.quota',
  'database.unavailable',
  'journal.broken-chain',
  // label schema
  'schema.invalid',
  'schema.duplicate-name',
  'schema.unknown-label',
  // edits
  'edit.too-small',
  'edit.locked',
  'edit.pinned',
  'edit.invalid-shape',
  // dataset formats
  'format.unrecognised',
  'format.malformed',
  'format.unsupported-shape',
  'format.write-failed',
  // the lake
  'lake.unknown-version',
  'lake.damaged-version',
  'lake.busy',
  'lake.nothing-to-publish',
  'lake.write-failed',
  // backups
  'backup.damaged',
  'backup.write-failed',
  // bundles
  'bundle.damaged',
  'bundle.newer-version',
  // people
  'people.not-permitted',
  'people.wrong-passphrase',
  'people.locked-out',
  'people.weak-passphrase',
  'people.duplicate-name',
  'people.unknown',
  // review
  'review.not-now',
  'review.own-work',
  'review.unknown-thing',
  // the audit trail
  'audit.bad-signature',
  'audit.not-found',
  // work packages
  'package.bad-signature',
  'package.other-addressee',
  'package.foreign-images',
  'package.conflict',
  // findings
  'findings.open',
  // long work
  'job.cancelled',
  'job.unknown',
  'process.crashed',
  'usage.bad-arguments',
  'internal.unexpected',
] as const;

export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

export type ErrorDetail = string | number | boolean | null | readonly string[];

/**
 * A failure as a value. `message` is for a person and says what happened, where, and how to mend it;
 * `details` is for machines and logs and never holds a path that the renderer may not know.
 */
export interface AppError {
  readonly code: AppErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, ErrorDetail>>;
}

export function appError(
  code: AppErrorCode,
  message: string,
  details: Readonly<Record<string, ErrorDetail>> = {},
): AppError {
  return { code, message, details };
}

/** True when `value` has the form of an AppError with a known code, e.g. after it crossed a process boundary. */
export function isAppError(value: unknown): value is AppError {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Partial<AppError>;
  return (
    typeof candidate.message === 'string' &&
    typeof candidate.code === 'string' &&
    (APP_ERROR_CODES as readonly string[]).includes(candidate.code)
  );
}

/** Wraps whatever was thrown; used once, at the edge of a process or a job, where nothing may escape. */
export function unexpectedError(thrown: unknown, where: string): AppError {
  if (isAppError(thrown)) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return appError('internal.unexpected', `Something unexpected happened in ${where}: ${reason}`, {
    where,
    stack: thrown instanceof Error ? (thrown.stack ?? null) : null,
  });
}
