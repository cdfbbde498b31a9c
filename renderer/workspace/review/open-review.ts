import type { AppError } from '../../../shared/result/app-error';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { foldReview, type ImageReview } from '../../../shared/review/fold-review';
import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { ReviewDeed, ReviewEvent } from '../../../shared/schema/review';
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
   * Does something to the open image. With a message it is said in a toast with Undo, which takes the events back; what
   * the panel shows at once, with the way to take it away beside it, needs none. A refusal is shown. True when it was done.
   */
  act(deeds: readonly ReviewDeed[], words: DeedWords, message: string | null): Promise<boolean>;
  /**
   * To be told which image is open, also when it was opened anew, and which set of annotations stands for it when
   * somebody answers apart from others (a consensus, a honeypot). Ends when its review is read.
   */
  follow(imageId: ImageId | null, answerId?: ImageId | null): Promise<void>;
  stop(): void;
}

interface Followed {
  readonly imageId: ImageId;
  readonly answerId: ImageId | null;
}

export function createOpenReview(
  { persistence, toasts }: Pick<Services, 'persistence' | 'toasts'>,
  projectId: ProjectId,
): OpenReview {
  const review = createObservable<ImageReview | null>(null);
  const policy = createObservable<ReviewPolicy>(DEFAULT_REVIEW_POLICY);
  let followed: Followed | null = null;
  let reading = 0;

  const complain = (error: AppError) => void toasts.show({ tone: 'error', message: error.message });

  async function read(): Promise<void> {
    const call = ++reading;
    const [settings, found] = await Promise.all([
      persistence.reviews.policy(projectId),
      followed === null ? null : reviewOf(followed),
    ]);
    if (call !== reading) return;
    if (settings.ok) policy.set(settings.value);
    if (found === null) review.set(null);
    else if (found.ok) review.set(found.value);
    else complain(found.error);
  }

  function reviewOf({ imageId, answerId }: Followed): Promise<Result<ImageReview>> {
    return answerId === null ? persistence.reviews.get(imageId) : reviewOfAnswer(imageId, answerId);
  }

  /** What somebody who answers apart from others sees: their own words, and whether they handed in. Nobody else's work. */
  async function reviewOfAnswer(imageId: ImageId, answerId: ImageId): Promise<Result<ImageReview>> {
    const [layer, events] = await Promise.all([
      persistence.layers.get(answerId),
      persistence.reviews.events(imageId),
    ]);
    if (!layer.ok) return layer;
    if (!events.ok) return events;
    const { personId, name } = persistence.session() ?? { personId: null, name: '' };
    const isOwnWord = (event: ReviewEvent) =>
      event.personId === personId && event.by === name && WORDS_OF_ANSWERS.has(event.kind);
    const said = foldReview(imageId, events.value.filter(isOwnWord), policy.get());
    return ok(
      layer.value.submittedAt === null ? said : { ...said, stage: 'review', state: 'new', rounds: 1 },
    );
  }

  /** Nothing of an answer goes into the image's own review but what was said. */
  async function actOn({ imageId, answerId }: Followed, deeds: readonly ReviewDeed[], words: DeedWords) {
    if (answerId !== null && deeds.some(({ kind }) => !WORDS_OF_ANSWERS.has(kind))) {
      return err(appError('review.not-now', 'This can be done once the image was reviewed.'));
    }
    return persistence.reviews.act(projectId, [imageId], deeds, words);
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
    const isOfOther = imageIds !== 'many' && imageIds.length > 0 && followed !== null;
    if (!isOfOther || imageIds.includes(followed?.imageId as ImageId)) void read();
  });
  void read();

  return {
    review,
    policy,
    async act(deeds, words, message) {
      const on = followed;
      if (on === null) return false;
      const acted = await actOn(on, deeds, words);
      if (!acted.ok) {
        toasts.show({ message: acted.error.message });
        return false;
      }
      const { eventIds } = acted.value;
      if (message !== null) {
        toasts.show({
          message,
          action: { label: 'Undo', run: () => retract(on.imageId, eventIds, words) },
        });
      }
      if (followed === on) await read();
      return true;
    },
    follow(imageId, answerId = null) {
      if (imageId !== followed?.imageId || answerId !== followed.answerId) review.set(null);
      followed = imageId === null ? null : { imageId, answerId };
      return read();
    },
    stop,
  };
}

const WORDS_OF_ANSWERS: ReadonlySet<string> = new Set([
  'threadOpened',
  'commented',
  'threadResolved',
  'threadReopened',
  'retracted',
] satisfies ReviewDeed['kind'][]);
