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
  // Objects that were collected leave no entry behind, or visiting many pictures would pile them up below the limit.
  const collected = new FinalizationRegistry<number>((place) => forget(place));
  let next = 0;
  let total = 0;

  function forget(place: number): K | undefined {
    const entry = order.get(place);
    if (entry === undefined) return undefined;
    order.delete(place);
    total -= entry.cost;
    return entry.key.deref();
  }

  return {
    of(key) {
      const before = known.get(key);
      if (before !== undefined) return before;
      const value = compute(key);
      const cost = costOf(value);
      if (cost > limit) return value;
      known.set(key, value);
      order.set(next, { key: new WeakRef(key), cost });
      collected.register(key, next);
      next += 1;
      total += cost;
      for (const place of order.keys()) {
        if (total <= limit) break;
        const forgotten = forget(place);
        if (forgotten !== undefined) known.delete(forgotten);
      }
      return value;
    },
  };
}
