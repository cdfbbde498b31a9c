import { type SurveyedImage, surveyedImages } from '../../shared/imports/image-lines';
import type { LabelSurvey, SurveyBatch } from '../../shared/ipc/channels/label-imports';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { count } from '../components/quantity';
import { runBatchedJob } from './batched-job';
import { type LabelRequest, readingOf } from './label-request';
import { createPace } from './pace';

export type LabelProblem = SurveyBatch['problems'][number];

/** What label files hold, without their annotations. */
export interface SurveyedDataset {
  readonly survey: LabelSurvey;
  /** In the order of the files. */
  readonly images: readonly SurveyedImage[];
  /** The first ones; the survey counts all. */
  readonly problems: readonly LabelProblem[];
}

/** More lines than a person reads; the rest is counted. */
const MOST_PROBLEMS = 5000;

/** Looks through label files with a line in the tray; nothing is stored and nothing but counts is kept. */
export async function surveyDataset(
  services: Pick<Services, 'bridge' | 'jobs'>,
  request: LabelRequest,
): Promise<Result<SurveyedDataset>> {
  const { bridge, jobs } = services;
  const jobId = crypto.randomUUID() as JobId;
  const stop = new AbortController();
  const line = jobs.start({ title: `Reading labels in ${request.sourceName}`, cancel: () => stop.abort() });
  const pace = createPace('images', null);
  const images: SurveyedImage[] = [];
  const problems: LabelProblem[] = [];
  let survey: LabelSurvey | null = null;
  const outcome = await runBatchedJob(bridge, {
    jobId,
    event: 'labels.surveyed',
    signal: stop.signal,
    start: () => bridge.invoke('labels.survey', { jobId, ...readingOf(request) }),
    acknowledge: (batch) => bridge.invoke('labels.acknowledge', { jobId, batch }),
    store(batch) {
      for (const image of surveyedImages(batch.images)) images.push(image);
      for (const problem of batch.problems) if (problems.length < MOST_PROBLEMS) problems.push(problem);
      if (batch.survey !== null) survey = batch.survey;
      const progress = pace.at(images.length);
      if (progress !== null) line.progress(progress);
      return Promise.resolve(ok(null));
    },
  });
  // TypeScript does not see that the batches set it.
  const found = survey as LabelSurvey | null;
  if (outcome.ok && found !== null) {
    line.done(`${count(found.annotations)} annotations read`);
    return ok({ survey: found, images, problems });
  }
  const error = outcome.ok
    ? appError('internal.unexpected', 'The reading of the labels ended without a result. Try again.')
    : outcome.error;
  if (error.code === 'job.cancelled') line.done('Stopped; nothing was imported.');
  else line.fail(error);
  return err(error);
}
