import type { LabelId } from '../schema/ids';
import type { LabelDefinition, LabelSchema } from '../schema/label-schema';

/**
 * What each label counts as: itself, or at the end of its chain of merges the label it was merged into. A chain that runs in
 * a circle or to a label that is not there (only a damaged schema has one) ends at its last good link.
 */
export function resolveMergedLabels(schema: LabelSchema): ReadonlyMap<LabelId, LabelDefinition> {
  const byId = new Map(schema.labels.map((label) => [label.id, label]));
  const resolved = new Map<LabelId, LabelDefinition>();
  for (const label of schema.labels) {
    let current = label;
    const seen = new Set([label.id]);
    while (current.mergedIntoId !== null && !seen.has(current.mergedIntoId)) {
      const next = byId.get(current.mergedIntoId);
      if (next === undefined) break;
      seen.add(next.id);
      current = next;
    }
    resolved.set(label.id, current);
  }
  return resolved;
}

/** The labels that a dataset has, by their permanent class index: merged ones are gone, retired ones stay. */
export function datasetLabels(schema: LabelSchema): readonly LabelDefinition[] {
  const kept = new Set([...resolveMergedLabels(schema).values()].map((label) => label.id));
  return schema.labels.filter((label) => kept.has(label.id)).sort((a, b) => a.classIndex - b.classIndex);
}
