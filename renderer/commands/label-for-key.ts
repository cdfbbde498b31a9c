import type { LabelDefinition, LabelSchema } from '../../shared/schema/label-schema';

/** Labels that may be given to objects now, in schema order. */
export function usableLabels(schema: LabelSchema): readonly LabelDefinition[] {
  return schema.labels.filter((label) => !label.isRetired && label.mergedIntoId === null);
}

/**
 * The key of each usable label: its own shortcut, else the first digits that no label claimed, in schema order
 * (1 to 9, then 0). Labels beyond that have none.
 */
export function keysOfLabels(schema: LabelSchema): ReadonlyMap<LabelDefinition, string> {
  const labels = usableLabels(schema);
  const claimed = new Set(labels.flatMap((label) => label.shortcut ?? []));
  const free = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].filter((digit) => !claimed.has(digit));
  const keys = new Map<LabelDefinition, string>();
  for (const label of labels) {
    const key = label.shortcut ?? free.shift();
    if (key !== undefined) keys.set(label, key);
  }
  return keys;
}

export function labelForKey(schema: LabelSchema, key: string): LabelDefinition | null {
  const wanted = key.toLowerCase();
  for (const [label, own] of keysOfLabels(schema)) if (own === wanted) return label;
  return null;
}
