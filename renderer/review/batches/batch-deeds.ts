import { ok, type Result } from '../../../shared/result/result';
import { judgementIn } from '../../../shared/review/fold-review';
import { type Candidate, drawSample } from '../../../shared/review/sampling/draw-sample';
import type { Batch, SamplingPlan } from '../../../shared/schema/batch';
import { BatchId, type ImageId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import type { ReviewDeed } from '../../../shared/schema/review';
import { count, plural } from '../../components/quantity';
import type { RecordPut } from '../../persistence/ports';
import { type Acting, actWithUndo } from './act-with-undo';

import type { Share } from './share-out';

const putOf = (batch: Batch, value: Batch | null): readonly RecordPut[] => [
  { kind: 'batch', id: batch.id, value },
];

/** Draws the sample, and puts the batch and its mark on every image of it in one undoable step. */
export async function createBatch(
  services: Acting,
  project: Project,
  made: {
    readonly name: string;
    readonly plan: SamplingPlan;
    readonly candidates: readonly Candidate[];
  },
): Promise<Result<Batch | null>> {
  const session = services.persistence.session();
  const sample = drawSample(made.candidates, made.plan);
  if (!sample.ok || session === null) return sample.ok ? ok(null) : sample;
  const batch: Batch = {
    id: BatchId.parse(crypto.randomUUID()),
    projectId: project.id,
    name: made.name,
    imageIds: made.candidates.map(({ imageId }) => imageId),
    plan: made.plan,
    sample: [...sample.value.imageIds],
    acceptanceNumber: sample.value.acceptanceNumber,
    verdict: null,
    createdBy: { id: session.personId, name: session.name },
    createdAt: new Date().toISOString(),
  };
  const isMade = await actWithUndo(
    services,
    project.id,
    [
      {
        imageIds: batch.imageIds,
        deeds: [{ kind: 'batched', batchId: batch.id }],
        records: putOf(batch, batch),
        recordsBefore: putOf(batch, null),
      },
    ],
    { code: 'review.makeBatch', label: `Make batch ${batch.name}` },
    (images) =>
      `Batch “${batch.name}”: ${plural(images, 'image')}, ${count(batch.sample?.length ?? 0)} of them to review.`,
  );
  return ok(isMade ? batch : null);
}

/** Takes a batch away; its images keep everything else. */
export function removeBatch(services: Acting, project: Project, batch: Batch): Promise<boolean> {
  return actWithUndo(
    services,
    project.id,
    [
      {
        imageIds: batch.imageIds,
        deeds: [{ kind: 'batched', batchId: null }],
        records: putOf(batch, null),
        recordsBefore: putOf(batch, batch),
      },
    ],
    { code: 'review.removeBatch', label: `Remove batch ${batch.name}` },
    () => `Batch “${batch.name}” is gone. Its images keep their labels and verdicts.`,
  );
}

/** Images are looked up and asked about so many at a time. */
const IMAGES_AT_A_TIME = 5000;

/**
 * Lets the batch's verdict decide over its images that wait for review and that nobody looked at; the others keep what
 * was said of them.
 */
export async function applyVerdict(
  services: Acting,
  project: Project,
  batch: Batch,
  verdict: 'accepted' | 'rejected',
): Promise<boolean> {
  const { persistence, toasts } = services;
  const waiting: ImageId[] = [];
  for (let from = 0; from < batch.imageIds.length; from += IMAGES_AT_A_TIME) {
    const reviews = await persistence.reviews.many(
      project.id,
      batch.imageIds.slice(from, from + IMAGES_AT_A_TIME),
    );
    if (!reviews.ok) {
      toasts.show({ tone: 'error', message: reviews.error.message });
      return false;
    }
    for (const review of reviews.value.values()) {
      const isWaiting = review.stage === 'review' && review.batchId === batch.id;
      if (isWaiting && judgementIn(review, batch.id) === null) waiting.push(review.imageId);
    }
  }
  const others = batch.imageIds.length - waiting.length;
  return actWithUndo(
    services,
    project.id,
    [
      {
        imageIds: waiting,
        deeds: [{ kind: 'batchJudged', batchId: batch.id, verdict }],
        records: putOf(batch, { ...batch, verdict }),
        recordsBefore: putOf(batch, batch),
      },
    ],
    {
      code: 'review.judgeBatch',
      label: `${verdict === 'accepted' ? 'Accept' : 'Give back'} batch ${batch.name}`,
    },
    (images) => verdictWords(batch.name, verdict, images, others),
  );
}

function verdictWords(
  name: string,
  verdict: 'accepted' | 'rejected',
  images: number,
  others: number,
): string {
  const done = verdict === 'accepted' ? 'accepted with it' : 'given back with it';
  const kept = others === 0 ? '' : ` What else is in it, ${plural(others, 'image')}, stays as it is.`;
  return `Batch “${name}” is ${verdict}: ${plural(images, 'image')} ${done}.${kept}`;
}

/** Takes a verdict back however long ago it was given, by the events that it left on the images. */
export async function takeVerdictBack(services: Acting, project: Project, batch: Batch): Promise<boolean> {
  const { persistence, toasts } = services;
  const ids = new Map<string, ImageId[]>();
  for await (const rows of persistence.reviews.stream(project.id, IMAGES_AT_A_TIME)) {
    for (const { review, events } of rows) {
      const retracted = new Set(events.flatMap((event) => (event.kind === 'retracted' ? event.eventId : [])));
      for (const event of events) {
        if (event.kind !== 'batchJudged' || event.batchId !== batch.id || retracted.has(event.id)) continue;
        ids.set(event.id, [...(ids.get(event.id) ?? []), review.imageId]);
      }
    }
  }
  const words = { code: 'review.takeVerdictBack', label: `Take back the verdict on batch ${batch.name}` };
  const undecided = putOf(batch, { ...batch, verdict: null });
  const steps = [...ids];
  let done: Result<unknown> = ok(null);
  if (steps.length === 0) done = await persistence.records.put(project.id, undecided, words);
  for (const [index, [eventId, imageIds]] of steps.entries()) {
    if (!done.ok) break;
    const records = index === steps.length - 1 ? undecided : [];
    const deed = { kind: 'retracted', eventId } as const;
    done = await persistence.reviews.act(project.id, imageIds, [deed], words, records);
  }
  if (done.ok) toasts.show({ message: `The verdict on batch “${batch.name}” is taken back.` });
  else toasts.show({ tone: 'error', message: done.error.message });
  return done.ok;
}

/** Gives images to people, or takes them from everybody. */
export function assign(services: Acting, project: Project, shares: readonly Share[]): Promise<boolean> {
  const steps = shares.map(({ imageIds, labeller, reviewer }) => ({
    imageIds,
    deeds: [
      ...(labeller === undefined ? [] : [{ kind: 'assigned', task: 'annotation', to: labeller } as const]),
      ...(reviewer === undefined ? [] : [{ kind: 'assigned', task: 'review', to: reviewer } as const]),
    ] satisfies ReviewDeed[],
  }));
  const isTaken = shares.every(
    ({ labeller, reviewer }) => (labeller ?? null) === null && (reviewer ?? null) === null,
  );
  return actWithUndo(
    services,
    project.id,
    steps,
    { code: 'review.assign', label: isTaken ? 'Take assignments away' : 'Assign images' },
    (images) =>
      isTaken ? `${plural(images, 'image')} are assigned to nobody.` : `${plural(images, 'image')} assigned.`,
  );
}
