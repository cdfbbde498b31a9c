import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { ReviewDeed } from '../../../shared/schema/review';
import type { Services } from '../../app/services';
import { plural } from '../../components/quantity';
import type { RecordPut } from '../../persistence/ports';
import { saidWhenSlow } from '../said-when-slow';

/** One thing that is done to some images, with the records that go with it and those that take it back. */
export interface ReviewStep {
  readonly imageIds: readonly ImageId[];
  readonly deeds: readonly ReviewDeed[];
  readonly records?: readonly RecordPut[];
  readonly recordsBefore?: readonly RecordPut[];
}

interface Words {
  readonly code: string;
  readonly label: string;
}

export type Acting = Pick<Services, 'persistence' | 'toasts' | 'jobs'>;

/**
 * Does steps one after the other, a transaction each, and says what was done with a way to take all of it back. What is
 * refused is said with the reason of the first; what cannot be stored ends it, with what was done by then in the toast.
 * @returns whether all of it was done to every image.
 */
export async function actWithUndo(
  services: Acting,
  projectId: ProjectId,
  steps: readonly ReviewStep[],
  words: Words,
  message: (images: number) => string,
): Promise<boolean> {
  const { toasts, jobs } = services;
  const undo: (() => Promise<boolean>)[] = [];
  let images = 0;
  let refused = 0;
  let reason: string | null = null;
  for (const step of steps) {
    const done = await saidWhenSlow(jobs, { title: words.label, done: 'Done' }, () =>
      doStep(services, projectId, step, words),
    );
    if (!done.ok) {
      reason = done.error.message;
      refused += step.imageIds.length;
      break;
    }
    images += done.value.images;
    refused += done.value.refused;
    reason ??= done.value.reason;
    undo.unshift(done.value.undo);
  }
  if (reason !== null) {
    const what = refused > 0 ? `${plural(refused, 'image')} stay${refused === 1 ? 's' : ''} as before. ` : '';
    toasts.show({ tone: 'error', message: `${what}${reason}` });
  }
  if (undo.length > 0 && (images > 0 || reason === null)) {
    const takeBack = async () => {
      for (const one of undo) if (!(await one())) return;
    };
    toasts.show({ message: message(images), action: { label: 'Undo', run: takeBack } });
  }
  return reason === null;
}

async function doStep(
  { persistence, toasts }: Acting,
  projectId: ProjectId,
  { imageIds, deeds, records = [], recordsBefore = [] }: ReviewStep,
  words: Words,
) {
  const undoWords = { code: `${words.code}.undo`, label: `Undo: ${words.label}` };
  const report = (done: { ok: true } | { ok: false; error: { message: string } }) => {
    if (!done.ok) toasts.show({ tone: 'error', message: done.error.message });
    return done.ok;
  };
  if (imageIds.length === 0) {
    const put = await persistence.records.put(projectId, records, words);
    if (!put.ok) return put;
    const undo = async () => report(await persistence.records.put(projectId, recordsBefore, undoWords));
    return { ok: true, value: { images: 0, refused: 0, reason: null, undo } } as const;
  }
  const acted = await persistence.reviews.act(projectId, imageIds, deeds, words, records);
  if (!acted.ok) return acted;
  const { done, refused, eventIds } = acted.value;
  const undo = async () => {
    if (done.length === 0) return true;
    const retractions = eventIds.map((eventId) => ({ kind: 'retracted', eventId }) as const);
    // Records were only put when no image was refused.
    const before = refused.length === 0 ? recordsBefore : [];
    return report(await persistence.reviews.act(projectId, done, retractions, undoWords, before));
  };
  return {
    ok: true,
    value: {
      images: done.length,
      refused: refused.length,
      reason: refused[0]?.error.message ?? null,
      undo,
    },
  } as const;
}
