import { type AppError, appError } from '../../shared/result/app-error';

/** What the operating system said about a file, in words for a person. `shownPath` is what they know it by. */
export function fileError(thrown: unknown, shownPath: string, act: 'read' | 'write'): AppError {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
  const details = { path: shownPath, reason: code };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return appError('file.not-found', `${shownPath} was not found. Check its name and folder.`, details);
    case 'ENOSPC':
    case 'EDQUOT':
      return appError(
        'file.disk-full',
        `The disk is full: ${shownPath} could not be written. Free some space and try again.`,
        details,
      );
    case 'EISDIR':
      return appError('file.not-readable', `${shownPath} is a folder, not a file.`, details);
    default:
      return appError(
        act === 'read' ? 'file.not-readable' : 'file.not-writable',
        `${shownPath} cannot be ${act === 'read' ? 'read' : 'written'} (${code || String(thrown)}). Check its permissions.`,
        details,
      );
  }
}
