import type { LabelId } from './ids';
import type { LabelDefinition, LabelSchema } from './label-schema';

/**
 * The label that annotations of `id` count as: itself, or the end of its chain of merges. Null when the schema does
 * not know the label. A chain that goes round (which the editor refuses to make) ends where it started.
 */
export function resolveLabel(schema: LabelSchema, id: LabelId): LabelDefinition | null {
  const labelById = new Map(schema.labels.map((label) => [label.id, label]));
  const first = labelById.get(id);
  let label = first;
  const seen = new Set<LabelId>();
  while (label !== undefined && label.mergedIntoId !== null && !seen.has(label.id)) {
    seen.add(label.id);
    label = labelById.get(label.mergedIntoId);
  }
  return label === undefined || label.mergedIntoId !== null ? (first ?? null) : label;
}
