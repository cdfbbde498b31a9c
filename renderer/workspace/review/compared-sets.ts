import { annotationDifferences } from '../../../shared/document/annotation-differences';
import { isPermitted } from '../../../shared/people/permissions';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { ImageReview } from '../../../shared/review/fold-review';
import type { Annotation } from '../../../shared/schema/annotation';
import type { ImageId, ProjectId, Timestamp } from '../../../shared/schema/ids';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import type { Services } from '../../app/services';
import type { Comparison } from '../../editor/comparison';
import { comparisonOf } from './proposal-content';

/** A second set of annotations that the image's own can be compared with. */
export interface ComparedSet {
  readonly id: string;
  readonly title: string;
  /** An earlier state of the same objects, told apart by their ids; else somebody else's, matched by where they lie. */
  readonly isEarlier: boolean;
  /** The set of annotations itself, where it has an id of its own. */
  readonly layerId: ImageId | null;
  /** When it was, of an earlier state. */
  readonly at: Timestamp | null;
}

/** More lines of one image's history than anybody makes. */
const MOST_LINES = 100_000;

/**
 * What the open image can be compared with: itself as it was handed in and as it was judged, and for whom that is open,
 * what each person of a consensus drew, and the ground truth.
 */
export async function comparedSets(
  { persistence }: Pick<Services, 'persistence'>,
  projectId: ProjectId,
  { imageId, submitted, lastJudgement }: ImageReview,
): Promise<Result<readonly ComparedSet[]>> {
  const sets: ComparedSet[] = [];
  const earlier = (id: string, title: string, at: Timestamp) =>
    sets.push({ id, title, at, isEarlier: true, layerId: null });
  if (submitted !== null) earlier('submitted', `As handed in by ${submitted.by.name}`, submitted.at);
  if (lastJudgement !== null) {
    earlier('judged', `As judged by ${lastJudgement.by.name}`, lastJudgement.at);
  }
  const session = persistence.session();
  if (session === null || !isPermitted(session.role, 'quality.seeEveryone')) return ok(sets);
  const layers = await persistence.layers.list(projectId, { imageId });
  if (!layers.ok) return layers;
  for (const { id, purpose, owner } of layers.value) {
    if (purpose !== 'consensus' && purpose !== 'groundTruth') continue;
    const title = purpose === 'consensus' ? `Labels of ${owner.name}` : 'Ground truth';
    sets.push({ id, title, at: null, isEarlier: false, layerId: id });
  }
  return ok(sets);
}

/** The annotations of one of these sets. */
export async function readComparedSet(
  { persistence }: Pick<Services, 'persistence'>,
  imageId: ImageId,
  { layerId, at }: ComparedSet,
): Promise<Result<readonly Annotation[]>> {
  if (layerId !== null) {
    const set = await persistence.annotations.load(layerId);
    return set.ok ? ok(set.value.annotations) : set;
  }
  const lines = await persistence.journal.history(imageId, MOST_LINES);
  // Newest first: the last line before that moment left the image as it was then.
  const line = lines.find((one) => at !== null && one.at <= at);
  if (line === undefined) {
    return err(appError('record.conflict', 'The history of this image does not reach back that far.'));
  }
  const then = await persistence.journal.imageAt(imageId, line.seq);
  return then.ok ? ok(then.value.annotations) : then;
}

/** How a set differs from the labels on screen, as ghosts over them. */
export async function overlayOf(
  { title, isEarlier }: ComparedSet,
  theirs: readonly Annotation[],
  labels: readonly Annotation[],
  { quality }: Pick<ReviewPolicy, 'quality'>,
): Promise<Comparison> {
  if (isEarlier) return comparisonOf(title, annotationDifferences(labels, theirs));
  // Matching is not read at every start for what is asked now and then.
  const { truthComparison } = await import('../../quality/errors/open-with-truth');
  return { ...truthComparison(theirs, labels, quality.minOverlap, quality.lowOverlap), title };
}
