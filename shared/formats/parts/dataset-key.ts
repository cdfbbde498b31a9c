import { RelativeKey } from '../../schema/ids';
import { decoded, isPicturePath } from './picture-index';

/** An image's key as a dataset's file gave it. */
export interface DatasetKey {
  /** POSIX, relative, inside its folder. */
  readonly key: string;
  /** True when the file named a place on another machine or the web, of which only the path is kept. */
  readonly isForeign: boolean;
}

/**
 * A file name found in a dataset as the key of an image: POSIX, relative, inside its folder. An absolute path, a path
 * that begins with `..`, or an address (`https:`, `s3:`, Label Studio's `/data/local-files/?d=`) loses what says where
 * it was and keeps the rest, by which its picture is found again. Null when no such key can be made of it (climbing out
 * in its middle, or foreign and no picture), so that nothing hostile travels further.
 */
export function keyFromFileName(fileName: string): DatasetKey | null {
  let key = fileName.includes('\\') ? fileName.replaceAll('\\', '/') : fileName;
  while (key.startsWith('./')) key = key.slice(2);
  const isAddress = URL_SCHEME.test(key) || DRIVE.test(key);
  return isAddress || !isSafeKey(key) ? foreignKey(key) : { key, isForeign: false };
}

const DRIVE = /^[a-z]:(?=\/)/i;
const URL_SCHEME = /^[a-z][a-z0-9+.-]+:\/\/?/i;

function foreignKey(name: string): DatasetKey | null {
  let rest = name;
  const local = /\/data\/local-files\/?\?d=([^&]+)/.exec(name);
  if (local !== null) rest = decoded(local[1] ?? '');
  else if (URL_SCHEME.test(name)) rest = decoded(name.replace(URL_SCHEME, '').replace(/[?#].*$/s, ''));
  const key = rest
    .replace(DRIVE, '')
    .replace(/^(?:\.{0,2}\/)+/, '')
    .replace(/\/{2,}/g, '/');
  return isPicturePath(key) && isSafeKey(key) ? { key, isForeign: true } : null;
}

// Same rule as RelativeKey for the common case, without the cost of a schema for each of a million names.
const PLAIN_KEY = /^(?!\.{1,2}(?:\/|$))[\w.@+ -]+(?:\/(?!\.{1,2}(?:\/|$))[\w.@+ -]+)*$/;

function isSafeKey(key: string): boolean {
  return (key.length <= 4096 && PLAIN_KEY.test(key)) || RelativeKey.safeParse(key).success;
}
