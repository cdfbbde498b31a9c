import fs from 'node:fs';
import path from 'node:path';
import type { Log } from '../log/log-file';
import { readLog, writeLog } from './leveldb-log';

/** Where Chromium keeps the databases that hold a person's work and preferences, below the profile. */
const STORES = ['IndexedDB', path.join('Local Storage')];

/** A log is at most a few MB (LevelDB begins a new one then); something larger is not one that we understand. */
const LARGEST_LOG_BYTES = 64_000_000;

/**
 * Cuts the half-written last record off Chromium's database logs. Must run before the first page is loaded and while
 * this process alone holds the profile.
 *
 * Why: a process that is killed (or loses power) while it writes leaves such a record. Chromium reads past it at the
 * next start, but goes on writing behind it, and at the start after that it takes the file for corrupt and throws the
 * whole database away: seen in real Electron 25 after SIGKILL, one time in about a hundred. What is cut off was never
 * acknowledged, for `strict` transactions report success after the whole record is on disk.
 * Guarded by test/e2e/nothing-lost/torn-log.spec.ts.
 */
export function mendTornLogs(profile: string, log: Log): void {
  for (const folder of STORES.flatMap((store) => databaseFolders(path.join(profile, store)))) {
    for (const name of namesIn(folder)) {
      const isLog = /^\d+\.log$/.test(name);
      if (!isLog && !/^MANIFEST-\d+$/.test(name)) continue;
      try {
        mend(path.join(folder, name), isLog, log);
      } catch (error) {
        // The database is then as it was, and Chromium decides; the backups stand outside of it.
        log.write('error', 'A database log could not be checked.', { name, reason: String(error) });
      }
    }
  }
}

function mend(file: string, isLog: boolean, log: Log): void {
  if (fs.statSync(file).size > LARGEST_LOG_BYTES) return;
  const bytes = fs.readFileSync(file);
  const { records, soundLength, state } = readLog(bytes);
  if (state === 'sound') return;
  const details = { file: path.basename(file), bytes: bytes.length, soundBytes: soundLength };
  if (state === 'torn') {
    cutTo(file, soundLength);
    log.write('warning', 'A half-written record was cut off a database log.', details);
    return;
  }
  // A manifest with a hole names files that may not be there; only Chromium can judge that.
  if (!isLog) return;
  fs.copyFileSync(file, `${file}.damaged-${Date.now()}`);
  replaceFile(file, writeLog(records));
  log.write('warning', 'A damaged database log was written anew from its whole records.', details);
}

function cutTo(file: string, length: number): void {
  const handle = fs.openSync(file, 'r+');
  try {
    fs.ftruncateSync(handle, length);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function replaceFile(file: string, bytes: Uint8Array): void {
  const temporary = `${file}.mending`;
  const handle = fs.openSync(temporary, 'w', 0o600);
  try {
    fs.writeSync(handle, bytes);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(temporary, file);
}

function databaseFolders(store: string): string[] {
  return namesIn(store)
    .filter((name) => name.endsWith('leveldb'))
    .map((name) => path.join(store, name));
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    // Not there before the first start.
    return [];
  }
}
