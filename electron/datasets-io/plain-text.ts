import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { err, ok, type Result } from '../../shared/result/result';
import { decodedText } from './decode-text';
import { fileError } from './file-error';
import { tooLarge } from './read-bytes';

/** Larger files are read by the thread pool, so that the process is not held up. */
const MAX_BYTES_AT_ONCE = 64 * 1024;

/** After so many small files at once the process listens again, to be cancelled for example. */
const FILES_IN_A_ROW = 64;

let filesInARow = 0;

/**
 * The text of a file that is no link. A small one is read at once: a YOLO dataset has 100,000 of them, and four trips
 * to the thread pool for each cost ten times what reading costs.
 */
export async function readPlainText(
  folder: string,
  relative: string,
  maxBytes: number,
  shownPath = relative,
): Promise<Result<string>> {
  const file = path.join(folder, relative);
  filesInARow += 1;
  if (filesInARow % FILES_IN_A_ROW === 0) await setImmediate();
  try {
    // Not blocking: a pipe in place of a file would hold the process for ever.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const descriptor = openSync(file, flags);
    try {
      const { size } = fstatSync(descriptor);
      if (size > maxBytes) return err(tooLarge(shownPath, size, maxBytes));
      if (size <= MAX_BYTES_AT_ONCE) return ok(decodedText(readFileSync(descriptor)));
    } finally {
      closeSync(descriptor);
    }
    const handle = await open(file, flags);
    try {
      return ok(decodedText(await handle.readFile()));
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    return err(fileError(thrown, shownPath, 'read'));
  }
}
