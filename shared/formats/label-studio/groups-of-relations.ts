import type { JsonRecord } from '../parts/json/json-values';

/** Regions that relations join, directly or by others, as one group each: the group's id by the region's. */
export function groupsOfRelations(items: readonly JsonRecord[]): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (
      let parent = parents.get(root);
      parent !== undefined && parent !== root;
      parent = parents.get(root)
    ) {
      root = parent;
    }
    // Shortened, so that a chain of a million relations is not walked a million times.
    for (let at = id; at !== root; ) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { type, from_id: from, to_id: to } of items) {
    if (type !== 'relation' || typeof from !== 'string' || typeof to !== 'string') continue;
    if (!parents.has(from)) parents.set(from, from);
    if (!parents.has(to)) parents.set(to, to);
    parents.set(rootOf(to), rootOf(from));
  }
  const numbers = new Map<string, string>();
  const groups = new Map<string, string>();
  for (const id of parents.keys()) {
    const root = rootOf(id);
    const number = numbers.get(root) ?? String(numbers.size + 1);
    numbers.set(root, number);
    groups.set(id, number);
  }
  return groups;
}
