import Dexie from 'dexie';
import { appError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { ProjectLine } from '../../shared/schema/project-lines';
import type { Bridge } from '../bridge/bridge';
import { readSet } from './annotation-store';
import type { PersistenceContext } from './context';
import { guarded, Refusal } from './database-error';
import { imageTables, readImages, withImages } from './image-rows';
import { imagesOfImport } from './imported-lines';
import { requireHead, requireLine } from './journal-lines';
import type { BackupRepository } from './ports';
import { projectOf, requireProject } from './project-face';
import { replayImage } from './rebuild-from-journal';
import { imageRecordOf, type StoredImage } from './stored-records';

const IMAGES_PER_READ = 200;
const CHANGES_PER_READ = 50;
/** A message to main is sent when it holds this much, so that neither side ever holds a large backup in memory. */
const CHARS_PER_MESSAGE = 1_000_000;
const MOST_LINES_PER_MESSAGE = 5000;

/**
 * Streams a project to a backup. Edits may go on meanwhile: what they touched is sent once more at the end, until one
 * transaction finds nothing new, so that the backup is the project as it was at that moment.
 */
export async function writeBackup(
  context: PersistenceContext,
  bridge: Bridge,
  projectId: ProjectId,
  reason: Parameters<BackupRepository['backup']>[1],
): Promise<Result<{ readonly id: string }>> {
  const { db } = context;
  return guarded(db, 'making a backup', async () => {
    const start = await db.transaction('r', [db.projects, db.heads], async () => {
      const head = requireHead(await db.heads.get(projectId));
      return { head, project: projectOf(await requireProject(db, projectId), head) };
    });
    const { id } = required(
      await bridge.invoke('backup.begin', {
        summary: {
          projectId,
          projectName: start.project.name,
          madeAt: context.now(),
          images: start.head.counts.images,
          annotations: start.head.counts.annotations,
          reason,
        },
      }),
    );
    const sink = lineSink(bridge, id);
    await sink.write({ kind: 'header', formatVersion: 1, projectId, projectName: start.project.name });

    let images = 0;
    let changes = 0;
    for (;;) {
      const page = await readPage(context, projectId, images, changes, start.head.seq);
      for (const line of page.lines) await sink.write(line);
      images = page.images;
      changes = page.changes;
      if (page.end !== null) {
        await sink.write(page.end.line);
        await sink.flush();
        required(await bridge.invoke('backup.finish', { id }));
        await db.backupMarks.put({ projectId, stamp: page.end.stamp });
        return { id };
      }
    }
  });
}

interface BackupPage {
  readonly lines: readonly ProjectLine[];
  readonly images: number;
  readonly changes: number;
  readonly end: { readonly line: ProjectLine; readonly stamp: number } | null;
}

/** The next lines in one read transaction: images first, then the journal, then the end once both are complete. */
async function readPage(
  context: PersistenceContext,
  projectId: ProjectId,
  images: number,
  changes: number,
  seqAtStart: number,
): Promise<BackupPage> {
  const { db } = context;
  return db.transaction('r', [db.projects, ...imageTables(db)], async () => {
    const rows = await readImages(db, projectId, images, images + IMAGES_PER_READ);
    if (rows.length > 0) {
      const lines = await Promise.all(rows.map((row) => imageLine(context, row)));
      return { lines, images: images + rows.length, changes, end: null };
    }
    const stored = await db.changes
      .where('[projectId+seq]')
      .between([projectId, changes + 1], [projectId, Dexie.maxKey])
      .limit(CHANGES_PER_READ)
      .toArray();
    const records = stored.map(requireLine);
    const lines: ProjectLine[] = records.map((change) => ({ kind: 'change', change }));
    // Images that were sent before a later edit are sent again as they are now.
    const touched = new Set<ImageId>();
    for (const record of records) {
      if (record.seq <= seqAtStart) continue;
      if (record.imageId !== null) touched.add(record.imageId);
      for (const id of imagesOfImport(record.body)) touched.add(id);
    }
    const again = await withImages(db, [...touched], (id) => id);
    lines.push(...(await Promise.all(again.map(({ image }) => imageLine(context, image)))));
    const seq = changes + records.length;
    if (records.length === CHANGES_PER_READ) return { lines, images, changes: seq, end: null };
    const head = requireHead(await db.heads.get(projectId));
    const project = await requireProject(db, projectId);
    const line: ProjectLine = {
      kind: 'end',
      project,
      counts: head.counts,
      head: { seq: head.seq, hash: head.hash },
    };
    return { lines, images, changes: seq, end: { line, stamp: head.stamp } };
  });
}

async function imageLine(context: PersistenceContext, row: StoredImage): Promise<ProjectLine> {
  const base = { kind: 'image' as const, image: imageRecordOf(row), revision: row.revision };
  if (row.revision === 0) return { ...base, set: null };
  const read = await readSet(context.db, row);
  if (read.ok) {
    return { ...base, set: { annotations: [...read.value.annotations], status: read.value.status } };
  }
  // One damaged record must not keep all the others out of the backup: the journal holds the same labels.
  const document = await replayImage(context.db, row.id);
  return {
    ...base,
    set: { annotations: [...document.annotations.values()], status: document.status },
  };
}

function lineSink(bridge: Bridge, id: string) {
  let lines: string[] = [];
  let chars = 0;
  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    const batch = lines;
    lines = [];
    chars = 0;
    required(await bridge.invoke('backup.append', { id, lines: batch }));
  };
  return {
    flush,
    async write(line: ProjectLine): Promise<void> {
      const text = JSON.stringify(line);
      lines.push(text);
      chars += text.length;
      if (chars >= CHARS_PER_MESSAGE || lines.length >= MOST_LINES_PER_MESSAGE) await flush();
    },
  };
}

function required<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(
    result.error.code.startsWith('backup.') || result.error.code === 'file.disk-full'
      ? result.error
      : appError(
          'backup.write-failed',
          `The backup could not be written: ${result.error.message} Your labels are saved in the app all the same.`,
          { cause: result.error.code },
        ),
  );
}
