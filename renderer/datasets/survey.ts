import { canonicalJson } from '../../shared/document/canonical-json';
import { sha256OfText } from '../../shared/document/hash';
import type { PublishReview } from '../../shared/ipc/channels/datasets';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { ImageState } from '../../shared/schema/annotation';
import type { LabelId, ProjectId, Sha256 } from '../../shared/schema/ids';
import { databaseError } from '../persistence/database-error';
import type { Persistence } from '../persistence/ports';
import { publishReviewOf } from './publish-review';

/** What a publish's preview must know of one image. */
export interface SurveyedImage {
  readonly imageId: string;
  /** Source name and folder, what `groupBy: 'folder'` keeps together. */
  readonly folder: string;
  readonly contentHash: string;
  readonly state: ImageState;
  readonly labelCounts: ReadonlyMap<LabelId, number>;
  readonly review: Pick<PublishReview, 'stage' | 'verdict' | 'isChangedSince'>;
}

export interface Survey {
  readonly images: readonly SurveyedImage[];
  /** Equal for equal content: a publish that was cut off finds what it staged by it. */
  readonly contentKey: Sha256;
}

const BATCH = 500;

/**
 * Reads the whole project once, in the background. Errors: `job.cancelled` when `signal` aborted, `record.damaged` with
 * the image when its labels cannot be read.
 */
export async function surveyProject(
  persistence: Persistence,
  projectId: ProjectId,
  sourceNames: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Result<Survey>> {
  try {
    return await survey(persistence, projectId, sourceNames, signal);
  } catch (thrown) {
    // A stream has no other way to say that it cannot go on.
    return err(databaseError(thrown, 'looking through the project'));
  }
}

async function survey(
  persistence: Persistence,
  projectId: ProjectId,
  sourceNames: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Result<Survey>> {
  const images: SurveyedImage[] = [];
  const revisions: string[] = [];
  for await (const rows of persistence.exportRows(projectId, { fromOrdinal: 0, batchSize: BATCH })) {
    if (signal.aborted) return err(appError('job.cancelled', 'Looking through the project was stopped.'));
    const reviews = await persistence.reviews.many(
      projectId,
      rows.map(({ image }) => image.id),
    );
    if (!reviews.ok) return reviews;
    for (const { image, set } of rows) {
      const labelCounts = new Map<LabelId, number>();
      for (const { labelId } of set.annotations)
        labelCounts.set(labelId, (labelCounts.get(labelId) ?? 0) + 1);
      const review = publishReviewOf(reviews.value.get(image.id), set);
      const source = sourceNames.get(image.sourceId) ?? '';
      const slash = image.key.lastIndexOf('/');
      images.push({
        imageId: image.id,
        folder: slash < 0 ? source : `${source}/${image.key.slice(0, slash)}`,
        contentHash: image.contentHash,
        state: set.status.state,
        labelCounts,
        review: { stage: review.stage, verdict: review.verdict, isChangedSince: review.isChangedSince },
      });
      revisions.push(`${image.id} ${image.contentHash} ${set.revision} ${canonicalJson(review)}`);
    }
  }
  return ok({ images, contentKey: sha256OfText(revisions.join('\n')) });
}
