import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { LARGEST_MANIFEST_BYTES, MANIFEST_ENTRY } from '../../shared/formats/gmk/bundle-entries';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { BackupHeader, BackupTrailer, linesOf as backupLines } from '../backups/backup-file';
import { backupPath, createBackupStore } from '../backups/backup-store';
import { linesOf as bundleLines, parsedManifest } from '../bundles/bundle-reader';
import { openDatasetZip } from '../datasets-io/zip/open-dataset-zip';

/** A whole project in a file, as it is: nothing of it is believed before it was read. */
export interface ProjectFile {
  readonly kind: 'bundle' | 'backup';
  readonly name: string;
  /** The moment that it speaks of: of a backup by its header, of a bundle by the file's time. */
  readonly madeAt: string;
  /**
   * The project's lines (`shared/schema/project-lines.ts`), unparsed. The generator gives back what is wrong with the
   * file as a whole, in words, or null. Throws what reading throws.
   */
  lines(): AsyncGenerator<string, string | null>;
}

const ZIP_START = Buffer.from('PK');
const GZIP_START = Buffer.from([0x1f, 0x8b]);

/** Errors: `file.not-readable`, `format.malformed`, `bundle.damaged`, `bundle.newer-version`, `backup.damaged`. */
export async function openProjectFile(file: string): Promise<Result<ProjectFile>> {
  let start: Buffer;
  let changedAt: string;
  try {
    const handle = await open(file, 'r');
    try {
      start = (await handle.read(Buffer.alloc(2), 0, 2, 0)).buffer;
      changedAt = (await handle.stat()).mtime.toISOString();
    } finally {
      await handle.close();
    }
  } catch {
    return err(
      appError(
        'file.not-readable',
        `${file} cannot be read. Check that it is a file and that you may read it.`,
      ),
    );
  }
  if (start.equals(ZIP_START)) return openBundle(file, changedAt);
  if (start.equals(GZIP_START)) return openBackup(file);
  return err(
    appError(
      'format.malformed',
      `${path.basename(file)} is neither a bundle (.gmk) nor a backup of Groundmark.`,
    ),
  );
}

/** The newest backup of a project in a data home, found by its id or its name. Error: `audit.not-found`. */
export async function newestBackup(folder: string, project: string): Promise<Result<string>> {
  const listed = await createBackupStore(folder).list();
  if (!listed.ok) return listed;
  const wanted = project.trim().toLowerCase();
  const found = listed.value.filter(
    ({ projectId, projectName }) => projectId === wanted || projectName.toLowerCase() === wanted,
  );
  const [newest] = found;
  if (newest === undefined) {
    const names = [...new Set(listed.value.map(({ projectName }) => projectName))];
    const known = names.length === 0 ? 'none is there' : `there are ${names.slice(0, 10).join(', ')}`;
    return err(
      appError(
        'audit.not-found',
        `There is no file ${project}, and no backup of a project of this name or id in ${folder} (${known}). Make a backup in the app, or save the project as a bundle.`,
      ),
    );
  }
  const ids = [...new Set(found.map(({ projectId }) => projectId))];
  if (ids.length > 1) {
    return err(
      appError(
        'audit.not-found',
        `${ids.length} projects are called ${project}; give the id of one: ${ids.join(', ')}.`,
        { ids },
      ),
    );
  }
  return ok(backupPath(folder, newest.id));
}

export async function isFile(file: string): Promise<boolean> {
  const status = await stat(file).catch(() => null);
  return status?.isFile() === true;
}

async function openBundle(file: string, madeAt: string): Promise<Result<ProjectFile>> {
  const name = path.basename(file);
  const opened = await openDatasetZip(file, { shownPath: name });
  if (!opened.ok) return opened;
  const folder = opened.value;
  const text = await folder.readText(MANIFEST_ENTRY, LARGEST_MANIFEST_BYTES);
  if (!text.ok)
    return err(appError('bundle.damaged', `${name} is no bundle: ${MANIFEST_ENTRY} is not in it.`));
  const manifest = parsedManifest(text.value);
  if (!manifest.ok) return manifest;
  return ok({
    kind: 'bundle',
    name,
    madeAt,
    async *lines() {
      const hash = createHash('sha256');
      let count = 0;
      for await (const line of bundleLines(folder)) {
        hash.update(`${line}\n`, 'utf8');
        count += 1;
        yield line;
      }
      return wholeReason(manifest.value, count, hash.digest('hex'));
    },
  });
}

async function openBackup(file: string): Promise<Result<ProjectFile>> {
  const header = await firstLine(file);
  const parsed = BackupHeader.safeParse(header);
  if (!parsed.success) return err(notABackup(header));
  return ok({
    kind: 'backup',
    name: path.basename(file),
    madeAt: parsed.data.summary.madeAt,
    async *lines() {
      const hash = createHash('sha256');
      let previous: string | null = null;
      let count = 0;
      for await (const line of backupLines(file)) {
        if (previous !== null) {
          hash.update(`${previous}\n`, 'utf8');
          // The first line is the backup's own header.
          if (count > 1) yield previous;
        }
        previous = line;
        count += 1;
      }
      const trailer = BackupTrailer.safeParse(parsedJson(previous ?? 'null'));
      if (!trailer.success) {
        if (previous !== null && count > 1) yield previous;
        return 'its end is missing';
      }
      return wholeReason(trailer.data.groundmarkBackupEnd, count - 2, hash.digest('hex'));
    },
  });
}

function wholeReason(
  said: { readonly lines: number; readonly sha256: string },
  lines: number,
  sha256: string,
): string | null {
  if (said.lines !== lines) return `it has ${lines} of its ${said.lines} lines`;
  return said.sha256 === sha256 ? null : 'its content is not what was written';
}

async function firstLine(file: string): Promise<unknown> {
  try {
    for await (const line of backupLines(file)) return parsedJson(line);
  } catch {
    // What cannot be unpacked is no backup either.
  }
  return null;
}

function notABackup(header: unknown) {
  const version =
    typeof header === 'object' && header !== null && 'groundmarkBackup' in header
      ? header.groundmarkBackup
      : null;
  return typeof version === 'number' && version > 1
    ? appError(
        'bundle.newer-version',
        'This backup was made by a newer Groundmark. Update the app, then read it again.',
        { version },
      )
    : appError('backup.damaged', 'This is no backup that can be read: its beginning is damaged.');
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
