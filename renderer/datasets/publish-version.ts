import type { PublishRequest } from '../../shared/ipc/channels/datasets';
import type { ChannelResult } from '../../shared/ipc/contract';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId, ProjectId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { databaseError } from '../persistence/database-error';
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

/**
 * Publishes the project as a dataset version, with a line in the tray. Rows are staged batch by batch; the same
 * request over the same content goes on where an earlier attempt was cut off.
 */
export async function publishVersion(
  services: Pick<Services, 'bridge' | 'persistence' | 'jobs'>,
  request: PublishRequest,
): Promise<Result<Published>> {
  const { bridge, persistence, jobs } = services;
  const projectId = request.project.id;
  const jobId = crypto.randomUUID() as JobId;
  const stop = new AbortController();
  const line = jobs.start({
    title: `Publishing ${request.project.name}`,
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
      const appended = await bridge.invoke('lake.publishAppend', {
        jobId,
        batch,
        rows: rows.map(({ image, set }) => ({
          image,
          sourceName: sourceNames.get(image.sourceId) ?? '',
          status: set.status,
          annotations: set.annotations,
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

function cancelled(): AppError {
  return appError('job.cancelled', 'Publishing was stopped; the lake is as it was.');
}
