import { closeSync, constants, openSync, readSync } from 'node:fs';
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

/** Small files come into this one, with a byte to tell that a file is no small one. */
const buffer = Buffer.allocUnsafeSlow(MAX_BYTES_AT_ONCE + 1);

/** Not blocking: a pipe in place of a file would hold the process for ever. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

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
  // Not normalised: a relative path of ours has nothing to normalise, and this is done for each file.
  const file = `${folder}${path.sep}${relative}`;
  filesInARow += 1;
  if (filesInARow % FILES_IN_A_ROW === 0) await setImmediate();
  try {
    const length = readSmallFile(file);
    if (length <= Math.min(maxBytes, MAX_BYTES_AT_ONCE)) return ok(decodedText(buffer.subarray(0, length)));
    const handle = await open(file, FLAGS);
    try {
      const { size } = await handle.stat();
      return size > maxBytes
        ? err(tooLarge(shownPath, size, maxBytes))
        : ok(decodedText(await handle.readFile()));
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    return err(fileError(thrown, shownPath, 'read'));
  }
}

/** Fills the buffer with a file; its length, or one more than fits when the file is longer. */
function readSmallFile(file: string): number {
  const descriptor = openSync(file, FLAGS);
  try {
    let length = 0;
    while (length < buffer.length) {
      const bytesRead = readSync(descriptor, buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return length;
  } finally {
    closeSync(descriptor);
  }
}
