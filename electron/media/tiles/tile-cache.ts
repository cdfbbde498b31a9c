import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Size } from '../../../shared/geometry/rect';

/** What is kept beside the tiles of a picture; written last, so that it is there only with all of them. */
export interface StoredPyramid {
  readonly size: Size;
  readonly damagedFromRow: number | null;
  /** The file that the tiles were made from, as it was then: another one needs other tiles. */
  readonly file: FileMark;
}

export interface FileMark {
  readonly bytes: number;
  readonly modifiedAtMs: number;
}

/** Tiles on disk, a folder a picture, by the hash of its content; losing any costs only the time to make them again. */
export interface TileCache {
  /** The folder of a picture's tiles and what is known of them; null when they are not all there. */
  find(contentHash: string): Promise<{ readonly folder: string; readonly stored: StoredPyramid } | null>;
  /** The overview of a picture whose tiles are there. */
  overview(folder: string): Promise<Buffer | null>;
  /** Makes room and an empty folder to build in; null when the disk has less than `bytes` to spare. */
  begin(contentHash: string, bytes: number): Promise<string | null>;
  /** Makes what was built findable, in one step; nothing moves, so tiles can be read meanwhile. */
  finish(folder: string, stored: StoredPyramid, overview: Uint8Array): Promise<void>;
  discard(folder: string): Promise<void>;
}

const DEFAULT_CAP_BYTES = 8 * 1024 ** 3;

/** Left free on the disk: filling it would stop the saving of labels. */
const SPARE_BYTES = 2 * 1024 ** 3;

const STORED_FILE = 'pyramid.json';
const OVERVIEW_FILE = 'overview.jpg';

/** The cap from GROUNDMARK_TILE_CAP_MB, else 8 GB: seven pictures of 280 MP. */
export function tileCapBytes(env: NodeJS.ProcessEnv = process.env): number {
  const megabytes = Number(env.GROUNDMARK_TILE_CAP_MB);
  return Number.isFinite(megabytes) && megabytes > 0 ? megabytes * 1024 * 1024 : DEFAULT_CAP_BYTES;
}

/**
 * @param root made when first needed.
 * @param capBytes pictures that were not opened for longest go when room is made. The one being built stays whatever
 * its size, so that every picture can be shown.
 */
export function createTileCache(root: string, capBytes: number): TileCache {
  let cleaning: Promise<void> | null = null;

  /** What a crash left half built, once a start. */
  function clean(): Promise<void> {
    cleaning ??= namesIn(root).then(async (names) => {
      for (const name of names) {
        const folder = path.join(root, name);
        if (!(await fs.stat(path.join(folder, STORED_FILE)).catch(() => null))) await remove(folder);
      }
    });
    return cleaning;
  }

  async function evictTo(limit: number): Promise<void> {
    const pictures: { readonly folder: string; readonly bytes: number; readonly usedAt: number }[] = [];
    for (const name of await namesIn(root)) {
      const folder = path.join(root, name);
      const marker = await fs.stat(path.join(folder, STORED_FILE)).catch(() => null);
      // One without is being built, or being given up.
      if (marker !== null) pictures.push({ folder, bytes: await bytesIn(folder), usedAt: marker.mtimeMs });
    }
    let total = pictures.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { folder, bytes } of pictures.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= limit) return;
      await remove(folder);
      total -= bytes;
    }
  }

  async function foldersOf(contentHash: string): Promise<readonly string[]> {
    const names = await namesIn(root);
    return names.filter((name) => name.startsWith(`${contentHash}-`)).map((name) => path.join(root, name));
  }

  return {
    async find(contentHash) {
      for (const folder of await foldersOf(contentHash)) {
        const marker = path.join(folder, STORED_FILE);
        const stored = await fs.readFile(marker, 'utf8').then(parseStored, () => null);
        if (stored === null) continue;
        const now = new Date();
        await fs.utimes(marker, now, now).catch(() => undefined);
        return { folder, stored };
      }
      return null;
    },

    overview: (folder) => fs.readFile(path.join(folder, OVERVIEW_FILE)).catch(() => null),

    async begin(contentHash, bytes) {
      await clean();
      await evictTo(Math.max(0, capBytes - bytes));
      await fs.mkdir(root, { recursive: true });
      const disk = await fs.statfs(root);
      if (disk.bavail * disk.bsize < bytes + SPARE_BYTES) return null;
      // A name of its own: an earlier build of the same picture may still be giving up.
      const folder = path.join(root, `${contentHash}-${randomUUID()}`);
      await fs.mkdir(folder);
      return folder;
    },

    async finish(folder, stored, overview) {
      await fs.writeFile(path.join(folder, OVERVIEW_FILE), overview);
      const marker = path.join(folder, STORED_FILE);
      await fs.writeFile(`${marker}.tmp`, JSON.stringify(stored));
      await fs.rename(`${marker}.tmp`, marker);
    },

    discard: remove,
  };
}

function parseStored(text: string): StoredPyramid | null {
  let value: Partial<StoredPyramid> | null;
  try {
    value = JSON.parse(text) as Partial<StoredPyramid> | null;
  } catch {
    return null;
  }
  const isWhole =
    Number.isInteger(value?.size?.width) &&
    Number.isInteger(value?.size?.height) &&
    typeof value?.file?.bytes === 'number' &&
    typeof value.file.modifiedAtMs === 'number' &&
    (value.damagedFromRow === null || Number.isInteger(value.damagedFromRow));
  return isWhole ? (value as StoredPyramid) : null;
}

async function bytesIn(folder: string): Promise<number> {
  let total = 0;
  for (const name of await namesIn(folder)) {
    total += (await fs.stat(path.join(folder, name)).catch(() => null))?.size ?? 0;
  }
  return total;
}

function namesIn(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch(() => []);
}

async function remove(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true }).catch(() => undefined);
}
