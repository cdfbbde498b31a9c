/** Sums by a pair of keys. Keys are compared as a Map does, so that text and numbers are never mixed up. */
export interface PairCounts<K> {
  /** Adds to the sums of a pair; one that counts nothing any more is forgotten. */
  add(first: K, second: K, count: number, sum: number): void;
  /** In the order in which pairs were first added. */
  entries(): readonly PairCount<K>[];
  isEmpty(): boolean;
}

export interface PairCount<K> {
  readonly first: K;
  readonly second: K;
  readonly count: number;
  readonly sum: number;
}

export function createPairCounts<K>(): PairCounts<K> {
  const rows = new Map<K, Map<K, { count: number; sum: number }>>();
  return {
    add(first, second, count, sum) {
      let row = rows.get(first);
      if (row === undefined) {
        row = new Map();
        rows.set(first, row);
      }
      const known = row.get(second);
      if (known === undefined) {
        row.set(second, { count, sum });
        return;
      }
      known.count += count;
      known.sum += sum;
      if (known.count !== 0) return;
      row.delete(second);
      if (row.size === 0) rows.delete(first);
    },
    entries: () =>
      [...rows].flatMap(([first, row]) =>
        [...row].map(([second, { count, sum }]) => ({ first, second, count, sum })),
      ),
    isEmpty: () => rows.size === 0,
  };
}
