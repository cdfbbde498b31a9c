import type { Size } from '../../../shared/geometry/rect';
import { matchObjects } from '../../../shared/quality/matching/match-objects';
import { MATCH_WARNINGS, type MatchWarningKind } from '../../../shared/quality/matching/match-warnings';
import { type AttributeCell, contributionOf } from '../../../shared/quality/metrics/match-contribution';
import type { Annotation } from '../../../shared/schema/annotation';
import type { LabelId } from '../../../shared/schema/ids';

/** Where an object has no partner, in `ComparedObject.reference` and `.candidate`. */
export const NONE = -1;

/** What became of one object of the truth, of the labels, or of a pair of them. */
export interface ComparedObject {
  /** Place in the drawing order of the truth, or `NONE` of what is extra. */
  readonly reference: number;
  /** Place in the drawing order of the labels, or `NONE` of what is missing. */
  readonly candidate: number;
  /** 0 to 1 of pairs, 0 of what has no partner. */
  readonly similarity: number;
  /** Bits by place in `MATCH_WARNINGS`; `lowOverlap` is left out, because it follows from the similarity. */
  readonly warnings: number;
}

export interface ComparedSets {
  /** Pairs first, then what is missing, then what is extra; what lies in a crowd of the truth is in neither. */
  readonly objects: readonly ComparedObject[];
  /** Of pairs of the same label. */
  readonly attributes: readonly AttributeCell[];
}

export interface SetsToCompare {
  readonly truth: readonly Annotation[];
  readonly labels: readonly Annotation[];
  /** Displayed size of the picture. */
  readonly imageSize: Size;
}

export const warningBit = (kind: MatchWarningKind): number => 1 << MATCH_WARNINGS.indexOf(kind);

/**
 * The labels of a picture against its ground truth, object by object.
 * @param countsAs what a label counts as, merged labels followed.
 */
export function compareSets(
  { truth, labels, imageSize }: SetsToCompare,
  minOverlap: number,
  countsAs: (id: LabelId) => LabelId,
): ComparedSets {
  const reference = resolved(truth, countsAs);
  const candidate = resolved(labels, countsAs);
  // No pair is below 0, so that matching warns of no low overlap: the threshold is asked when figures are made.
  const match = matchObjects(reference, candidate, { minOverlap, lowOverlap: 0, imageSize });
  const placeInTruth = placesOf(reference);
  const placeInLabels = placesOf(candidate);
  const warnings = new Map<Annotation, number>();
  for (const { kind, candidate: object } of match.warnings) {
    // Hidden only says how somebody looks at it now.
    if (kind === 'hidden') continue;
    warnings.set(object, (warnings.get(object) ?? 0) | warningBit(kind));
  }
  const objects = [
    ...[...match.pairs, ...match.mislabelled].map((pair) => ({
      reference: placeInTruth.get(pair.reference) ?? NONE,
      candidate: placeInLabels.get(pair.candidate) ?? NONE,
      similarity: pair.similarity,
      warnings: warnings.get(pair.candidate) ?? 0,
    })),
    ...match.missing.map((object) => alone(placeInTruth.get(object) ?? NONE, NONE)),
    ...match.extra.map((object) => alone(NONE, placeInLabels.get(object) ?? NONE)),
  ];
  const answered = match.pairs.filter(
    (pair) => hasAttributes(pair.reference) || hasAttributes(pair.candidate),
  );
  const { attributes } =
    answered.length === 0
      ? { attributes: [] }
      : contributionOf({ ...match, pairs: answered, mislabelled: [], missing: [], extra: [] });
  return { objects, attributes };
}

function hasAttributes({ attributes }: Annotation): boolean {
  for (const _ in attributes) return true;
  return false;
}

function alone(reference: number, candidate: number): ComparedObject {
  return { reference, candidate, similarity: 0, warnings: 0 };
}

/** Only what was merged is copied: most projects never merged a label. */
function resolved(
  annotations: readonly Annotation[],
  countsAs: (id: LabelId) => LabelId,
): readonly Annotation[] {
  return annotations.map((annotation) => {
    const labelId = countsAs(annotation.labelId);
    return labelId === annotation.labelId ? annotation : { ...annotation, labelId };
  });
}

function placesOf(annotations: readonly Annotation[]): ReadonlyMap<Annotation, number> {
  return new Map(annotations.map((annotation, place) => [annotation, place]));
}
