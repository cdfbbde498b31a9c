import type { ComparableObject } from '../matching/comparable-object';
import { matchObjects } from '../matching/match-objects';
import { type SimilarityOptions, similarity } from '../matching/similarity';

/** What one annotator drew in a picture that several were given. An empty one says that nothing is there. */
export interface Replica<T> {
  readonly annotator: string;
  readonly objects: readonly T[];
}

export interface ClusterMember<T> {
  readonly annotator: string;
  readonly object: T;
}

/** One thing in the picture, as those drew it who did: each annotator at most once, in the order of their names. */
export interface ObjectCluster<T> {
  readonly members: readonly ClusterMember<T>[];
  /** `[member][member]`: how alike their shapes are, 0 to 1; labels do not count. */
  readonly similarities: readonly (readonly number[])[];
}

export interface ClusterOptions extends SimilarityOptions {
  /** As of `matchObjects`. */
  readonly minOverlap?: number | undefined;
}

/**
 * What several annotators mean by the same thing: each two are matched (`matchObjects`, so labels count first and overlap
 * then), and the pairs are joined, those of one label before others, the most alike first, unless a cluster would hold two
 * objects of one annotator. Of two annotators the clusters are the matched pairs. The order in which replicas come does
 * not matter. Clusters are ordered by their first member.
 */
export function clusterObjects<T extends ComparableObject>(
  replicas: readonly Replica<T>[],
  options: ClusterOptions = {},
): readonly ObjectCluster<T>[] {
  const both = { ...options, isBothWays: true };
  const sorted = [...replicas].sort((a, b) => (a.annotator < b.annotator ? -1 : 1));
  const clusterOf = new Map<T, ClusterMember<T>[]>();
  for (const { annotator, objects } of sorted) {
    for (const object of objects) clusterOf.set(object, [{ annotator, object }]);
  }
  for (const { a, b } of joints(sorted, both)) {
    const one = clusterOf.get(a);
    const other = clusterOf.get(b);
    if (one === undefined || other === undefined || one === other) continue;
    if (one.some(({ annotator }) => other.some((member) => member.annotator === annotator))) continue;
    const joined = [...one, ...other];
    for (const { object } of joined) clusterOf.set(object, joined);
  }
  return [...new Set(clusterOf.values())].map((cluster) => {
    const members = [...cluster].sort((a, b) => (a.annotator < b.annotator ? -1 : 1));
    return { members, similarities: similaritiesOf(members, both) };
  });
}

/** Matched pairs of every two annotators, the surest first. */
function joints<T extends ComparableObject>(replicas: readonly Replica<T>[], options: ClusterOptions) {
  const found: {
    readonly a: T;
    readonly b: T;
    readonly isSameLabel: boolean;
    readonly similarity: number;
  }[] = [];
  replicas.forEach((first, index) => {
    for (const second of replicas.slice(index + 1)) {
      const match = matchObjects(first.objects, second.objects, {
        ...options,
        comparesAttributes: false,
        comparesGroups: false,
        comparesDirection: false,
      });
      for (const pair of match.pairs) {
        found.push({ a: pair.reference, b: pair.candidate, isSameLabel: true, similarity: pair.similarity });
      }
      for (const pair of match.mislabelled) {
        found.push({ a: pair.reference, b: pair.candidate, isSameLabel: false, similarity: pair.similarity });
      }
    }
  });
  // Sorting is stable: of equals, those of the first annotators by name.
  return found.sort(
    (one, other) => Number(other.isSameLabel) - Number(one.isSameLabel) || other.similarity - one.similarity,
  );
}

function similaritiesOf<T extends ComparableObject>(
  members: readonly ClusterMember<T>[],
  options: SimilarityOptions,
): readonly (readonly number[])[] {
  const table = members.map((_, index) => members.map((__, other) => Number(index === other)));
  members.forEach(({ object: { shape } }, index) => {
    members.slice(0, index).forEach(({ object: other }, before) => {
      const alike = similarity(other.shape, shape, options);
      const row = table[index];
      const column = table[before];
      if (row !== undefined) row[before] = alike;
      if (column !== undefined) column[index] = alike;
    });
  });
  return table;
}
