import type { LabelId } from './ids';
import type { LabelDefinition, LabelSchema } from './label-schema';

/**
 * The end of a label's chain of merges. A chain that goes round, which the editor refuses to make, ends where it
 * started; one that leads to a label that is not there (only a damaged schema has one) ends at its last good link.
 */
function endOfMerges(byId: ReadonlyMap<LabelId, LabelDefinition>, first: LabelDefinition): LabelDefinition {
  let label = first;
  const seen = new Set<LabelId>([first.id]);
  while (label.mergedIntoId !== null) {
    const next = byId.get(label.mergedIntoId);
    if (next === undefined) return label;
    if (seen.has(next.id)) return first;
    seen.add(next.id);
    label = next;
  }
  return label;
}

function labelsById(schema: LabelSchema): ReadonlyMap<LabelId, LabelDefinition> {
  return new Map(schema.labels.map((label) => [label.id, label]));
}

/** Schemas are never changed in place, so what was worked out for one stays true. */
const known = new WeakMap<LabelSchema, ReadonlyMap<LabelId, LabelDefinition>>();

/** The label that annotations of `id` count as; null when the schema does not know `id`. */
export function resolveLabel(schema: LabelSchema, id: LabelId): LabelDefinition | null {
  return resolveMergedLabels(schema).get(id) ?? null;
}

/** What each label of a schema counts as. O(labels) the first time for a schema, kept afterwards. */
export function resolveMergedLabels(schema: LabelSchema): ReadonlyMap<LabelId, LabelDefinition> {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const byId = labelsById(schema);
  const resolved = new Map(schema.labels.map((label) => [label.id, endOfMerges(byId, label)]));
  known.set(schema, resolved);
  return resolved;
}
