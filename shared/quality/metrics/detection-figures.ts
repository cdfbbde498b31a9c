import { type ConfusionCell, SIMILARITY_UNIT } from './match-contribution';

/** How well objects are found and named. What has nothing to be divided by is null. */
export interface DetectionFigures {
  /** True positives: pairs of the same label. */
  readonly valid: number;
  /** Objects of the reference. */
  readonly referenceCount: number;
  readonly candidateCount: number;
  /** In the reference alone. */
  readonly missing: number;
  /** In the candidate set alone. */
  readonly extra: number;
  /** In the same place with another label. */
  readonly mislabelled: number;
  /** valid / candidate objects (van Rijsbergen 1979). */
  readonly precision: number | null;
  /** valid / reference objects. */
  readonly recall: number | null;
  /** Harmonic mean of precision and recall: 2 · valid / (reference + candidate objects). */
  readonly f1: number | null;
  /** See `overallFigures` and `figuresByLabel`. */
  readonly accuracy: number | null;
  /** Mean similarity (IoU of areas) of the valid pairs. */
  readonly meanSimilarity: number | null;
}

/**
 * Figures over all labels (micro averages). A mislabelled pair is one wrong object of the reference and one of the
 * candidate set. Accuracy is that of CVAT's quality reports (`ComparisonReportAnnotationsSummary`): the sum of the
 * diagonal of the confusion matrix over the sum of the matrix, valid / (valid + mislabelled + missing + extra), where a
 * mislabelled pair is one case. Without mislabelled pairs this is valid / (reference + candidate − valid), the Jaccard
 * index.
 */
export function overallFigures(cells: readonly ConfusionCell[]): DetectionFigures {
  const sums = summed(cells);
  return figuresOf(sums, sums.valid + sums.mislabelled + sums.missing + sums.extra);
}

export interface LabelFigures extends DetectionFigures {
  readonly labelId: string;
}

/**
 * Figures of each label that either set has, in the order of their ids: of the label car, a car called truck is not found
 * (recall), and a truck called car is found wrongly (precision). `mislabelled` counts the former. Accuracy of a label is
 * its Jaccard index, valid / (reference + candidate − valid), as in CVAT's per-label reports without true negatives.
 */
export function figuresByLabel(cells: readonly ConfusionCell[]): readonly LabelFigures[] {
  const labels = new Set<string>();
  for (const { reference, candidate } of cells) {
    if (reference !== null) labels.add(reference);
    if (candidate !== null) labels.add(candidate);
  }
  return [...labels].sort().map((labelId) => {
    const own = cells.filter(({ reference, candidate }) => reference === labelId || candidate === labelId);
    const sums = {
      ...summed(own),
      referenceCount: total(own.filter(({ reference }) => reference === labelId)),
      candidateCount: total(own.filter(({ candidate }) => candidate === labelId)),
      mislabelled: total(
        own.filter(
          ({ reference, candidate }) => reference === labelId && candidate !== null && candidate !== labelId,
        ),
      ),
    };
    return { labelId, ...figuresOf(sums, sums.referenceCount + sums.candidateCount - sums.valid) };
  });
}

interface Sums {
  readonly valid: number;
  readonly similarity: number;
  readonly referenceCount: number;
  readonly candidateCount: number;
  readonly missing: number;
  readonly extra: number;
  readonly mislabelled: number;
}

function summed(cells: readonly ConfusionCell[]): Sums {
  const valid = cells.filter(({ reference, candidate }) => reference === candidate);
  return {
    valid: total(valid),
    similarity: valid.reduce((sum, cell) => sum + cell.similarity, 0) * SIMILARITY_UNIT,
    referenceCount: total(cells.filter(({ reference }) => reference !== null)),
    candidateCount: total(cells.filter(({ candidate }) => candidate !== null)),
    missing: total(cells.filter(({ candidate }) => candidate === null)),
    extra: total(cells.filter(({ reference }) => reference === null)),
    mislabelled: total(
      cells.filter(
        ({ reference, candidate }) => reference !== null && candidate !== null && reference !== candidate,
      ),
    ),
  };
}

function total(cells: readonly ConfusionCell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0);
}

function figuresOf({ similarity, ...counts }: Sums, cases: number): DetectionFigures {
  const { valid, referenceCount, candidateCount } = counts;
  return {
    ...counts,
    precision: ratio(valid, candidateCount),
    recall: ratio(valid, referenceCount),
    f1: ratio(2 * valid, referenceCount + candidateCount),
    accuracy: ratio(valid, cases),
    meanSimilarity: ratio(similarity, valid),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
