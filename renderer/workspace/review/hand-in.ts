import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { Services } from '../../app/services';
import type { OpenReview } from './open-review';

/** Said of an image and of an answer that stands for one, so that nobody can tell them apart. */
export const HANDED_IN = 'Handed in for review.';
export const TAKE_BACK = 'Take back';

const WORDS = { code: 'review.submit', label: 'Hand in' };

/**
 * Hands an image in for review once its labels are stored: whoever says that an image is labelled (or empty) hands it
 * in. Nothing where the project is not reviewed, or the image is in review already. A refusal is shown.
 */
export async function handIn(
  { editor, persistence, toasts }: Pick<Services, 'editor' | 'persistence' | 'toasts'>,
  { policy }: Pick<OpenReview, 'policy'>,
  projectId: ProjectId,
  imageId: ImageId,
): Promise<void> {
  if (!policy.get().isReviewed) return;
  const settled = await editor.settled();
  // That it is not saved is said where saving is shown.
  if (!settled.ok) return;
  const [review, receipt] = await Promise.all([
    persistence.reviews.get(imageId),
    persistence.annotations.receipt(imageId),
  ]);
  if (!review.ok) return void toasts.show({ tone: 'error', message: review.error.message });
  if (review.value.stage !== 'annotation') return;
  if (!receipt.ok) return void toasts.show({ tone: 'error', message: receipt.error.message });
  const { revision, count, hash } = receipt.value;
  const done = await persistence.reviews.act(
    projectId,
    [imageId],
    [{ kind: 'submitted', seen: { revision, count, hash } }],
    WORDS,
  );
  if (!done.ok) return void toasts.show({ tone: 'error', message: done.error.message });
  const [eventId] = done.value.eventIds;
  const takeBack = async () => {
    if (eventId === undefined) return;
    const undone = await persistence.reviews.act(projectId, [imageId], [{ kind: 'retracted', eventId }], {
      code: 'review.submit.undo',
      label: 'Take back what was handed in',
    });
    if (!undone.ok) toasts.show({ tone: 'error', message: undone.error.message });
  };
  toasts.show({ message: HANDED_IN, action: { label: TAKE_BACK, run: takeBack } });
}
