import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { WHOLE_FILE_BYTES } from '../limits';
import { bytesInMemory, bytesOnDisk } from '../probe/byte-source';
import { SIGNATURE_BYTES, sniffFormat } from '../probe/signature';
import { type Examined, examineFile } from './examine-file';
import { extensionOf, formatOfExtension } from './file-extension';
import { fileFault } from './file-fault';

/** Never blocks on a pipe that took a file's place, and never follows a link that did. */
const OPEN_FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOFOLLOW ?? 0);

/** Bytes hashed at a time in large files. */
const HASH_STEP = 1024 * 1024;

export interface FileReader {
  /**
   * Reads and examines at once, on this thread; null when the file is too large for that and `readInSteps` must be
   * used. For small files on a local disk this is three times as fast as asynchronous calls, whose hand-over to other
   * threads costs more than the reading.
   */
  readAtOnce(key: string, path: string): Examined | null;
  /** The same for large files and slow disks; several may be under way. */
  readInSteps(key: string, path: string): Promise<Examined>;
}

export function createFileReader(): FileReader {
  // One buffer for all files: allocating and clearing memory a file costs as much as hashing it.
  const whole = Buffer.allocUnsafeSlow(WHOLE_FILE_BYTES);

  return {
    readAtOnce(key, path) {
      let descriptor: number;
      try {
        descriptor = fs.openSync(path, OPEN_FLAGS);
      } catch (thrown) {
        return unreadable(key, thrown);
      }
      try {
        return examineOpenFile(key, descriptor, whole);
      } catch (thrown) {
        return unreadable(key, thrown);
      } finally {
        fs.closeSync(descriptor);
      }
    },

    async readInSteps(key, path) {
      let handle: fs.promises.FileHandle;
      try {
        handle = await fs.promises.open(path, OPEN_FLAGS);
      } catch (thrown) {
        return unreadable(key, thrown);
      }
      try {
        const stats = await handle.stat();
        if (!stats.isFile()) return unreadable(key, null);
        const hash = createHash('sha256');
        const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(stats.size, HASH_STEP)));
        const head = await handle.read(buffer, 0, Math.min(stats.size, SIGNATURE_BYTES), 0);
        const isPicture = sniffFormat(buffer.subarray(0, head.bytesRead)) !== null;
        for (let at = 0; isPicture; ) {
          const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
          if (bytesRead === 0) break;
          hash.update(buffer.subarray(0, bytesRead));
          at += bytesRead;
        }
        return examineFile({
          key,
          // What the probes look at was just read, so these reads come from the system's cache.
          bytes: bytesOnDisk(handle.fd, stats.size),
          modifiedAtMs: stats.mtimeMs,
          hash: () => hash.digest('hex'),
        });
      } catch (thrown) {
        return unreadable(key, thrown);
      } finally {
        await handle.close();
      }
    },
  };
}

function unreadable(key: string, thrown: unknown): Examined {
  return { image: null, problem: { key, ...fileFault(thrown, 'file') } };
}

function examineOpenFile(key: string, descriptor: number, whole: Buffer): Examined | null {
  const stats = fs.fstatSync(descriptor);
  if (!stats.isFile()) return unreadable(key, null);
  const { size } = stats;
  if (size > WHOLE_FILE_BYTES) return null;
  // Label files and the like are known by their first bytes; only pictures are read to their end.
  const isExpected = formatOfExtension(extensionOf(key)) !== null;
  let count = readFully(descriptor, whole, 0, isExpected ? size : Math.min(size, SIGNATURE_BYTES));
  if (count < size && sniffFormat(whole.subarray(0, count)) !== null) {
    count = readFully(descriptor, whole, count, size);
  }
  const content = whole.subarray(0, count);
  return examineFile({
    key,
    bytes: bytesInMemory(content),
    modifiedAtMs: stats.mtimeMs,
    hash: () => createHash('sha256').update(content).digest('hex'),
  });
}

/** Fills `buffer` from `from` to `to` as far as the file goes; returns how much of the buffer is filled. */
function readFully(descriptor: number, buffer: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const count = fs.readSync(descriptor, buffer, at, to - at, at);
    if (count === 0) break;
    at += count;
  }
  return at;
}
