import type { Project } from '../../shared/schema/project';
import type { QualityFigures } from '../quality/engine/quality-messages';
import { usePolicy, useQuality } from '../quality/use-quality';
import type { PublishFigures } from './publish-version';

/** What a version may say of how right its labels are. */
export type MeasuredFigures = Pick<PublishFigures, 'agreement' | 'quality'>;

export const NOT_MEASURED: MeasuredFigures = { agreement: null, quality: null };

/** How far measuring has come before a publish. */
export type PublishQuality =
  | { readonly kind: 'measuring' }
  | { readonly kind: 'measured'; readonly figures: MeasuredFigures }
  /** Nothing is said of quality then; the reason is a sentence for a person. */
  | { readonly kind: 'failed'; readonly reason: string };

/** The figures of a project's quality as long as the form is there, live. */
export function usePublishQuality(project: Project): PublishQuality {
  const state = useQuality(project, usePolicy(project));
  const status = state?.status;
  if (state == null || status === undefined) return { kind: 'measuring' };
  switch (status.kind) {
    case 'failed':
      return { kind: 'failed', reason: status.error.message };
    case 'stopped':
      return { kind: 'failed', reason: 'Comparing was stopped on the Quality screen before it was through.' };
    case 'reading':
      return { kind: 'measuring' };
    case 'ready':
      return state.figures === null
        ? { kind: 'measuring' }
        : { kind: 'measured', figures: measuredFigures(state.figures) };
  }
}

/**
 * The figures of the whole project that a version carries: Krippendorff's alpha of labels with its bootstrap interval
 * where several people answered for the same image, and the images' own labels against ground truth. Each is null where
 * there is nothing to measure by. Where nothing was labelled precision is 0, and mean IoU where nothing is right.
 */
export function measuredFigures({ agreement, subjects }: QualityFigures): MeasuredFigures {
  const { labels } = agreement;
  const { comparisons, overall } = subjects.labels;
  return {
    agreement:
      labels === null || labels.alpha === null || labels.interval === null
        ? null
        : {
            metric: 'krippendorffAlpha',
            value: labels.alpha,
            low: labels.interval.low,
            high: labels.interval.high,
            n: labels.units,
          },
    quality:
      comparisons === 0 || overall.accuracy === null
        ? null
        : {
            accuracy: overall.accuracy,
            precision: overall.precision ?? 0,
            recall: overall.recall ?? 0,
            meanIoU: overall.meanSimilarity ?? 0,
            groundTruthImages: comparisons,
          },
  };
}
