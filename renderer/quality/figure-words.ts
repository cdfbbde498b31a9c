import type { DetectionFigures } from '../../shared/quality/metrics/detection-figures';
import { wilsonInterval } from '../../shared/quality/metrics/wilson-interval';
import type { ReviewPolicy } from '../../shared/schema/review-policy';

const percent = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** `94.2%`; a dash for what cannot be said. */
export function share(value: number | null): string {
  return value === null ? '–' : percent.format(value);
}

/** `0.873`; a dash for what cannot be said. */
export function coefficient(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

export type TargetMetric = ReviewPolicy['quality']['target']['metric'];

export const METRIC_WORDS: Readonly<Record<TargetMetric, string>> = {
  accuracy: 'Accuracy',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
};

/** The interval of what is a share of independent cases; null for what is none. */
export function intervalOf(
  figures: DetectionFigures,
  metric: TargetMetric,
): { readonly low: number; readonly high: number } | null {
  const { valid, referenceCount, candidateCount, missing, extra, mislabelled } = figures;
  switch (metric) {
    case 'accuracy':
      return wilsonInterval(valid, valid + missing + extra + mislabelled);
    case 'precision':
      return wilsonInterval(valid, candidateCount);
    case 'recall':
      return wilsonInterval(valid, referenceCount);
    case 'f1':
      return null;
  }
}
