import { canonicalJson } from '../../shared/document/canonical-json';
import { type AppError, appError } from '../../shared/result/app-error';
import type { LabelId } from '../../shared/schema/ids';
import { LabelSchema } from '../../shared/schema/label-schema';
import type { ProjectCounts } from '../../shared/schema/project';

/** True when two schemas mean the same; their revision and the next free number only ever rise and are not compared. */
export function sameSchema(a: LabelSchema, b: LabelSchema): boolean {
  return canonicalJson(a.labels) === canonicalJson(b.labels);
}

/** A schema going back to an earlier form: still one revision on, and numbers once given are not given again. */
export function schemaRevertedTo(target: LabelSchema, current: LabelSchema): LabelSchema {
  return {
    labels: target.labels,
    revision: current.revision + 1,
    nextClassIndex: Math.max(target.nextClassIndex, current.nextClassIndex),
  };
}

/** Why a schema cannot take the place of `current`; null when it can. `counts` are those by label as stored. */
export function reasonAgainstSchema(
  current: LabelSchema,
  next: LabelSchema,
  counts: ProjectCounts,
): AppError | null {
  const parsed = LabelSchema.safeParse(next);
  if (!parsed.success) {
    const place = parsed.error.issues[0];
    return appError(
      'schema.invalid',
      `The labels cannot be stored (${place?.path.join('.') ?? 'unknown'}: ${place?.message ?? 'invalid'}). Nothing was changed.`,
    );
  }
  const kept = new Set<LabelId>(next.labels.map((label) => label.id));
  for (const label of current.labels) {
    const count = counts.byLabel[label.id] ?? 0;
    if (count > 0 && !kept.has(label.id)) {
      return appError(
        'schema.unknown-label',
        `The label ${label.name} cannot go: ${count} annotation${count === 1 ? ' carries' : 's carry'} it. Delete or relabel them first, or retire the label instead.`,
        { labelId: label.id, count },
      );
    }
  }
  return null;
}
