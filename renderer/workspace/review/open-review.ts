import type { AppError } from '../../../shared/result/app-error';
import type { ImageReview } from '../../../shared/review/fold-review';
import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { ReviewDeed } from '../../../shared/schema/review';
import { DEFAULT_REVIEW_POLICY, type ReviewPolicy } from '../../../shared/schema/review-policy';
import { createObservable, type Observable } from '../../app/observable';
import type { Services } from '../../app/services';

export interface DeedWords {
  /** For machines: `review.accept`. */
  readonly code: string;
  /** For people, as the history says it: `Accept`. */
  readonly label: string;
}

/** The review of the image that is open: how it stands, and the way to add to it. */
export interface OpenReview {
  /** Null while no image is open or its review is being read. */
  readonly review: Observable<ImageReview | null>;
  readonly policy: Observable<ReviewPolicy>;
  /**
   * Does something to the open image and says it in a toast with Undo, which takes the events back. A refusal is shown.
   * True when it was done.
   */
  act(deeds: readonly ReviewDeed[], words: DeedWords, message: string): Promise<boolean>;
  /** To be told which image is open, also when it was opened anew. */
  follow(imageId: ImageId | null): void;
  stop(): void;
}

export function createOpenReview(
  { persistence, toasts }: Pick<Services, 'persistence' | 'toasts'>,
  projectId: ProjectId,
): OpenReview {
  const review = createObservable<ImageReview | null>(null);
  const policy = createObservable<ReviewPolicy>(DEFAULT_REVIEW_POLICY);
  let openId: ImageId | null = null;
  let reading = 0;

  const complain = (error: AppError) => void toasts.show({ tone: 'error', message: error.message });

  async function read(): Promise<void> {
    const call = ++reading;
    const [settings, found] = await Promise.all([
      persistence.reviews.policy(projectId),
      openId === null ? null : persistence.reviews.get(openId),
    ]);
    if (call !== reading) return;
    if (settings.ok) policy.set(settings.value);
    if (found === null) review.set(null);
    else if (found.ok) review.set(found.value);
    else complain(found.error);
  }

  async function retract(imageId: ImageId, eventIds: readonly string[], words: DeedWords): Promise<void> {
    const undone = await persistence.reviews.act(
      projectId,
      [imageId],
      // Newest first: what was done last is taken back first.
      [...eventIds].reverse().map((eventId) => ({ kind: 'retracted', eventId })),
      { code: `${words.code}.undo`, label: `Undo: ${words.label}` },
    );
    if (!undone.ok) complain(undone.error);
    else toasts.show({ message: `Undone: ${words.label}` });
  }

  const stop = persistence.images.observe(projectId, ({ imageIds }) => {
    if (imageIds === 'many' || (openId !== null && imageIds.includes(openId))) void read();
  });
  void read();

  return {
    review,
    policy,
    async act(deeds, words, message) {
      const imageId = openId;
      if (imageId === null) return false;
      const acted = await persistence.reviews.act(projectId, [imageId], deeds, words);
      if (!acted.ok) {
        toasts.show({ message: acted.error.message });
        return false;
      }
      const { eventIds } = acted.value;
      toasts.show({
        message,
        action: { label: 'Undo', run: () => retract(imageId, eventIds, words) },
      });
      if (openId === imageId) await read();
      return true;
    },
    follow(imageId) {
      if (imageId !== openId) review.set(null);
      openId = imageId;
      void read();
    },
    stop,
  };
}
