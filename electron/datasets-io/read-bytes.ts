import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { fileError } from './file-error';

/** Not blocking: a pipe in place of a file would hold the process for ever. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The bytes of a file, refused with `file.too-large` beyond `maxBytes`. */
export async function readWholeFile(
  file: string,
  maxBytes: number,
  shownPath: string,
): Promise<Result<Uint8Array>> {
  try {
    const handle = await open(file, READ_FLAGS);
    try {
      const { size } = await handle.stat();
      return size > maxBytes ? err(tooLarge(shownPath, size, maxBytes)) : ok(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    return err(fileError(thrown, shownPath, 'read'));
  }
}

/** The bytes from `start` up to but not including `end`, fewer where the file ends. */
export async function readRange(
  file: string,
  start: number,
  end: number,
  shownPath: string,
): Promise<Result<Uint8Array>> {
  try {
    const handle = await open(file, READ_FLAGS);
    try {
      const { size } = await handle.stat();
      const bytes = Buffer.alloc(Math.max(0, Math.min(end, size) - start));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return ok(bytes.subarray(0, filled));
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    return err(fileError(thrown, shownPath, 'read'));
  }
}

export function tooLarge(shownPath: string, size: number, maxBytes: number) {
  return appError(
    'file.too-large',
    `${shownPath} has ${size} bytes; at most ${maxBytes} are read of such a file.`,
    { path: shownPath, byteSize: size },
  );
}
