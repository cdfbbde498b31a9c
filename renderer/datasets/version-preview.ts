import { assignSplits } from '../../shared/datasets/split';
import type { ReviewCoverage, Split, SplitRule, VersionFilter } from '../../shared/schema/dataset-version';
import type { LabelId } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import { resolveMergedLabels } from '../../shared/schema/resolve-label';
import type { Survey, SurveyedImage } from './survey';

export interface VersionPreview {
  readonly images: number;
  readonly annotations: number;
  readonly bySplit: Readonly<Record<Split, { readonly images: number; readonly annotations: number }>>;
  /** By the label that annotations count as, in the schema's order; only labels that occur. */
  readonly byLabel: readonly {
    readonly labelId: LabelId;
    readonly name: string;
    readonly color: string;
    readonly bySplit: Readonly<Record<Split, number>>;
    readonly total: number;
  }[];
  /** Images that the choice of states and stages leaves out. */
  readonly leftOut: number;
  readonly coverage: ReviewCoverage;
}

/** What publishing with these settings would hold, by the very functions that publishing uses. */
export function previewVersion(
  survey: Survey,
  schema: LabelSchema,
  filter: VersionFilter,
  rule: SplitRule,
): VersionPreview {
  const resolved = resolveMergedLabels(schema);
  const states = new Set(filter.states);
  const wanted = new Set(filter.labelIds.map((id) => resolved.get(id)?.id ?? id));
  const coverage = { accepted: 0, reviewed: 0, total: 0, changedSince: 0 };
  const subjects = survey.images.flatMap((image) => {
    if (!states.has(image.state)) return [];
    if (filter.stages !== undefined && !filter.stages.includes(image.review.stage)) return [];
    count(coverage, image.review);
    const labelCounts = new Map<number, number>();
    for (const [labelId, count] of image.labelCounts) {
      const label = resolved.get(labelId);
      if (label === undefined || (wanted.size > 0 && !wanted.has(label.id))) continue;
      labelCounts.set(label.classIndex, (labelCounts.get(label.classIndex) ?? 0) + count);
    }
    return [{ imageId: image.imageId, folder: image.folder, contentHash: image.contentHash, labelCounts }];
  });
  const splitById = assignSplits(subjects, rule);
  const bySplit = { train: emptyCount(), val: emptyCount(), test: emptyCount() };
  const byClass = new Map<number, Record<Split, number>>();
  let annotations = 0;
  for (const subject of subjects) {
    const split = splitById.get(subject.imageId)?.split ?? 'train';
    bySplit[split].images += 1;
    for (const [classIndex, count] of subject.labelCounts) {
      annotations += count;
      bySplit[split].annotations += count;
      let counts = byClass.get(classIndex);
      if (counts === undefined) {
        counts = { train: 0, val: 0, test: 0 };
        byClass.set(classIndex, counts);
      }
      counts[split] += count;
    }
  }
  return {
    images: subjects.length,
    annotations,
    bySplit,
    byLabel: schema.labels.flatMap((label) => {
      const counts = byClass.get(label.classIndex);
      if (counts === undefined) return [];
      return [
        {
          labelId: label.id,
          name: label.name,
          color: label.color,
          bySplit: counts,
          total: counts.train + counts.val + counts.test,
        },
      ];
    }),
    leftOut: survey.images.length - subjects.length,
    coverage,
  };
}

function count(coverage: ReviewCoverage, { stage, verdict, isChangedSince }: SurveyedImage['review']): void {
  coverage.total += 1;
  if (stage === 'accepted') coverage.accepted += 1;
  if (verdict !== null) coverage.reviewed += 1;
  if (isChangedSince) coverage.changedSince += 1;
}

function emptyCount() {
  return { images: 0, annotations: 0 };
}
