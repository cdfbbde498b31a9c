import { DATABASE_NAME } from '../../../renderer/persistence/database';
import type { Persistence } from '../../../renderer/persistence/ports';
import type { QualityFigures } from '../../../renderer/quality/engine/quality-messages';
import { createQualitySource, type OpenQuality } from '../../../renderer/quality/engine/quality-source';
import type { ProjectId } from '../../../shared/schema/ids';
import { openBareStore } from './measure-commits';

const SETTINGS = { minOverlap: 0.5, lowOverlap: 0.8, merges: [] };

/** Ends when the worker has read everything. */
function whenReady(quality: OpenQuality): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const status = quality.status();
      if (status.kind === 'failed') reject(new Error(status.error.message));
      if (status.kind === 'ready') resolve();
    };
    quality.subscribe(look);
    look();
  });
}

/** Seconds from nothing to all figures, and what they say, so that somebody can check that everything was compared. */
export async function measureFull(
  persistence: Persistence,
  projectId: ProjectId,
): Promise<{
  readonly seconds: number;
  readonly images: number;
  readonly truth: number;
  readonly accuracy: number;
}> {
  const start = performance.now();
  const source = createQualitySource(persistence.images, DATABASE_NAME);
  const quality = source.open(projectId, SETTINGS);
  await whenReady(quality);
  const seconds = (performance.now() - start) / 1000;
  const { labels } = (quality.figures() as QualityFigures).subjects;
  // The worker stays, so that its memory can be looked at.
  return {
    seconds,
    images: labels.comparisons,
    truth: labels.overall.referenceCount,
    accuracy: labels.overall.accuracy ?? 0,
  };
}

/** Seconds to read the rows that hold the same labels and their ground truth, and to parse their JSON; nothing else. */
export async function measureParsing(truthImages: number): Promise<number> {
  const asked = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await asked(indexedDB.open(DATABASE_NAME));
  const start = performance.now();
  let images = 0;
  let after: IDBValidKey | null = null;
  for (;;) {
    const store = database.transaction('changes').objectStore('changes');
    const range: IDBKeyRange | null = after === null ? null : IDBKeyRange.lowerBound(after, true);
    const rows: { row: number; body: string }[] = await asked(store.getAll(range, 50));
    for (const { body } of rows) images += (JSON.parse(body) as { images?: unknown[] }).images?.length ?? 0;
    const last = rows.at(-1);
    if (last === undefined || images >= truthImages) break;
    after = last.row;
  }
  after = null;
  for (;;) {
    const store = database.transaction('annotationSets').objectStore('annotationSets');
    const range: IDBKeyRange | null = after === null ? null : IDBKeyRange.lowerBound(after, true);
    const rows: { imageId: string; text: string }[] = await asked(store.getAll(range, 500));
    for (const { text } of rows) JSON.parse(`[${text.replaceAll('\n', ',')}]`);
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.imageId;
  }
  database.close();
  return (performance.now() - start) / 1000;
}

/**
 * ms from a committed edit to figures that have it, and ms of a bare strict put in the same page, in turns. Each edit
 * moves a box of an image with ground truth far away, or back.
 */
export async function measureEdits(
  persistence: Persistence,
  projectId: ProjectId,
  edits: number,
): Promise<{ readonly ours: readonly number[]; readonly bare: readonly number[] }> {
  const source = createQualitySource(persistence.images, DATABASE_NAME);
  const quality = source.open(projectId, SETTINGS);
  await whenReady(quality);
  const list = await persistence.images.list(projectId, {});
  if (!list.ok) throw new Error(list.error.message);
  const put = await openBareStore();
  const ours: number[] = [];
  const bare: number[] = [];
  for (let n = 0; n < edits; n += 1) {
    const [image] = await list.value.window(n, n + 1);
    const set = image === undefined ? null : await persistence.annotations.load(image.id);
    const before = set?.ok === true ? set.value.annotations[0] : undefined;
    if (image === undefined || set?.ok !== true || before?.shape.type !== 'box')
      throw new Error('Nothing to move.');
    const after = {
      ...before,
      revision: before.revision + 1,
      shape: { ...before.shape, x: before.shape.x > 120 ? 0 : 230 },
    };
    const { revision, ...record } = set.value;
    const known = quality.figures();
    const updated = new Promise<number>((resolve) => {
      const stop = quality.subscribe(() => {
        if (quality.figures() === known) return;
        stop();
        resolve(performance.now());
      });
    });
    const committed = await persistence.annotations.commit({
      imageId: image.id,
      projectId,
      expectedRevision: revision,
      change: {
        origin: 'person',
        code: 'annotation.move',
        label: 'Move',
        added: [],
        updated: [[before, after]],
        removed: [],
        order: null,
        status: null,
      },
      after: { ...record, annotations: record.annotations.map((each) => (each === before ? after : each)) },
      targetId: null,
      hasFinding: false,
    });
    const start = performance.now();
    if (!committed.ok) throw new Error(committed.error.message);
    ours.push((await updated) - start);
    bare.push(await put({ id: 1, after }));
  }
  source.close();
  return { ours, bare };
}
