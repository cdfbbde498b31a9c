import { RelativeKey } from '../schema/ids';

/**
 * A file name found in a dataset as the key of an image: POSIX, relative, inside its folder. Null when no such key can
 * be made of it (absolute on another machine, or climbing out), so that nothing hostile travels further.
 */
export function keyFromFileName(fileName: string): string | null {
  let key = fileName.includes('\\') ? fileName.replaceAll('\\', '/') : fileName;
  while (key.startsWith('./')) key = key.slice(2);
  return isSafeKey(key) ? key : null;
}

// Same rule as RelativeKey for the common case, without the cost of a schema for each of a million names.
const PLAIN_KEY = /^(?!\.{1,2}(?:\/|$))[\w.@+ -]+(?:\/(?!\.{1,2}(?:\/|$))[\w.@+ -]+)*$/;

function isSafeKey(key: string): boolean {
  return (key.length <= 4096 && PLAIN_KEY.test(key)) || RelativeKey.safeParse(key).success;
}
