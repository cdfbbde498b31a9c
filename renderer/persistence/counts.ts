import type { ChangeSet } from '../../shared/document/change-set';
import type { Annotation, ImageState } from '../../shared/schema/annotation';
import type { LabelId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { ProjectCounts } from '../../shared/schema/project';
import { resolveLabel } from '../../shared/schema/resolve-label';

/** Counts while a transaction works on them; keyed by the labels that annotations carry, merges not resolved. */
export type MutableCounts = { -readonly [K in keyof ProjectCounts]: ProjectCounts[K] };

export function mutableCounts(counts: ProjectCounts): MutableCounts {
  return { ...counts, byLabel: { ...counts.byLabel } };
}

export function countAnnotation(counts: MutableCounts, annotation: Annotation, by: 1 | -1): void {
  const { labelId } = annotation;
  counts.annotations += by;
  const ofLabel = (counts.byLabel[labelId] ?? 0) + by;
  if (ofLabel > 0) counts.byLabel[labelId] = ofLabel;
  else delete counts.byLabel[labelId];
}

export function countChange(counts: MutableCounts, change: ChangeSet): void {
  for (const annotation of change.added) countAnnotation(counts, annotation, 1);
  for (const annotation of change.removed) countAnnotation(counts, annotation, -1);
  for (const [before, after] of change.updated) {
    if (before.labelId === after.labelId) continue;
    countAnnotation(counts, before, -1);
    countAnnotation(counts, after, 1);
  }
}

export function countState(counts: MutableCounts, before: ImageState, after: ImageState): void {
  counts[before] -= 1;
  counts[after] += 1;
}

/** Counts as people see them: what was merged into another label counts as that one. */
export function resolvedCounts(counts: ProjectCounts, schema: LabelSchema): ProjectCounts {
  if (schema.labels.every((label) => label.mergedIntoId === null)) return counts;
  const byLabel: ProjectCounts['byLabel'] = {};
  for (const [id, count] of Object.entries(counts.byLabel)) {
    const labelId = id as LabelId;
    const target = resolveLabel(schema, labelId)?.id ?? labelId;
    byLabel[target] = (byLabel[target] ?? 0) + count;
  }
  return { ...counts, byLabel };
}
