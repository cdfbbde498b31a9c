import type { ImageId } from '../../../shared/schema/ids';
import type { Project } from '../../../shared/schema/project';
import type { Services } from '../../app/services';
import { plural } from '../../components/quantity';
import type { ImageFilter } from '../../persistence/ports';

export interface HandIn {
  readonly filter: ImageFilter;
  /** For a person: `Handing in`. */
  readonly title: string;
  /** Whether they were accepted, and are opened again first. */
  readonly isReopened: boolean;
  readonly words: { readonly code: string; readonly label: string };
  readonly message: (images: number) => string;
}

/** Images that somebody labelled and nobody handed in, as of the time before the project was reviewed. */
export const NEVER_HANDED_IN: HandIn = {
  filter: {
    states: ['labelled', 'confirmedEmpty'],
    review: {
      stages: [
        { stage: 'annotation', state: 'new' },
        { stage: 'annotation', state: 'inProgress' },
      ],
    },
  },
  title: 'Handing in',
  isReopened: false,
  words: { code: 'review.submit', label: 'Hand in' },
  message: (images) => `${plural(images, 'image')} handed in for review.`,
};

/** Accepted images whose labels are not those that were accepted any more. */
export const CHANGED_SINCE: HandIn = {
  filter: { review: { isChanged: true, stages: [{ stage: 'accepted', state: 'accepted' }] } },
  title: 'Handing in what changed:',
  isReopened: true,
  words: { code: 'review.submitAgain', label: 'Hand in what changed' },
  message: (images) => `${plural(images, 'changed image')} handed in for review again.`,
};

const IMAGES_AT_A_TIME = 500;

/**
 * Hands in all images of a filter in the name of whoever works, each with the labels that it has: one transaction an
 * image, since each was seen with labels of its own. Stoppable; one undo takes back what was handed in.
 */
export async function handInMany(
  { persistence, jobs, toasts }: Pick<Services, 'persistence' | 'jobs' | 'toasts'>,
  project: Project,
  { filter, title, isReopened, words, message }: HandIn,
): Promise<void> {
  const list = await persistence.images.list(project.id, filter);
  if (!list.ok) return void toasts.show({ tone: 'error', message: list.error.message });
  const { total } = list.value;
  let isCancelled = false;
  const job = jobs.start({
    title: `${title} ${plural(total, 'image')}`,
    cancel: () => {
      isCancelled = true;
    },
  });
  const done: { readonly imageId: ImageId; readonly eventIds: readonly string[] }[] = [];
  const reopened = isReopened ? [{ kind: 'reopened', note: '' } as const] : [];
  for (let from = 0; from < total && !isCancelled; from += IMAGES_AT_A_TIME) {
    for (const { id } of await list.value.window(from, from + IMAGES_AT_A_TIME)) {
      if (isCancelled) break;
      const receipt = await persistence.annotations.receipt(id);
      if (!receipt.ok) return job.fail(receipt.error);
      const { revision, count, hash } = receipt.value;
      const submitted = { kind: 'submitted', seen: { revision, count, hash } } as const;
      const acted = await persistence.reviews.act(project.id, [id], [...reopened, submitted], words);
      if (!acted.ok) return job.fail(acted.error);
      done.push({ imageId: id, eventIds: acted.value.eventIds });
      job.progress({ done: done.length, total, unit: 'images', perSecond: null, secondsLeft: null });
    }
  }
  job.done(message(done.length));
  const takeBack = async () => {
    for (const { imageId, eventIds } of done) {
      const retractions = eventIds.map((eventId) => ({ kind: 'retracted', eventId }) as const);
      const undone = await persistence.reviews.act(project.id, [imageId], retractions, {
        code: `${words.code}.undo`,
        label: `Undo: ${words.label}`,
      });
      if (!undone.ok) return void toasts.show({ tone: 'error', message: undone.error.message });
    }
  };
  toasts.show({ message: message(done.length), action: { label: 'Undo', run: takeBack } });
}
