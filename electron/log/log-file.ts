import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type LogLevel = 'info' | 'warning' | 'error';
export type LogDetails = Readonly<Record<string, unknown>>;

export interface Log {
  /** Absolute path of the file that is being written. */
  readonly file: string;
  write(level: LogLevel, message: string, details?: LogDetails): void;
}

/** A mail attachment's worth in all: five files of at most 2 MB. */
const LARGEST_FILE_BYTES = 2_000_000;
const KEPT_FILES = 5;
const LONGEST_ENTRY_CHARACTERS = 32_000;

/**
 * One JSON object a line, so that a person can read it and a machine can search it. Written synchronously: the last
 * line before a crash is the one that matters. Logging never fails the caller; a full disk loses lines, not work.
 * The person's home folder is written as `~`, because this file is made to be sent.
 */
export function openLog(folder: string, userHome: string = os.homedir()): Log {
  const file = path.join(folder, 'groundmark.log');
  const numbered = (index: number): string => path.join(folder, `groundmark.${index}.log`);
  let byteSize = sizeOf(file);

  function rotate(): void {
    fs.rmSync(numbered(KEPT_FILES - 1), { force: true });
    for (let index = KEPT_FILES - 2; index >= 1; index -= 1) {
      if (fs.existsSync(numbered(index))) fs.renameSync(numbered(index), numbered(index + 1));
    }
    if (fs.existsSync(file)) fs.renameSync(file, numbered(1));
    byteSize = 0;
  }

  return {
    file,
    write(level, message, details = {}) {
      try {
        const entry = JSON.stringify({ at: new Date().toISOString(), level, message, ...details });
        const line = `${shortened(withoutHome(entry, userHome))}\n`;
        if (byteSize > 0 && byteSize + line.length > LARGEST_FILE_BYTES) rotate();
        fs.mkdirSync(folder, { recursive: true });
        fs.appendFileSync(file, line, 'utf8');
        byteSize += Buffer.byteLength(line);
      } catch {
        // There is nowhere left to report to.
      }
    },
  };
}

function sizeOf(file: string): number {
  try {
    return fs.statSync(file).size;
  } catch {
    return 0;
  }
}

function withoutHome(entry: string, userHome: string): string {
  // A home of `/` or `/root`'s like is too short to tell from other text.
  if (userHome.length < 3) return entry;
  return entry.replaceAll(JSON.stringify(userHome).slice(1, -1), '~');
}

/** A line stays valid JSON when it is cut. */
function shortened(entry: string): string {
  if (entry.length <= LONGEST_ENTRY_CHARACTERS) return entry;
  return JSON.stringify({ cut: entry.slice(0, LONGEST_ENTRY_CHARACTERS) });
}
