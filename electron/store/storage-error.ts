import { type AppError, type AppErrorCode, appError, isAppError } from '../../shared/result/app-error';

function codeOf(thrown: unknown): string | null {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}

export function isMissingFile(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/**
 * What a failed read or write means for a person. DuckDB reports the system's errors as text only, so its messages are
 * matched as well.
 * @param doing completes "… while ": `writing the dataset version`.
 */
export function storageError(thrown: unknown, doing: string, fallback: AppErrorCode): AppError {
  if (isAppError(thrown)) return thrown;
  const code = codeOf(thrown);
  const text = withoutPaths(thrown instanceof Error ? thrown.message : String(thrown));
  const details = { reason: text.slice(0, 2000), systemCode: code };
  if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left on device|disk quota exceeded/i.test(text)) {
    return appError(
      'file.disk-full',
      `The disk became full while ${doing}. Nothing that was there before is affected; free some space and try again, it goes on where it stopped.`,
      details,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return appError(
      'file.not-writable',
      `The folder may not be written to while ${doing}. Check its permissions, or choose another folder.`,
      details,
    );
  }
  return appError(
    fallback,
    `Something went wrong while ${doing}: ${text}. Nothing that was there before is affected; try again.`,
    details,
  );
}

/** Errors cross to the renderer, which must not learn where things are; file names at the end of a path stay. */
function withoutPaths(text: string): string {
  return text.replace(/(?:[A-Za-z]:)?[\\/](?:[^\\/'"\n]+[\\/])+/g, '…/');
}
