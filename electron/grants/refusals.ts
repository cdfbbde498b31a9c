import path from 'node:path';
import { type AppError, appError } from '../../shared/result/app-error';
import { RelativeKey } from '../../shared/schema/ids';

/**
 * The reasons for which a key is not followed. Each is one small function that gives the refusal or null, and has a
 * test that shows it refusing. Messages name the key, which the renderer sent itself, and never a path.
 */
export type KeyRefusal = (key: string) => AppError | null;

function outside(key: string, reason: string): AppError {
  return appError(
    'file.outside-grant',
    `"${key.slice(0, 200)}" ${reason}, so it was not opened. Only files inside the folder you added can be used.`,
    { key: key.slice(0, 200) },
  );
}

/** `..`, `.`, absolute paths, empty parts, backslashes and NUL; also what is not a string or too long. */
export const refuseMalformedKey: KeyRefusal = (key) =>
  RelativeKey.safeParse(key).success ? null : outside(key, 'is not a path inside the folder');

/** More rounds than any chain of decoders between a page and a disk applies. */
const DECODING_ROUNDS = 3;

/**
 * A key that becomes a way out once something decodes it (`%2e%2e/`, `a%2f..`, `%255c`). Keys are used as they are and
 * never decoded here; this holds even if a later layer does. Names with a plain `%` (`100%.jpg`) stay usable.
 */
export const refuseEncodedKey: KeyRefusal = (key) => {
  let decoded = key;
  for (let round = 0; round < DECODING_ROUNDS; round += 1) {
    const next = decoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (next === decoded) return null;
    const hasNewSeparator = next.split(/[/\\]/).length > decoded.split(/[/\\]/).length;
    if (hasNewSeparator || refuseMalformedKey(next) !== null) {
      return outside(key, 'hides a path in percent signs');
    }
    decoded = next;
  }
  return null;
};

/** On Windows `a:b` is a drive or a hidden stream of a file, not a name. */
export function refuseStreamKey(key: string, platform: NodeJS.Platform = process.platform): AppError | null {
  return platform === 'win32' && key.includes(':') ? outside(key, 'names a drive or a file stream') : null;
}

/**
 * The last line: what the path really is, after every symlink, must lie below the real root. `path.relative` and not a
 * string prefix, because `/data-secret` starts with `/data`.
 */
export function refuseEscape(realRoot: string, realTarget: string, key: string): AppError | null {
  const relative = path.relative(realRoot, realTarget);
  const isInside = relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  return isInside ? null : outside(key, 'leads out of the folder');
}
