import { type CellCounts, createCellCounts } from './cell-counts';
import { NONE } from './compare-sets';
import { COLUMN, COLUMNS, type KeptComparison } from './comparison-table';

/** Counts over comparisons. Adding and taking away are exact inverses. */
export interface Board {
  /** Images, or answers. */
  readonly comparisons: number;
  readonly all: CellCounts;
  /** By the number of the person, batch or day; those that came back to nothing are left out. */
  groups(kind: GroupKind): readonly (readonly [number, CellCounts])[];
  /** Counts of attribute cells by their numbers. */
  attributes(): readonly (readonly [cell: number, count: number])[];
  /** @param sign 1 to add, -1 to take away what was added. O(objects). */
  add(comparison: KeptComparison, sign: 1 | -1, lowOverlap: number): void;
}

export const GROUP_KINDS = ['person', 'batch', 'day'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

export function createBoard(): Board {
  const all = createCellCounts();
  const groups: Readonly<Record<GroupKind, Map<number, CellCounts>>> = {
    person: new Map(),
    batch: new Map(),
    day: new Map(),
  };
  const attributes = new Map<number, number>();
  let comparisons = 0;

  const groupAt = (kind: GroupKind, key: number): CellCounts => {
    let counts = groups[kind].get(key);
    if (counts === undefined) {
      counts = createCellCounts();
      groups[kind].set(key, counts);
    }
    return counts;
  };

  return {
    get comparisons() {
      return comparisons;
    },
    all,
    groups: (kind) => [...groups[kind]].filter(([, { size }]) => size > 0),
    attributes: () => [...attributes].filter(([, count]) => count > 0),
    add({ rows, batch, attributes: pairs }, sign, lowOverlap) {
      comparisons += sign;
      const ofBatch = groupAt('batch', batch);
      for (let at = 0; at < rows.length; at += COLUMNS) {
        const truth = rows[at + COLUMN.truthLabel] ?? NONE;
        const label = rows[at + COLUMN.label] ?? NONE;
        const similarity = rows[at + COLUMN.similarity] ?? 0;
        const isLow = truth === label && similarity < lowOverlap;
        all.add(truth, label, similarity, sign, isLow);
        ofBatch.add(truth, label, similarity, sign, isLow);
        groupAt('person', rows[at + COLUMN.person] ?? 0).add(truth, label, similarity, sign, isLow);
        groupAt('day', rows[at + COLUMN.day] ?? 0).add(truth, label, similarity, sign, isLow);
      }
      for (let at = 0; at < pairs.length; at += 2) {
        const cell = pairs[at] ?? 0;
        attributes.set(cell, (attributes.get(cell) ?? 0) + sign * (pairs[at + 1] ?? 0));
      }
    },
  };
}
