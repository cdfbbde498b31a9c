/** What the split must know of one image. */
export interface SplitSubject {
  readonly imageId: string;
  /** Source name and folder of the image, e.g. `city/day`; what `groupBy: 'folder'` keeps together. */
  readonly folder: string;
  readonly contentHash: string;
  /** Annotations by class index, after merged labels were resolved. */
  readonly labelCounts: ReadonlyMap<number, number>;
}

/** Images that must land in the same split. */
export interface ImageGroup {
  /** Smallest of the names that were joined, so that it does not depend on the order of the images. */
  readonly key: string;
  readonly imageIds: readonly string[];
  readonly labelCounts: ReadonlyMap<number, number>;
}

/**
 * Groups images so that byte-identical ones never part, whichever way they are grouped otherwise: a copy of a training
 * picture in the test split would flatter every model. With `folder`, two folders that share a picture become one group.
 * O(images) time and memory; groups come in code-unit order of their keys.
 */
export function groupImages(
  subjects: readonly SplitSubject[],
  groupBy: 'image' | 'folder',
): readonly ImageGroup[] {
  const keyOf = groupBy === 'image' ? (subject: SplitSubject) => subject.contentHash : folderKeys(subjects);
  const groups = new Map<string, { imageIds: string[]; labelCounts: Map<number, number> }>();
  for (const subject of subjects) {
    const key = keyOf(subject);
    let group = groups.get(key);
    if (group === undefined) {
      group = { imageIds: [], labelCounts: new Map() };
      groups.set(key, group);
    }
    group.imageIds.push(subject.imageId);
    for (const [label, count] of subject.labelCounts) {
      group.labelCounts.set(label, (group.labelCounts.get(label) ?? 0) + count);
    }
  }
  return [...groups]
    .map(([key, group]) => ({ key, ...group }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** Joins folders that share a picture (union-find; the root of a set is its smallest name). */
function folderKeys(subjects: readonly SplitSubject[]): (subject: SplitSubject) => string {
  const parents = new Map<string, string>();
  const rootOf = (folder: string): string => {
    let root = folder;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    // Path compression keeps later look-ups short.
    for (let step = folder; step !== root; ) {
      const next = parents.get(step) ?? root;
      parents.set(step, root);
      step = next;
    }
    return root;
  };
  const folderByHash = new Map<string, string>();
  for (const { folder, contentHash } of subjects) {
    const other = folderByHash.get(contentHash);
    if (other === undefined) {
      folderByHash.set(contentHash, folder);
      continue;
    }
    const a = rootOf(folder);
    const b = rootOf(other);
    if (a === b) continue;
    const [smaller, larger] = a < b ? [a, b] : [b, a];
    parents.set(larger, smaller);
  }
  return ({ folder }) => rootOf(folder);
}
