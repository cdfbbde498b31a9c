import fs from 'node:fs/promises';
import path from 'node:path';
import type { GrantTarget } from '../grants/grant-store';
import type { SourceMissing } from './media-requests';

/** Files asked for at a time; a far-away disk answers them together. */
const CONCURRENCY = 16;

/**
 * Which files of a source are gone. When the source's own folder is gone it is unavailable (a disk that is not plugged
 * in) and nothing is called missing.
 */
export async function findMissing(target: GrantTarget, keys: readonly string[]): Promise<SourceMissing> {
  if (target.kind === 'folder' && !(await exists(target.root)))
    return { isAvailable: false, missingKeys: [] };
  const isThere = new Array<boolean>(keys.length);
  const rest = keys.entries();
  async function work(): Promise<void> {
    for (const [index, key] of rest) isThere[index] = await exists(pathOf(target, key));
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return { isAvailable: true, missingKeys: keys.filter((_, index) => isThere[index] !== true) };
}

function pathOf(target: GrantTarget, key: string): string | null {
  if (target.kind === 'folder') return path.join(target.root, key);
  return Object.hasOwn(target.files, key) ? (target.files[key] ?? null) : null;
}

async function exists(file: string | null): Promise<boolean> {
  if (file === null) return false;
  try {
    await fs.access(file);
    return true;
  } catch {
    return false;
  }
}
