import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { BackupSummary } from '../../shared/ipc/channels/datasets';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import {
  type BackupHeader,
  type BackupWriter,
  createBackupWriter,
  LONGEST_LINE_CHARACTERS,
  linesOf,
  readBackupHeader,
  verifyBackup,
} from './backup-file';
import { expiredBackups } from './rotation';

const SUFFIX = '.jsonl.gz';

/** Where the backup with this id lies. */
export function backupPath(folder: string, id: string): string {
  return path.join(folder, `${id}${SUFFIX}`);
}

/** `<project>_<time>_<random>`: a plain file name, so an id can never name anything outside the folder. */
const BACKUP_ID = /^[0-9a-f-]{36}_\d{8}T\d{9}Z_[0-9a-f]{8}$/;

/** A page must cross a process boundary at once; it ends at whichever comes first. */
const PAGE_LINES = 2000;
const PAGE_CHARACTERS = 8_000_000;

/** A temporary file this old belongs to a process that is gone. */
const STALE_AFTER_MS = 24 * 60 * 60 * 1000;

type NewBackup = Omit<BackupSummary, 'id' | 'byteSize'>;

/** The rotating backups: whole projects as files of their own, outside the browser's profile. */
export interface BackupStore {
  begin(summary: NewBackup): Promise<Result<{ readonly id: string }>>;
  append(id: string, lines: readonly string[]): Promise<Result<null>>;
  /** Only now does the backup exist; older ones that rotation no longer keeps are removed after it does. */
  finish(id: string): Promise<Result<BackupSummary>>;
  /** Newest first. Files that cannot be read are left out, and left alone. */
  list(): Promise<Result<readonly BackupSummary[]>>;
  /** The first page checks the whole file against its hash, so no line of a damaged backup is ever handed out. */
  read(
    id: string,
    fromLine: number,
  ): Promise<Result<{ readonly lines: string[]; readonly nextLine: number | null }>>;
}

interface OpenBackup {
  readonly writer: BackupWriter;
  readonly temporary: string;
  readonly header: BackupHeader;
}

/** A reader that stands behind the last page, so that reading on does not decompress from the start again. */
interface OpenReader {
  readonly id: string;
  readonly total: number;
  readonly lines: AsyncGenerator<string>;
  nextLine: number;
}

function writeFailed(thrown: unknown): AppError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  const reason =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'the disk is full. Make room on it'
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? 'its folder may not be written to. Give yourself the right to write there'
        : 'its file could not be written. Check the disk';
  return appError(
    'backup.write-failed',
    `The backup was not made: ${reason}. Earlier backups are untouched, and saved work is not affected.`,
    { systemCode: code },
  );
}

function unknownBackup(): AppError {
  return appError('file.not-found', 'This backup is not there any more. Open the list again.');
}

function newId(summary: NewBackup): string {
  const time = summary.madeAt.replace(/[-:.]/g, '').replace(/Z$/, '').slice(0, 18).padEnd(18, '0');
  return `${summary.projectId}_${time}Z_${randomBytes(4).toString('hex')}`;
}

