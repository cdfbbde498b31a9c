import type { LabelDefinition } from '../../schema/label-schema';
import { resolveLabel } from '../../schema/resolve-label';
import { type DatasetInput, ROW_FLAGS } from './dataset-input';

/** How often a label occurs in a project, objects of labels that were merged into it included. */
export interface LabelUse {
  readonly label: LabelDefinition;
  readonly objects: number;
  readonly images: number;
}

/** All labels that occur, in the order of the schema. O(objects). */
export function labelsInUse({ objects, schema }: DatasetInput): readonly LabelUse[] {
  const { flags, label, ordinal } = objects.columns();
  const resolved = objects.labelIds.map((id) => resolveLabel(schema, id));
  const labels = [...new Set(resolved)].filter((one) => one !== null);
  const place = resolved.map((one) => (one === null ? -1 : labels.indexOf(one)));
  const counts = new Uint32Array(labels.length);
  const images = labels.map(() => new Uint8Array(objects.imageCount));
  for (let row = 0; row < objects.rowCount; row += 1) {
    if (((flags[row] ?? 0) & ROW_FLAGS.gone) !== 0) continue;
    const at = place[label[row] ?? 0] ?? -1;
    if (at < 0) continue;
    counts[at] = (counts[at] ?? 0) + 1;
    const seen = images[at];
    if (seen !== undefined) seen[ordinal[row] ?? 0] = 1;
  }
  return labels
    .map((one, at) => ({
      label: one,
      objects: counts[at] ?? 0,
      images: (images[at] ?? new Uint8Array()).reduce((sum, has) => sum + has, 0),
    }))
    .filter(({ objects: count }) => count > 0)
    .sort((a, b) => schema.labels.indexOf(a.label) - schema.labels.indexOf(b.label));
}
