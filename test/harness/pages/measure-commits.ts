import type { Persistence } from '../../../renderer/persistence/ports';
import { applyChange } from '../../../shared/document/change-set';
import { documentFromSet } from '../../../shared/document/image-document';
import type { Annotation } from '../../../shared/schema/annotation';
import type { ImageId, LabelId } from '../../../shared/schema/ids';
import { boxAt } from '../labelling-script';

/** ms a commit, and ms a bare strict put of one small record, taken in turns so that both meet the same machine. */
export interface CommitTimes {
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

/** Moves one annotation of a picture with `shapes` annotations, `edits` times, as the editor does: the set is at hand. */
export async function measureCommits(
  persistence: Persistence,
  imageId: ImageId,
  labelId: LabelId,
  shapes: number,
  edits: number,
): Promise<CommitTimes> {
  const image = await persistence.images.get(imageId);
  const loaded = await persistence.annotations.load(imageId);
  if (!image.ok || !loaded.ok) throw new Error('The image to measure on cannot be read.');
  let document = documentFromSet(loaded.value, image.value);
  let revision = loaded.value.revision;
  const save = async (change: Parameters<typeof applyChange>[1]): Promise<number> => {
    const start = performance.now();
    document = applyChange(document, change);
    const done = await persistence.annotations.commit({
      imageId,
      projectId: image.value.projectId,
      expectedRevision: revision,
      change,
      after: {
        imageId,
        projectId: image.value.projectId,
        annotations: [...document.annotations.values()],
        status: document.status,
      },
      targetId: null,
      hasFinding: false,
    });
    const time = performance.now() - start;
    if (!done.ok) throw new Error(done.error.message);
    revision = done.value.revision;
    return time;
  };
  const change = (parts: Partial<Parameters<typeof applyChange>[1]>) => ({
    origin: 'person' as const,
    code: 'annotation.move',
    label: 'Move',
    added: [],
    updated: [],
    removed: [],
    order: null,
    status: null,
    ...parts,
  });

  const added = Array.from({ length: shapes }, (_, n) =>
    boxAt(crypto.randomUUID() as Annotation['id'], labelId, n % 1200, n % 700),
  );
  const inProgress = { state: 'inProgress' as const, decidedBy: null, decidedAt: null };
  await save(change({ added, status: [document.status, inProgress] }));

  const put = await openBareStore();
  const ours: number[] = [];
  const bare: number[] = [];
  for (let n = 0; n < edits; n += 1) {
    const before = [...document.annotations.values()][(n * 7919) % document.annotations.size];
    if (before === undefined || before.shape.type !== 'box') throw new Error('There is nothing to move.');
    const after = {
      ...before,
      revision: before.revision + 1,
      shape: { ...before.shape, x: before.shape.x + 0.5 },
    };
    ours.push(await save(change({ updated: [[before, after]] })));
    bare.push(await put({ id: 1, after }));
    // A person is not that fast; without a pause one would measure the disk's queue.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { ours, bare };
}

/** ms a strict put of one small record takes, in a database of its own. */
export async function openBareStore(): Promise<(record: object) => Promise<number>> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('bare', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('records', { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return (record) =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      const transaction = db.transaction('records', 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => resolve(performance.now() - start);
      transaction.onabort = () => reject(transaction.error);
      transaction.objectStore('records').put(record);
    });
}
