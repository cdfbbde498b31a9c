/** Finds items of a replayable sequence by key. */
export interface KeySeeker<T> {
  find(key: string): Promise<T | null>;
  close(): Promise<void>;
}

/**
 * Keys that are asked for in the order of the sequence are all answered by one pass over it; one that lies behind begins
 * the pass anew. Holds one item.
 */
export function seekByKey<T>(pass: () => AsyncIterable<T>, keyOf: (item: T) => string): KeySeeker<T> {
  let items: AsyncIterator<T> | null = null;
  let held: T | null = null;
  const close = async () => {
    await items?.return?.();
    items = null;
    held = null;
  };
  return {
    async find(key) {
      for (const isAnew of [false, true]) {
        if (held !== null && keyOf(held) === key) return held;
        if (isAnew || items === null) {
          await close();
          items = pass()[Symbol.asyncIterator]();
        }
        for (;;) {
          const next: IteratorResult<T> = await items.next();
          if (next.done === true) break;
          held = next.value;
          if (keyOf(held) === key) return held;
        }
      }
      return null;
    },
    close,
  };
}
