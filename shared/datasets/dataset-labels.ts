import type { LabelDefinition, LabelSchema } from '../schema/label-schema';
import { resolveMergedLabels } from '../schema/resolve-label';

/** The labels that a dataset has, by their permanent class index: merged ones are gone, retired ones stay. */
export function datasetLabels(schema: LabelSchema): readonly LabelDefinition[] {
  const kept = new Set([...resolveMergedLabels(schema).values()].map((label) => label.id));
  return schema.labels.filter((label) => kept.has(label.id)).sort((a, b) => a.classIndex - b.classIndex);
}
