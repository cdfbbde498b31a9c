import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { Sha256 } from '../../shared/schema/ids';
import { sniffFormat } from './probe/signature';

/** Thumbnails on disk by the hash of the picture they show; losing any of them costs only the time to make it again. */
export interface ThumbnailCache {
  /** WebP bytes; null when there is none. */
  get(contentHash: string): Promise<Buffer | null>;
  /** `file.disk-full` or `file.not-writable` when it could not be kept; the app works on without it. */
  put(contentHash: Sha256, bytes: Uint8Array): Promise<Result<null>>;
  /** Bytes that the cache takes, as far as known; for showing. */
  size(): Promise<number>;
}

/** Evicting goes on until this share of the cap is reached, so that it is not done for every picture. */
const SHARE_AFTER_EVICTION = 0.9;

/** A thumbnail that is looked at moves to the back of the eviction order at most this often. */
const TOUCH_AFTER_MS = 24 * 60 * 60 * 1000;

const DEFAULT_CAP_BYTES = 1024 * 1024 * 1024;

/** The cap from GROUNDMARK_THUMBNAIL_CAP_MB, else 1 GB. */
export function thumbnailCapBytes(env: NodeJS.ProcessEnv = process.env): number {
  const megabytes = Number(env.GROUNDMARK_THUMBNAIL_CAP_MB);
  return Number.isFinite(megabytes) && megabytes > 0 ? megabytes * 1024 * 1024 : DEFAULT_CAP_BYTES;
}

/**
 * @param folder made when first needed. Files lie in 256 folders by the first two digits of their hash.
 * @param capBytes least recently used ones go when the sum of their sizes passes it.
 * @param disk how bytes get on the disk; given by tests that need a full one.
 */
export function createThumbnailCache(
  folder: string,
  capBytes: number,
  disk: { readonly write: (file: string, bytes: Uint8Array) => Promise<void> } = { write: fs.writeFile },
): ThumbnailCache {
  // Sizes by hash, least recently used first (a Map keeps the order of insertion). Read from disk once, when first needed.
  let index: Promise<Map<string, number>> | null = null;
  let total = 0;
  let evicting: Promise<void> = Promise.resolve();

  const fileOf = (hash: string): string => path.join(folder, hash.slice(0, 2), `${hash}.webp`);

  function loadIndex(): Promise<Map<string, number>> {
    index ??= readIndex(folder).then((entries) => {
      for (const size of entries.values()) total += size;
      return entries;
    });
    return index;
  }

  async function remember(hash: string, size: number): Promise<void> {
    const entries = await loadIndex();
    total += size - (entries.get(hash) ?? 0);
    entries.delete(hash);
    entries.set(hash, size);
    if (total > capBytes) {
      evicting = evicting.then(() => evict(entries));
      await evicting;
    }
  }

  async function evict(entries: Map<string, number>): Promise<void> {
    for (const [hash, size] of entries) {
      if (total <= capBytes * SHARE_AFTER_EVICTION) return;
      entries.delete(hash);
      total -= size;
      await fs.rm(fileOf(hash), { force: true }).catch(() => undefined);
    }
  }

  return {
    async get(contentHash) {
      if (!Sha256.safeParse(contentHash).success) return null;
      const file = fileOf(contentHash);
      try {
        const bytes = await fs.readFile(file);
        if (sniffFormat(bytes) !== 'webp') return null;
        void touch(file);
        const entries = index === null ? null : await index;
        if (entries?.delete(contentHash)) entries.set(contentHash, bytes.length);
        return bytes;
      } catch {
        return null;
      }
    },

    async put(contentHash, bytes) {
      if (sniffFormat(bytes) !== 'webp') {
        return err(appError('image.unsupported', 'A thumbnail must be WebP; it was not kept.'));
      }
      const file = fileOf(contentHash);
      const temporary = `${file}.${randomUUID()}.tmp`;
      try {
        await fs.mkdir(path.dirname(file), { recursive: true });
        await disk.write(temporary, bytes);
        await fs.rename(temporary, file);
        await remember(contentHash, bytes.length);
        return ok(null);
      } catch (thrown) {
        await fs.rm(temporary, { force: true }).catch(() => undefined);
        return err(notKept(thrown));
      }
    },

    async size() {
      await loadIndex();
      return total;
    },
  };
}

/** Marks a file as used now, for the order of eviction after a restart. */
async function touch(file: string): Promise<void> {
  try {
    const { mtimeMs } = await fs.stat(file);
    const now = new Date();
    if (now.getTime() - mtimeMs > TOUCH_AFTER_MS) await fs.utimes(file, now, now);
  } catch {
    // Evicted meanwhile.
  }
}

async function readIndex(folder: string): Promise<Map<string, number>> {
  const found: { readonly hash: string; readonly size: number; readonly usedAt: number }[] = [];
  for (const part of await namesIn(folder)) {
    for (const name of await namesIn(path.join(folder, part))) {
      const file = path.join(folder, part, name);
      if (!/^[0-9a-f]{64}\.webp$/.test(name)) {
        // Left by a crash in the middle of writing.
        if (name.endsWith('.tmp')) await fs.rm(file, { force: true }).catch(() => undefined);
        continue;
      }
      const stats = await fs.stat(file).catch(() => null);
      if (stats !== null) found.push({ hash: name.slice(0, 64), size: stats.size, usedAt: stats.mtimeMs });
    }
  }
  found.sort((a, b) => a.usedAt - b.usedAt);
  return new Map(found.map(({ hash, size }) => [hash, size]));
}

function namesIn(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch(() => []);
}

function notKept(thrown: unknown): AppError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? appError(
        'file.disk-full',
        'The disk is full, so thumbnails are not kept and will be made again each time. Your labels are not affected ' +
          'by this; make room on the disk that holds your user profile.',
      )
    : appError(
        'file.not-writable',
        'Thumbnails cannot be kept in your user profile and will be made again each time. Check its permissions.',
        { reason: code },
      );
}
