/** Remembers what was computed for an object while the object lives, up to a total cost. */
export interface BoundedCache<K extends object, V> {
  /** What is known for `key`, computed now when it is not. */
  of(key: K): V;
}

/** `costOf` counts in any unit, `limit` in the same: when it is passed, what was computed first is forgotten first. */
export function createBoundedCache<K extends object, V>(
  compute: (key: K) => V,
  costOf: (value: V) => number,
  limit: number,
): BoundedCache<K, V> {
  const known = new WeakMap<K, V>();
  const order = new Map<number, { readonly key: WeakRef<K>; readonly cost: number }>();
  let next = 0;
  let total = 0;
  return {
    of(key) {
      const before = known.get(key);
      if (before !== undefined) return before;
      const value = compute(key);
      const cost = costOf(value);
      if (cost > limit) return value;
      known.set(key, value);
      order.set(next, { key: new WeakRef(key), cost });
      next += 1;
      total += cost;
      for (const [place, oldest] of order) {
        if (total <= limit) break;
        order.delete(place);
        total -= oldest.cost;
        const forgotten = oldest.key.deref();
        if (forgotten !== undefined) known.delete(forgotten);
      }
      return value;
    },
  };
}
