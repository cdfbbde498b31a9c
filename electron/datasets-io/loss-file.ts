import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetProblem } from '../../shared/formats/format';

/** Lines are written to the disk when this many characters have gathered. */
const FLUSH_AT_CHARS = 256 * 1024;

/** A file with a line of JSON for each loss, which appears when an output does. Memory does not grow with it. */
export interface LossFile {
  add(loss: DatasetProblem): void;
  /** Writes what has gathered; call now and then, since `add` cannot wait. */
  drained(): Promise<void>;
  readonly count: number;
  /** Moves it into place when it has lines. Says whether it did. */
  commit(place: string): Promise<boolean>;
  discard(): Promise<void>;
}

/** @param folder where it lies under a hidden name while it grows. */
export function createLossFile(folder: string): LossFile {
  const partial = path.join(folder, `.losses.${randomUUID()}.partial`);
  let handle: FileHandle | null = null;
  let lines: string[] = [];
  let chars = 0;
  let count = 0;
  const flush = async () => {
    const text = lines.join('');
    lines = [];
    chars = 0;
    if (text === '') return;
    if (handle === null) {
      await mkdir(folder, { recursive: true });
      handle = await open(partial, 'wx');
    }
    await handle.writeFile(text, 'utf8');
  };
  const close = async () => {
    await handle?.close();
    handle = null;
  };
  return {
    get count() {
      return count;
    },
    add({ code, path: where, line, message, severity }) {
      count += 1;
      const text = `${JSON.stringify({ code, path: where, line, message, severity })}\n`;
      lines.push(text);
      chars += text.length;
    },
    async drained() {
      if (chars >= FLUSH_AT_CHARS) await flush();
    },
    async commit(place) {
      if (count === 0) return false;
      await flush();
      await close();
      await rename(partial, place);
      return true;
    },
    async discard() {
      await close();
      await rm(partial, { force: true });
    },
  };
}
