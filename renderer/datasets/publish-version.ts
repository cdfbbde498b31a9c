import { canonicalJson } from '../../shared/document/canonical-json';
import type { PublishRequest } from '../../shared/ipc/channels/datasets';
import type { ChannelResult } from '../../shared/ipc/contract';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { VersionReview } from '../../shared/schema/dataset-version';
import type { JobId, ProjectId, Sha256 } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { databaseError } from '../persistence/database-error';
import type { Persistence } from '../persistence/ports';
import { publishReviewOf } from './publish-review';
import { surveyProject } from './survey';

type Published = ChannelResult<'lake.publishFinish'>;

/** Images a message to the datasets process holds; a fixed number, since batches are resumed by their place. */
const BATCH = 500;

/** The request of a publish that was begun and not ended, to be offered again. The lake knows: it holds what is staged. */
export async function unfinishedPublish(
  services: Pick<Services, 'bridge'>,
  projectId: ProjectId,
): Promise<PublishRequest | null> {
  const unfinished = await services.bridge.invoke('lake.unfinished', { projectId });
  return unfinished.ok ? unfinished.value : null;
}

/** Figures of quality that whoever asks for a version has worked out. */
export type PublishFigures = Pick<VersionReview, 'agreement' | 'quality' | 'gate'>;

const NO_FIGURES: PublishFigures = { agreement: null, quality: null, gate: null };

/**
 * Publishes the project as a dataset version, with a line in the tray. Rows are staged batch by batch; the same
 * request over the same content goes on where an earlier attempt was cut off. The version says how far it was reviewed,
 * and where the journal stood when the publish began.
 */
export async function publishVersion(
  services: Pick<Services, 'bridge' | 'persistence' | 'jobs'>,
  asked: PublishRequest,
  figures: PublishFigures = asked.review ?? NO_FIGURES,
): Promise<Result<Published>> {
  const { bridge, persistence, jobs } = services;
  const projectId = asked.project.id;
  const jobId = crypto.randomUUID() as JobId;
  const stop = new AbortController();
  const line = jobs.start({
    title: `Publishing ${asked.project.name}`,
    cancel() {
      stop.abort();
      void bridge.invoke('job.cancel', { jobId });
    },
  });
  const stopListening = bridge.subscribe('job.progress', (event) => {
    if (event.jobId === jobId) line.progress(event.progress, event.note);
  });
  const outcome = await run().catch((thrown: unknown): Result<Published> => {
    // An image whose labels cannot be read ends the stream; a version that silently lacks them must not come to be.
    void bridge.invoke('job.cancel', { jobId });
    return err(databaseError(thrown, 'publishing'));
  });
  stopListening();
  if (outcome.ok) {
    line.done(
      outcome.value.isNew
        ? `Version ${outcome.value.version.id.slice(0, 8)} is published.`
        : 'Nothing changed since the last version; it stays the latest.',
    );
  } else if (stop.signal.aborted) {
    line.done('Stopped; the lake is as it was. “Go on” above the form takes it up where it stopped.');
  } else {
    line.fail(outcome.error);
  }
  return outcome;

  async function run(): Promise<Result<Published>> {
    line.note('Looking through the project');
    const project = await persistence.projects.get(projectId);
    if (!project.ok) return project;
    const sourceNames = new Map<string, string>(
      project.value.sources.map((one) => [one.id, one.displayName]),
    );
    const review = await reviewOf(persistence, projectId, figures);
    if (!review.ok) return review;
    const request: PublishRequest = { ...asked, review: review.value };
    // What was staged when the journal stood elsewhere is found by no request any more.
    if (asked.review !== undefined && canonicalJson(asked.review) !== canonicalJson(review.value))
      await bridge.invoke('lake.forgetUnfinished', { projectId });
    const survey = await surveyProject(persistence, projectId, sourceNames, stop.signal);
    if (!survey.ok) return survey;
    const begun = await bridge.invoke('lake.publishBegin', {
      jobId,
      request,
      contentKey: survey.value.contentKey,
    });
    if (!begun.ok) return begun;
    let batch = begun.value.nextBatch;
    let done = batch * BATCH;
    const startedAt = performance.now();
    const skipped = done;
    for await (const rows of persistence.exportRows(projectId, { fromOrdinal: done, batchSize: BATCH })) {
      if (stop.signal.aborted) return err(cancelled());
      const reviews = await persistence.reviews.many(
        projectId,
        rows.map(({ image }) => image.id),
      );
      if (!reviews.ok) return reviews;
      const appended = await bridge.invoke('lake.publishAppend', {
        jobId,
        batch,
        rows: rows.map(({ image, set }) => ({
          image,
          sourceName: sourceNames.get(image.sourceId) ?? '',
          status: set.status,
          annotations: set.annotations,
          review: publishReviewOf(reviews.value.get(image.id), set),
        })),
      });
      if (!appended.ok) return appended;
      batch += 1;
      done += rows.length;
      const perSecond = ((done - skipped) * 1000) / Math.max(1, performance.now() - startedAt);
      line.progress(
        {
          done,
          total: survey.value.images.length,
          unit: 'images',
          perSecond,
          secondsLeft: (survey.value.images.length - done) / perSecond,
        },
        'staging',
      );
    }
    const finished = await bridge.invoke('lake.publishFinish', { jobId });
    return finished.ok ? ok(finished.value) : finished;
  }
}

/** The head is read before the rows, so that a version never claims more of the journal than it holds. */
async function reviewOf(
  { reviews, journal }: Pick<Persistence, 'reviews' | 'journal'>,
  projectId: ProjectId,
  { agreement, quality, gate }: PublishFigures,
): Promise<Result<NonNullable<PublishRequest['review']>>> {
  const policy = await reviews.policy(projectId);
  if (!policy.ok) return policy;
  const head = await journal.head(projectId);
  const { isReviewed, reviewsNeeded } = policy.value;
  return ok({
    policy: { isReviewed, reviewsNeeded },
    agreement,
    quality,
    gate,
    auditHead: { seq: head?.seq ?? 0, hash: (head?.hash ?? null) as Sha256 | null },
  });
}

function cancelled(): AppError {
  return appError('job.cancelled', 'Publishing was stopped; the lake is as it was.');
}
