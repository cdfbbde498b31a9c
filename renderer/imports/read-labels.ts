import type { ImportedClass } from '../../shared/imports/map-classes';
import type { ImportedImage } from '../../shared/imports/plan-label-import';
import type { ImportBatch } from '../../shared/ipc/channels/datasets';
import { err, ok, type Result } from '../../shared/result/result';
import type { JobId, SourceId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { runBatchedJob } from './batched-job';

export type LabelProblem = ImportBatch['problems'][number];

/** Everything a label dataset says, as its format's reader understood it. */
export interface ReadLabels {
  readonly classes: readonly ImportedClass[];
  readonly images: readonly ImportedImage[];
  /** The first ones; `problemCount` is complete. */
  readonly problems: readonly LabelProblem[];
  readonly problemCount: number;
}

/** More lines than a person reads; the rest is counted. */
const MOST_PROBLEMS = 2000;

/** Reads a folder's labels with a line in the tray; nothing is stored. */
export async function readLabels(
  services: Pick<Services, 'bridge' | 'jobs'>,
  input: {
    readonly sourceId: SourceId;
    readonly displayName: string;
    readonly formatId: string;
    /** The project's folders, in which pictures are looked for whose size the labels do not say. */
    readonly imageSourceIds: readonly SourceId[];
  },
): Promise<Result<ReadLabels>> {
  const { bridge, jobs } = services;
  const jobId = crypto.randomUUID() as JobId;
  const stop = new AbortController();
  const line = jobs.start({ title: `Reading labels in ${input.displayName}`, cancel: () => stop.abort() });
  const classByIndex = new Map<number, ImportedClass>();
  const images: ImportedImage[] = [];
  const problems: LabelProblem[] = [];
  let problemCount = 0;
  const outcome = await runBatchedJob(bridge, {
    jobId,
    event: 'labels.batch',
    signal: stop.signal,
    onProgress: (progress, note) => line.progress(progress, note),
    start: () =>
      bridge.invoke('labels.read', {
        jobId,
        sourceId: input.sourceId,
        formatId: input.formatId,
        imageSourceIds: [...input.imageSourceIds],
      }),
    acknowledge: (batch) => bridge.invoke('labels.acknowledge', { jobId, batch }),
    store(batch) {
      for (const one of batch.labels) classByIndex.set(one.classIndex, one);
      for (const image of batch.images) images.push(image);
      problemCount += batch.problems.length;
      for (const problem of batch.problems) if (problems.length < MOST_PROBLEMS) problems.push(problem);
      return Promise.resolve(ok(null));
    },
  });
  if (!outcome.ok) {
    if (outcome.error.code === 'job.cancelled') line.done('Stopped; nothing was imported.');
    else line.fail(outcome.error);
    return err(outcome.error);
  }
  const classes = [...classByIndex.values()].sort((a, b) => a.classIndex - b.classIndex);
  const annotations = images.reduce((sum, image) => sum + image.annotations.length, 0);
  line.done(`${annotations.toLocaleString('en')} annotations read`);
  return ok({ classes, images: withOneEntryAKey(images), problems, problemCount });
}

/** A key may come in several batches; its annotations belong to one image. */
function withOneEntryAKey(images: readonly ImportedImage[]): readonly ImportedImage[] {
  const byKey = new Map<string, ImportedImage>();
  for (const image of images) {
    const before = byKey.get(image.key);
    byKey.set(
      image.key,
      before === undefined
        ? image
        : {
            ...before,
            isConfirmedEmpty: before.isConfirmedEmpty && image.isConfirmedEmpty,
            annotations: [...before.annotations, ...image.annotations],
          },
    );
  }
  return [...byKey.values()];
}
