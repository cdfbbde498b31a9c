import type { ImageId, ProjectId } from '../../shared/schema/ids';
import type { Services } from '../app/services';
import { plural } from '../components/quantity';

/** Layers a transaction; each is a line or two of the journal. */
const LAYERS_PER_BATCH = 200;

const WORDS = { code: 'layer.useAsTruth', label: 'Use as ground truth' };

type Needed = Pick<Services, 'persistence' | 'jobs' | 'toasts'>;

/**
 * Makes the labels that these images have now their ground truth. Images that have one keep it: it is edited in the
 * editor, or removed. Stoppable; what is made by then stays, and one undo takes all of it away.
 */
export async function makeGroundTruth(
  { persistence, jobs, toasts }: Needed,
  projectId: ProjectId,
  imageIds: readonly ImageId[],
): Promise<void> {
  const existing = await persistence.layers.list(projectId, { purpose: 'groundTruth' });
  if (!existing.ok) return void toasts.show({ tone: 'error', message: existing.error.message });
  const known = new Set(existing.value.map(({ imageId }) => imageId));
  const wanted = imageIds.filter((id) => !known.has(id));
  if (wanted.length === 0) {
    toasts.show({
      message:
        imageIds.length === 0
          ? 'No image was chosen.'
          : 'There is ground truth already. Open it to edit it, or remove it first.',
    });
    return;
  }
  let isCancelled = false;
  const job = jobs.start({
    title: `Ground truth of ${plural(wanted.length, 'image')}`,
    cancel: () => {
      isCancelled = true;
    },
  });
  const made: ImageId[] = [];
  for (let from = 0; from < wanted.length && !isCancelled; from += LAYERS_PER_BATCH) {
    const batch = wanted.slice(from, from + LAYERS_PER_BATCH);
    const created = await persistence.layers.create(
      projectId,
      batch.map((imageId) => ({ imageId, purpose: 'groundTruth', from: 'image' })),
      WORDS,
    );
    if (!created.ok) {
      job.fail(created.error);
      return;
    }
    made.push(...created.value.map(({ id }) => id));
    job.progress({
      done: made.length,
      total: wanted.length,
      unit: 'images',
      perSecond: null,
      secondsLeft: null,
    });
  }
  const kept = imageIds.length - wanted.length;
  const words = `${plural(made.length, 'image')} with ground truth${kept > 0 ? `; ${kept} had some and kept it` : ''}.`;
  job.done(words);
  toasts.show({
    message: words,
    action: { label: 'Undo', run: () => removeLayers({ persistence, toasts }, projectId, made) },
  });
}

/** Takes layers away; what was drawn in them stays in the journal. */
export async function removeLayers(
  { persistence, toasts }: Pick<Services, 'persistence' | 'toasts'>,
  projectId: ProjectId,
  ids: readonly ImageId[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += LAYERS_PER_BATCH) {
    const removed = await persistence.layers.remove(projectId, ids.slice(from, from + LAYERS_PER_BATCH), {
      code: 'layer.remove',
      label: 'Remove ground truth',
    });
    if (!removed.ok) return void toasts.show({ tone: 'error', message: removed.error.message });
  }
  toasts.show({ message: `Ground truth of ${plural(ids.length, 'image')} is gone.` });
}
