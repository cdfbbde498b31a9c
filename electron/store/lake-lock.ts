import { randomUUID } from 'node:crypto';
import { link, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { appError } from '../../shared/result/app-error';
import { err, type Result } from '../../shared/result/result';
import type { LakePaths } from './lake-paths';
import { storageError } from './storage-error';

const RETRY_EVERY_MS = 50;

// The system's file locks belong to a process, not to a handle, so holders within one process queue here.
const queueByLock = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while no other process changes this lake; `lake.busy` when the lock is not had within `patienceMs`.
 *
 * The lock is the one that DuckDB takes on a database file opened for writing: the operating system drops it when the
 * process dies in whatever way, so there are no stale locks to guess about. No other code may open that file:
 * closing any handle to it would drop the lock (POSIX).
 */
export async function withLakeLock<T>(
  paths: LakePaths,
  patienceMs: number,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const before = queueByLock.get(paths.lock) ?? Promise.resolve();
  const turn = before.then(() => lockAndRun(paths, patienceMs, work));
  const settled = turn.catch(() => undefined);
  queueByLock.set(paths.lock, settled);
  void settled.then(() => {
    if (queueByLock.get(paths.lock) === settled) queueByLock.delete(paths.lock);
  });
  return turn;
}

async function lockAndRun<T>(
  paths: LakePaths,
  patienceMs: number,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const deadline = performance.now() + patienceMs;
  let lock: DuckDBInstance | null = null;
  while (lock === null) {
    try {
      await ensureLockFile(paths.lock);
      lock = await DuckDBInstance.create(paths.lock, { threads: '1', memory_limit: '64MB' });
    } catch (thrown) {
      if (!isHeldElsewhere(thrown)) return err(storageError(thrown, 'locking the lake', 'lake.write-failed'));
      if (performance.now() >= deadline) {
        return err(
          appError(
            'lake.busy',
            'Another Groundmark (a second window, or the command line) is writing to the lake. Wait until it is done, then try again.',
          ),
        );
      }
      await sleep(RETRY_EVERY_MS);
    }
  }
  try {
    return await work();
  } finally {
    lock.closeSync();
  }
}

/** Made aside and linked into place, so that a process killed here leaves no half-made lock file. */
async function ensureLockFile(lockFile: string): Promise<void> {
  await mkdir(path.dirname(lockFile), { recursive: true });
  const draft = `${lockFile}.${randomUUID()}.partial`;
  if (await exists(lockFile)) return;
  try {
    (await DuckDBInstance.create(draft, { threads: '1' })).closeSync();
    await link(draft, lockFile);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    // File systems without hard links (exFAT): a rename, which two first starts at the same instant might both do.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') await rename(draft, lockFile);
    // Another process was faster; its file is as good.
    else if (code !== 'EEXIST') throw thrown;
  } finally {
    await rm(draft, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  // Not by opening it: see withLakeLock.
  return stat(file).then(
    () => true,
    () => false,
  );
}

function isHeldElsewhere(thrown: unknown): boolean {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return /could not set lock|conflicting lock|being used by another process|file is already open/i.test(text);
}
