/** Things that are deleted together: of libvips, whose WebAssembly heap knows no garbage collection, and open files. */
export type Owned = <T extends { delete(): void }>(thing: T) => T;

/** Runs `work` and deletes everything that it owned, the last first, also when it throws. */
export async function owning<T>(work: (own: Owned) => T | Promise<T>): Promise<T> {
  const { own, deleteAll } = createOwner();
  try {
    return await work(own);
  } finally {
    deleteAll();
  }
}

/** The same for work that is done when it returns. */
export function owningNow<T>(work: (own: Owned) => T): T {
  const { own, deleteAll } = createOwner();
  try {
    return work(own);
  } finally {
    deleteAll();
  }
}

function createOwner(): { readonly own: Owned; readonly deleteAll: () => void } {
  const things: { delete(): void }[] = [];
  return {
    own: (thing) => {
      things.push(thing);
      return thing;
    },
    deleteAll() {
      for (const thing of things.reverse()) thing.delete();
    },
  };
}
