import type { ComparableObject } from '../matching/comparable-object';
import type { ClusterMember } from './cluster-objects';

/**
 * Which things belong together by most annotators: two do when more than half of those who drew both put them into one
 * group; groups that share a thing are one. By thing the number of its group, from 0; null for those alone.
 */
export function consensusGroups<T extends ComparableObject>(
  things: readonly (readonly ClusterMember<T>[])[],
): readonly (number | null)[] {
  const root = things.map((_, index) => index);
  const rootOf = (index: number): number => {
    const parent = root[index] ?? index;
    return parent === index ? index : rootOf(parent);
  };
  for (const [first, second] of grouped(things)) {
    const one = things[first] ?? [];
    const other = things[second] ?? [];
    let together = 0;
    let both = 0;
    for (const { annotator, object } of one) {
      const partner = other.find((member) => member.annotator === annotator)?.object;
      if (partner === undefined) continue;
      both += 1;
      if (object.groupId !== undefined && object.groupId === partner.groupId) together += 1;
    }
    if (together * 2 > both) root[rootOf(second)] = rootOf(first);
  }
  const sizes = new Map<number, number>();
  for (const index of things.keys()) sizes.set(rootOf(index), (sizes.get(rootOf(index)) ?? 0) + 1);
  const numbers = new Map<number, number>();
  return things.map((_, index) => {
    const own = rootOf(index);
    if ((sizes.get(own) ?? 0) < 2) return null;
    const number = numbers.get(own) ?? numbers.size;
    numbers.set(own, number);
    return number;
  });
}

/** Pairs of things that some annotator put into one group. */
function grouped<T extends ComparableObject>(
  things: readonly (readonly ClusterMember<T>[])[],
): readonly (readonly [number, number])[] {
  const groups = new Map<string, number[]>();
  things.forEach((members, index) => {
    for (const { annotator, object } of members) {
      if (object.groupId === undefined) continue;
      const key = JSON.stringify([annotator, object.groupId]);
      const own = groups.get(key);
      if (own === undefined) groups.set(key, [index]);
      else own.push(index);
    }
  });
  const pairs = new Map<string, readonly [number, number]>();
  for (const own of groups.values()) {
    own.forEach((second, at) => {
      for (const first of own.slice(0, at)) pairs.set(`${first} ${second}`, [first, second]);
    });
  }
  return [...pairs.values()];
}
