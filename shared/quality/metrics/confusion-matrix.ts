import { compareValues } from './compare-values';

/** How often what is one thing in the reference is another in the candidate set. */
export interface ConfusionMatrix<V> {
  /** Values of rows and columns alike; null is nothing: no object, or no value. */
  readonly values: readonly (V | null)[];
  /** Row: the reference's value; column: the candidate's. */
  readonly counts: readonly (readonly number[])[];
}

interface Cell<V> {
  readonly reference: V | null;
  readonly candidate: V | null;
  readonly count: number;
}

/** The matrix of cells, e.g. of labels or of the values of one attribute; values in order, nothing last (as in CVAT). */
export function confusionMatrix<V extends string | number | boolean>(
  cells: readonly Cell<V>[],
): ConfusionMatrix<V> {
  const found = new Set<V>();
  for (const { reference, candidate } of cells) {
    if (reference !== null) found.add(reference);
    if (candidate !== null) found.add(candidate);
  }
  const values: (V | null)[] = [...[...found].sort(compareValues), null];
  const places = new Map(values.map((value, index) => [value, index]));
  const counts = values.map(() => values.map(() => 0));
  for (const { reference, candidate, count } of cells) {
    const row = counts[places.get(reference) ?? -1];
    const column = places.get(candidate);
    if (row !== undefined && column !== undefined) row[column] = (row[column] ?? 0) + count;
  }
  return { values, counts };
}
