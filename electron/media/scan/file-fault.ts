import {
  type AppError,
  type AppErrorCode,
  appError,
  type ErrorDetail,
} from '../../../shared/result/app-error';

/** Why a file or folder could not be read; a sentence for a person. */
export interface FileFault {
  readonly code: AppErrorCode;
  readonly reason: string;
}

/** Turns what Node's file system throws into words. The message never names a path. */
export function fileFault(thrown: unknown, what: 'file' | 'folder'): FileFault {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        code: 'file.not-found',
        reason: `The ${what} is not there any more. Plug in its disk or put it back, then scan again.`,
      };
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'file.not-readable',
        reason: `You are not allowed to read this ${what}. Change its permissions, then scan again.`,
      };
    case 'EMFILE':
    case 'ENFILE':
      return {
        code: 'file.not-readable',
        reason: `The system allows no more open files just now. Close other programs, then scan again.`,
      };
    case 'ENAMETOOLONG':
      return {
        code: 'file.bad-name',
        reason: `The path of this ${what} is too long. Shorten names, then scan again.`,
      };
    case 'ELOOP':
      return {
        code: 'file.link-loop',
        reason: `This ${what} is a link that leads back to itself. Remove it.`,
      };
    default:
      return {
        code: 'file.not-readable',
        reason: `The ${what} could not be read (${code}). Check the disk it is on, then scan again.`,
      };
  }
}

export function faultToError(
  fault: FileFault,
  details: Readonly<Record<string, ErrorDetail>> = {},
): AppError {
  return appError(fault.code, fault.reason, details);
}
