import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Sha256 } from '../../shared/schema/ids';

/** Makes a file's or folder's content outlive a power cut. Windows cannot fsync folders and does not need it. */
export async function fsyncPath(target: string): Promise<void> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(target, 'r');
  } catch (thrown) {
    if (process.platform === 'win32') return;
    throw thrown;
  }
  try {
    await handle.sync();
  } catch (thrown) {
    if (process.platform !== 'win32') throw thrown;
  } finally {
    await handle.close();
  }
}

/** A file that is there whole or not at all, also after a power cut: temporary file, fsync, rename, fsync of the folder. */
export async function writeFileDurably(target: string, text: string): Promise<void> {
  const temporary = `${target}.${randomUUID()}.partial`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(text, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
  await fsyncPath(path.dirname(target));
}

/** Moves a finished folder to its place in one step that survives a power cut. Both must be on one file system. */
export async function renameDurably(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from)) await fsyncPath(path.join(from, entry));
  await fsyncPath(from);
  await mkdir(path.dirname(to), { recursive: true });
  await rename(from, to);
  await fsyncPath(path.dirname(to));
}

/** SHA-256 and size in bytes of a file, read in chunks. */
export async function hashFile(
  target: string,
  signal?: AbortSignal,
): Promise<{ readonly sha256: Sha256; readonly byteSize: number }> {
  const hash = createHash('sha256');
  let byteSize = 0;
  await pipeline(
    createReadStream(target, { highWaterMark: 1 << 20 }),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        byteSize += chunk.length;
        hash.update(chunk);
      }
    },
    { ...(signal === undefined ? {} : { signal }) },
  );
  return { sha256: hash.digest('hex') as Sha256, byteSize };
}
