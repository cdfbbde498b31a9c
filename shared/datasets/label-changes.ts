import type { LabelSchema } from '../schema/label-schema';
import { datasetLabels } from './dataset-labels';

export interface LabelChange {
  readonly classIndex: number;
  readonly before: string | null;
  readonly after: string | null;
}

/** Labels that a dataset gained, lost (merged or removed) or renamed, by class index. */
export function labelChanges(from: LabelSchema, to: LabelSchema): readonly LabelChange[] {
  const before = new Map(datasetLabels(from).map((label) => [label.classIndex, label.name]));
  const after = new Map(datasetLabels(to).map((label) => [label.classIndex, label.name]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort((a, b) => a - b)
    .map((classIndex) => ({
      classIndex,
      before: before.get(classIndex) ?? null,
      after: after.get(classIndex) ?? null,
    }))
    .filter((change) => change.before !== change.after);
}
