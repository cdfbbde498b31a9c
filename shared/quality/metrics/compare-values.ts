import type { AttributeValue } from '../../schema/label-schema';

/** An order of values for lists: by kind (yes or no, numbers, words), each in their own order, nothing last. */
export function compareValues(a: AttributeValue | null, b: AttributeValue | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  return a < b ? -1 : 1;
}
