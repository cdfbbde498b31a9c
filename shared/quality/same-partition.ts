/**
 * Tells whether two ways of naming say the same of who belongs together, whatever the names are: each name of one side
 * must always come with the same name of the other.
 */
export interface Partition {
  /** False when this pair of names contradicts an earlier one, or only one side names anything. */
  add(a: string | null, b: string | null): boolean;
}

export function createPartition(): Partition {
  const ofA = new Map<string, string>();
  const ofB = new Map<string, string>();
  return {
    add(a, b) {
      if (a === null || b === null) return a === b;
      const other = ofA.get(a);
      const one = ofB.get(b);
      if (other === undefined && one === undefined) {
        ofA.set(a, b);
        ofB.set(b, a);
        return true;
      }
      return other === b && one === a;
    },
  };
}

/** The items whose group differs. An item that is alone in its group on one side belongs to none there. */
export function regrouped<T>(
  items: readonly T[],
  groupOfA: (item: T) => string | undefined,
  groupOfB: (item: T) => string | undefined,
): readonly T[] {
  if (items.every((item) => groupOfA(item) === undefined && groupOfB(item) === undefined)) return [];
  const membersInA = counted(items, groupOfA);
  const membersInB = counted(items, groupOfB);
  const partition = createPartition();
  return items.filter(
    (item) => !partition.add(shared(groupOfA(item), membersInA), shared(groupOfB(item), membersInB)),
  );
}

function counted<T>(
  items: readonly T[],
  groupOf: (item: T) => string | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const group = groupOf(item);
    if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}

function shared(group: string | undefined, members: ReadonlyMap<string, number>): string | null {
  return group !== undefined && (members.get(group) ?? 0) > 1 ? group : null;
}
