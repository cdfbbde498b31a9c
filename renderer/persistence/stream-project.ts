import Dexie from 'dexie';
import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import type { ProjectEndLine, ProjectLine } from '../../shared/schema/project-lines';
import { readSet } from './annotation-store';
import type { PersistenceContext } from './context';
import { imageTables, readImages, withImages } from './image-rows';
import { imagesOfImport } from './imported-lines';
import { requireHead, requireLine } from './journal-lines';
import { projectOf, requireProject } from './project-face';
import { replayImage } from './rebuild-from-journal';
import { linesOfTouched, reviewLines, reviewLineTables } from './review-lines';
import { imageRecordOf, type StoredHead, type StoredImage } from './stored-records';

const IMAGES_PER_READ = 200;
const CHANGES_PER_READ = 50;
/** A message to main is sent when it holds this much, so that neither side ever holds a large project in memory. */
const CHARS_PER_MESSAGE = 1_000_000;
const MOST_LINES_PER_MESSAGE = 5000;

export interface ProjectAtStart {
  readonly head: StoredHead;
  readonly project: Project;
}

export async function projectAtStart(
  { db }: PersistenceContext,
  projectId: ProjectId,
): Promise<ProjectAtStart> {
  return db.transaction('r', [db.projects, db.heads], async () => {
    const head = requireHead(await db.heads.get(projectId));
    return { head, project: projectOf(await requireProject(db, projectId), head) };
  });
}

/**
 * Gives a whole project line by line. Edits may go on meanwhile: what they touched is given once more at the end, until
 * one transaction finds nothing new, so that the lines are the project as it was at that moment.
 * @returns the last line, and the stamp of the moment it speaks of.
 */
export async function streamProject(
  context: PersistenceContext,
  start: ProjectAtStart,
  write: (line: ProjectLine) => Promise<void>,
): Promise<{ readonly end: ProjectEndLine; readonly stamp: number }> {
  const { project, head } = start;
  await write({ kind: 'header', formatVersion: 2, projectId: project.id, projectName: project.name });
  let images = 0;
  let changes = 0;
  for (;;) {
    const lines = await readImagePage(context, project.id, images);
    if (lines.length === 0) break;
    for (const line of lines) await write(line);
    images += lines.length;
  }
  for await (const line of reviewLines(context.db, project.id)) await write(line);
  for (;;) {
    const page = await readPage(context, project.id, images, changes, head.seq);
    for (const line of page.lines) await write(line);
    images = page.images;
    changes = page.changes;
    if (page.end !== null) {
      await write(page.end.line);
      return { end: page.end.line, stamp: page.end.stamp };
    }
  }
}

interface ProjectPage {
  readonly lines: readonly ProjectLine[];
  readonly images: number;
  readonly changes: number;
  readonly end: { readonly line: ProjectEndLine; readonly stamp: number } | null;
}

/** Images before anything else, so that whoever reads the lines knows them when something names them. */
async function readImagePage(
  context: PersistenceContext,
  projectId: ProjectId,
  from: number,
): Promise<readonly ProjectLine[]> {
  const { db } = context;
  return db.transaction('r', imageTables(db), async () => {
    const rows = await readImages(db, projectId, from, from + IMAGES_PER_READ);
    return Promise.all(rows.map((row) => imageLine(context, row)));
  });
}

/** The next lines in one read transaction: images first, then the journal, then the end once both are complete. */
async function readPage(
  context: PersistenceContext,
  projectId: ProjectId,
  images: number,
  changes: number,
  seqAtStart: number,
): Promise<ProjectPage> {
  const { db } = context;
  return db.transaction('r', [db.projects, ...reviewLineTables(db)], async () => {
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
    const since = records.filter((record) => record.seq > seqAtStart);
    const beside = await linesOfTouched(db, since);
    const lines: ProjectLine[] = [
      ...beside.lines,
      ...records.map((change) => ({ kind: 'change' as const, change })),
    ];
    // Images that were sent before a later edit are sent again as they are now.
    const touched = new Set<ImageId>();
    for (const record of since) {
      const { imageId } = record;
      if (imageId !== null && !beside.layerIds.has(imageId)) touched.add(imageId);
      for (const id of imagesOfImport(record.body)) touched.add(id);
    }
    const again = await withImages(db, [...touched], (id) => id);
    lines.push(...(await Promise.all(again.map(({ image }) => imageLine(context, image)))));
    const seq = changes + records.length;
    if (records.length === CHANGES_PER_READ) return { lines, images, changes: seq, end: null };
    const head = requireHead(await db.heads.get(projectId));
    const project = await requireProject(db, projectId);
    const line: ProjectEndLine = {
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

/** Gathers lines into few large messages; `flush` sends what is left. */
export function lineBatches(send: (lines: string[]) => Promise<void>) {
  let lines: string[] = [];
  let chars = 0;
  const flush = async (): Promise<void> => {
    if (lines.length === 0) return;
    const batch = lines;
    lines = [];
    chars = 0;
    await send(batch);
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