export function createBackupStore(folder: string): BackupStore {
  const open = new Map<string, OpenBackup>();
  let reader: OpenReader | null = null;
  const fileOf = (id: string): string => backupPath(folder, id);

  async function removeStaleParts(): Promise<void> {
    for (const name of await fs.readdir(folder)) {
      if (!name.endsWith('.part')) continue;
      const file = path.join(folder, name);
      const stat = await fs.stat(file).catch(() => null);
      if (stat !== null && Date.now() - stat.mtimeMs > STALE_AFTER_MS) await fs.rm(file, { force: true });
    }
  }

  async function abandon(id: string, backup: OpenBackup): Promise<void> {
    open.delete(id);
    await backup.writer.abandon();
    await fs.rm(backup.temporary, { force: true });
  }

  async function summaries(): Promise<readonly BackupSummary[]> {
    const names = await fs.readdir(folder).catch(() => []);
    const found: BackupSummary[] = [];
    for (const name of names) {
      const id = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : '';
      if (!BACKUP_ID.test(id)) continue;
      const header = await readBackupHeader(fileOf(id));
      const stat = await fs.stat(fileOf(id)).catch(() => null);
      // The name is what finds the file; a header that says otherwise was not written under this name.
      if (!header.ok || stat === null || header.value.summary.id !== id) continue;
      found.push({ ...header.value.summary, byteSize: stat.size });
    }
    return found.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
  }

  async function rotate(projectId: string): Promise<void> {
    const ofProject = (await summaries()).filter((summary) => summary.projectId === projectId);
    for (const id of expiredBackups(ofProject)) await fs.rm(fileOf(id), { force: true });
  }

  async function readerAt(id: string, fromLine: number): Promise<Result<OpenReader>> {
    if (reader !== null && reader.id === id && reader.nextLine === fromLine) return ok(reader);
    await reader?.lines.return(undefined);
    reader = null;
    const verified = await verifyBackup(fileOf(id));
    if (!verified.ok) return verified;
    const lines = linesOf(fileOf(id));
    // The header, then the lines before the page.
    for (let skipped = 0; skipped < Math.min(fromLine, verified.value) + 1; skipped += 1) await lines.next();
    reader = { id, total: verified.value, lines, nextLine: fromLine };
    return ok(reader);
  }

  return {
    async begin(summary) {
      const id = newId(summary);
      // The time comes from the page; what does not make a plain name never reaches the disk.
      if (!BACKUP_ID.test(id)) {
        return err(appError('ipc.bad-arguments', 'The backup was not made: its time is no time.'));
      }
      // A page that reloaded in the middle of a backup has left it open.
      for (const [openId, backup] of open) {
        if (backup.header.summary.projectId === summary.projectId) await abandon(openId, backup);
      }
      const header: BackupHeader = { groundmarkBackup: 1, summary: { ...summary, id } };
      const temporary = `${fileOf(id)}.part`;
      try {
        await fs.mkdir(folder, { recursive: true });
        await removeStaleParts();
        open.set(id, { writer: await createBackupWriter(temporary, header), temporary, header });
        return ok({ id });
      } catch (thrown) {
        await fs.rm(temporary, { force: true }).catch(() => undefined);
        return err(writeFailed(thrown));
      }
    },

    async append(id, lines) {
      const backup = open.get(id);
      if (backup === undefined) return err(unknownBackup());
      const isPlain = lines.every((line) => !line.includes('\n') && line.length <= LONGEST_LINE_CHARACTERS);
      if (!isPlain) {
        await abandon(id, backup);
        return err(
          appError('backup.write-failed', 'The backup was not made: a record does not fit on one line.'),
        );
      }
      try {
        await backup.writer.append(lines);
        return ok(null);
      } catch (thrown) {
        await abandon(id, backup);
        return err(writeFailed(thrown));
      }
    },

    async finish(id) {
      const backup = open.get(id);
      if (backup === undefined) return err(unknownBackup());
      try {
        await backup.writer.finish();
        await fs.rename(backup.temporary, fileOf(id));
        open.delete(id);
        await syncFolder(folder);
        const { size } = await fs.stat(fileOf(id));
        // The new backup is there; an old one that could not be removed is tried again next time.
        await rotate(backup.header.summary.projectId).catch(() => undefined);
        return ok({ ...backup.header.summary, byteSize: size });
      } catch (thrown) {
        await abandon(id, backup);
        return err(writeFailed(thrown));
      }
    },

    list: async () => ok(await summaries()),

    async read(id, fromLine) {
      if (!BACKUP_ID.test(id)) return err(unknownBackup());
      if ((await fs.stat(fileOf(id)).catch(() => null)) === null) return err(unknownBackup());
      const from = await readerAt(id, fromLine);
      if (!from.ok) return from;
      const current = from.value;
      const lines: string[] = [];
      let characters = 0;
      while (current.nextLine < current.total && lines.length < PAGE_LINES && characters < PAGE_CHARACTERS) {
        const { value, done } = await current.lines.next();
        if (done || value === undefined) break;
        lines.push(value);
        characters += value.length;
        current.nextLine += 1;
      }
      const isAtEnd = current.nextLine >= current.total;
      if (isAtEnd) {
        await current.lines.return(undefined);
        reader = null;
      }
      return ok({ lines, nextLine: isAtEnd ? null : current.nextLine });
    },
  };
}

/** Makes the rename itself durable; Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
