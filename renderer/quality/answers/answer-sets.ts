import { ok, type Result } from '../../../shared/result/result';
import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { ImageRecord } from '../../../shared/schema/image';
import type { ImageFilter, ImageList, Persistence } from '../../persistence/ports';
import type { DueSet } from './due-sets';
import { listWithAnswers } from './list-with-answers';
import { readDueSets } from './read-due-sets';
import { shownAs } from './shown-as';

/** The second sets that whoever works now is given in place of images: replicas of a consensus, and honeypots. */
export interface AnswerSets {
  /** The set of annotations that opens for an image: nearly always the image's own. */
  openSetFor(imageId: ImageId): Promise<Result<ImageId>>;
  /** Looks what is due now; before a list is made, and beside reading it. */
  look(): Promise<void>;
  /** A list as this person sees it. */
  listFor(list: ImageList, filter: ImageFilter): Promise<ImageList>;
  /** An image as this person sees it. */
  seen(image: ImageRecord): Promise<ImageRecord>;
  /** Whether a set is one of these answers, which are handed in instead of the image. */
  isAnswer(setId: ImageId): boolean;
  /** The person said that they are done with an answer, or not yet. */
  setSubmitted(setId: ImageId, isSubmitted: boolean): Promise<Result<null>>;
}

type Records = Pick<Persistence, 'layers' | 'reviews' | 'images' | 'annotations' | 'session'>;

/** What is due is looked up when a list is made, so that what a lead adds meanwhile comes with the next list. */
export function createAnswerSets(records: Records, projectId: ProjectId): AnswerSets {
  let due: ReadonlyMap<ImageId, DueSet> = new Map();
  let options = { key: '', honeypotShare: 0 };
  let looking: Promise<void> | null = null;
  const answers = new Map<ImageId, ImageId>();

  async function look(): Promise<void> {
    const { due: found, ...others } = await readDueSets(records, projectId);
    options = others;
    due = found;
    for (const [imageId, { layerId }] of due) if (layerId !== null) answers.set(layerId, imageId);
  }

  const lookOnce = () => {
    looking ??= look();
    return looking;
  };

  /** A list without answers; where it cannot be read, the one at hand decides about places. */
  async function listOr(otherwise: ImageList, filter: ImageFilter): Promise<ImageList> {
    const list = await records.images.list(projectId, filter);
    return list.ok ? list.value : otherwise;
  }

  async function imageOf(id: ImageId): Promise<ImageRecord | null> {
    const image = await records.images.get(id);
    return image.ok ? image.value : null;
  }

  const put = (imageId: ImageId, set: DueSet) => {
    due = new Map(due).set(imageId, set);
    if (set.layerId !== null) answers.set(set.layerId, imageId);
  };

  return {
    async openSetFor(imageId) {
      await lookOnce();
      const set = due.get(imageId);
      if (set === undefined) return ok(imageId);
      if (set.layerId !== null) return ok(set.layerId);
      const made = await records.layers.create(
        projectId,
        [{ imageId, purpose: set.purpose, from: 'empty' }],
        { code: 'layer.begin', label: 'Begin labels' },
      );
      if (!made.ok) return made;
      const layerId = made.value[0]?.id ?? imageId;
      put(imageId, { ...set, layerId });
      return ok(layerId);
    },
    look() {
      looking = look();
      return looking;
    },
    async listFor(list, filter) {
      await lookOnce();
      return listWithAnswers(list, filter, {
        ...options,
        due: () => due,
        image: imageOf,
        shownAs: (image, set) => shownAs(records, image, set),
        whole: () => listOr(list, {}),
        queue: (review) => listOr(list, { review }),
      });
    },
    async seen(image) {
      await lookOnce();
      const set = due.get(image.id);
      return set === undefined ? image : shownAs(records, image, set);
    },
    isAnswer: (setId) => answers.has(setId),
    async setSubmitted(setId, isSubmitted) {
      const done = await records.layers.setSubmitted(setId, isSubmitted);
      const imageId = answers.get(setId);
      const set = imageId === undefined ? undefined : due.get(imageId);
      if (done.ok && imageId !== undefined && set !== undefined) put(imageId, { ...set, isSubmitted });
      return done;
    },
  };
}
