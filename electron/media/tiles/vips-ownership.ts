/** Things of libvips that are deleted together; its WebAssembly heap knows no garbage collection. */
export type Owned = <T extends { delete(): void }>(thing: T) => T;

/** Runs `work` and deletes everything that it owned, the last first, also when it throws. */
export async function owning<T>(work: (own: Owned) => T | Promise<T>): Promise<T> {
  const things: { delete(): void }[] = [];
  try {
    return await work((thing) => {
      things.push(thing);
      return thing;
    });
  } finally {
    for (const thing of things.reverse()) thing.delete();
  }
}
