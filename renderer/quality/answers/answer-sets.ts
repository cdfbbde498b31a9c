import { ok, type Result } from '../../../shared/result/result';
import type { ImageId, ProjectId } from '../../../shared/schema/ids';
import type { ImageRecord } from '../../../shared/schema/image';
import type { ImageFilter, ImageList, Persistence } from '../../persistence/ports';
import { personKey } from '../../persistence/review-marks';
import { type DueSet, dueSets } from './due-sets';
import { listWithAnswers } from './list-with-answers';

/** The second sets that whoever works now is given in place of images: replicas of a consensus, and honeypots. */
export interface AnswerSets {
  /** The set of annotations that opens for an image: nearly always the image's own. */
  openSetFor(imageId: ImageId): Promise<Result<ImageId>>;
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
    const session = records.session();
    if (session === null) {
      due = new Map();
      return;
    }
    const key = personKey({ id: session.personId, name: session.name });
    // By purpose: beside them there may be ground truth on every image.
    const [replicas, honeypots] = await Promise.all([
      records.layers.list(projectId, { purpose: 'consensus', ownerKey: key }),
      records.layers.list(projectId, { purpose: 'honeypot', ownerKey: key }),
    ]);
    // Nobody else is given honeypots, and the first image of the app waits for this.
    const policy = session.role === 'labeller' ? await records.reviews.policy(projectId) : null;
    const honeypotShare = policy?.ok === true ? policy.value.honeypotShare : 0;
    const truth =
      honeypotShare > 0 ? await records.layers.list(projectId, { purpose: 'groundTruth' }) : ok([]);
    const imageIds = truth.ok ? [...new Set(truth.value.map(({ imageId }) => imageId))] : [];
    const reviews = imageIds.length > 0 ? await records.reviews.many(projectId, imageIds) : null;
    const images = imageIds.length > 0 ? await records.images.list(projectId, {}) : null;
    options = { key, honeypotShare };
    due = dueSets({
      session,
      key,
      own: [...(replicas.ok ? replicas.value : []), ...(honeypots.ok ? honeypots.value : [])],
      truthImages: imageIds.map((imageId) => {
        const by = reviews?.ok === true ? reviews.value.get(imageId)?.submitted?.by : undefined;
        return { imageId, labelledBy: by === undefined ? null : personKey(by) };
      }),
      images: images?.ok === true ? images.value.total : 0,
      honeypotShare,
    });
    for (const [imageId, { layerId }] of due) if (layerId !== null) answers.set(layerId, imageId);
  }

  const lookOnce = () => {
    looking ??= look();
    return looking;
  };

  async function shownAs(image: ImageRecord, { layerId, isSubmitted }: DueSet): Promise<ImageRecord> {
    const set = layerId === null ? null : await records.annotations.load(layerId);
    const annotations = set?.ok === true ? set.value.annotations : [];
    const decided = set?.ok === true ? set.value.status.state : 'unlabelled';
    const undecided = annotations.length > 0 ? 'inProgress' : 'unlabelled';
    const handedIn = annotations.length > 0 ? 'labelled' : 'confirmedEmpty';
    return {
      ...image,
      state: isSubmitted ? handedIn : decided === 'unlabelled' ? undecided : decided,
      annotationCount: annotations.length,
      labelIds: [...new Set(annotations.map(({ labelId }) => labelId))],
      hasFinding: 0,
    };
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
    async listFor(list, filter) {
      looking = look();
      await looking;
      return listWithAnswers(list, filter, due, imageOf, shownAs, options);
    },
    async seen(image) {
      await lookOnce();
      const set = due.get(image.id);
      return set === undefined ? image : shownAs(image, set);
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
