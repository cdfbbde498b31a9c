import { isPermitted } from '../../shared/people/permissions';
import type { AppError } from '../../shared/result/app-error';
import { ok, type Result } from '../../shared/result/result';
import type { ImageState } from '../../shared/schema/annotation';
import type { ImageId } from '../../shared/schema/ids';
import type { ImageRecord } from '../../shared/schema/image';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { Project } from '../../shared/schema/project';
import { afterNextFrame } from '../app/after-next-frame';
import { createObservable } from '../app/observable';
import type { Services } from '../app/services';
import { isHeldByDraft } from '../commands/hold-draft';
import { usableLabels } from '../commands/label-for-key';
import type { ImageFilter, ImageList, ReviewFilter } from '../persistence/ports';
import { createAnswerSets } from '../quality/answers/answer-sets';
import { queueForLabeller } from '../review/queues/queue-for-labeller';
import { HANDED_IN, handIn, TAKE_BACK } from './review/hand-in';
import { createOpenReview } from './review/open-review';
import { reasonNotToEdit } from './review/reason-not-to-edit';
import type {
  BesideSet,
  OpenImageState,
  OpenPicture,
  RailState,
  ShownSet,
  Workspace,
  WorkspaceQuestion,
} from './workspace';

/** Images decoded ahead: most people go forward. */
const AHEAD = 3;
const BEHIND = 1;
/** Most images open before anyone could see that they load; drawing that would only make them later. */
const SLOW_AFTER_MS = 120;
/** An import stores a batch every few hundred ms; the list follows at this pace. */
const RELIST_PAUSE_IN_MS = 500;

/** A second set of the open image that is opened in place of its own. */
interface OtherSet {
  readonly id: ImageId;
  readonly as: Exclude<ShownSet, 'own'>;
}

const LABELS_OF_SOMEBODY =
  'These are labels that somebody made apart from others; they can be looked at and compared, not changed.';

interface LastPlace {
  readonly imageId: ImageId;
  readonly index: number;
}

export interface WorkspaceHandle extends Workspace {
  /** Opens the image asked for, else the one the person left, else the first. */
  start(imageId: ImageId | null): Promise<void>;
  /** How the screen moves the focus to its parts; nothing happens before it is there. */
  setFocus(focus: WorkspaceFocus): void;
  stop(): void;
}

export interface WorkspaceFocus {
  readonly filter: () => void;
  readonly labels: () => void;
}

/** What a workspace is for, and the list that it begins with. */
export interface WorkspacePurpose {
  readonly kind: Workspace['kind'];
  readonly filter: ImageFilter;
}

const LABELLING: WorkspacePurpose = { kind: 'label', filter: {} };

/** The label (or review) screen without its looks: list, open image and the way between images. */
export function createWorkspace(
  services: Pick<Services, 'persistence' | 'editor' | 'pictures' | 'toasts'>,
  opened: Project,
  purpose: WorkspacePurpose = LABELLING,
): WorkspaceHandle {
  const { persistence, editor, pictures, toasts } = services;
  const project = createObservable(opened);
  const answers = createAnswerSets(persistence, opened.id);
  const rail = createObservable<RailState>({ filter: {}, list: null, index: -1, version: 0 });
  const picture = createObservable<OpenPicture | null>(null);
  const openImage = createObservable<OpenImageState>({ kind: 'none' });
  const shownSet = createObservable<ShownSet>('own');
  const question = createObservable<WorkspaceQuestion | null>(null);
  const beside = createObservable<BesideSet | null>(null);
  const review = createOpenReview(services, opened.id);
  /** Sets other than images' own, and the image that each is of. */
  const imageOfSet = new Map<ImageId, ImageId>();
  const lastPlaceKey = `${purpose.kind}.last.${opened.id}`;
  // A later call overtakes an earlier one; what an overtaken one finds is dropped.
  let focus: WorkspaceFocus = { filter: () => undefined, labels: () => undefined };
  let openCall = 0;
  let listCall = 0;
  let relistTimer: ReturnType<typeof setTimeout> | null = null;

  /** Who reviews sees every image as it is; whoever only looks in sees their own answers here too. */
  const seesImages = (): boolean => {
    const session = persistence.session();
    return purpose.kind === 'review' && session !== null && isPermitted(session.role, 'review.judge');
  };

  const currentId = (): ImageId | null => {
    const state = openImage.get();
    return state.kind === 'none' ? null : (state.image?.id ?? null);
  };

  /** What narrows the list of whoever labels. Others' is not narrowed, and does not wait for the settings. */
  async function ownQueue(): Promise<ReviewFilter | undefined> {
    const session = persistence.session();
    if (purpose.kind === 'review' || session?.role !== 'labeller') return undefined;
    const policy = await persistence.reviews.policy(opened.id);
    return policy.ok ? queueForLabeller(policy.value, session) : undefined;
  }

  async function relist(filter: ImageFilter): Promise<ImageList | null> {
    const call = ++listCall;
    const isLooked = seesImages() ? null : answers.look();
    const queue = await ownQueue();
    // What one asks for goes before what one is given: it is asked of one's own images.
    const wanted = queue === undefined ? filter : { ...filter, review: { ...queue, ...filter.review } };
    const result = await persistence.images.list(opened.id, wanted);
    if (call !== listCall) return null;
    if (!result.ok) {
      toasts.show({ tone: 'error', message: result.error.message });
      return null;
    }
    await isLooked;
    const list = seesImages() ? result.value : await answers.listFor(result.value, wanted);
    const id = currentId();
    const index = id === null ? -1 : await list.indexOf(id);
    if (call !== listCall) return null;
    rail.update((state) => ({ filter, list, index, version: state.version + 1 }));
    return list;
  }

  async function prefetchAround(list: ImageList, index: number): Promise<void> {
    const from = Math.max(0, index - BEHIND);
    const around = await list.window(from, Math.min(list.total, index + AHEAD + 1));
    const place = (image: ImageRecord) => around.indexOf(image) + from - index;
    const wanted = around.filter((image) => place(image) !== 0 && image.isMissing === 0);
    // Forward before back, near before far.
    const rank = (image: ImageRecord) => (place(image) > 0 ? place(image) : AHEAD - place(image));
    pictures.prefetch([...wanted].sort((a, b) => rank(a) - rank(b)));
  }

  let opening: Promise<void> | null = null;
  let lastOpen: { readonly image: ImageRecord; readonly index: number } | null = null;

  function openRecord(
    image: ImageRecord,
    index: number,
    list: ImageList,
    set: OtherSet | null = null,
  ): Promise<void> {
    if (isHeldByDraft(services, () => void openRecord(image, index, list, set))) return Promise.resolve();
    const run = showRecord(image, index, list, set).finally(() => {
      if (opening === run) opening = null;
    });
    opening = run;
    return run;
  }

  function showPicture(image: ImageRecord, call: number): void {
    void pictures.open(image).then((result) => {
      if (call === openCall) picture.set({ image, result });
    });
  }

  async function showFailure(
    image: ImageRecord,
    index: number,
    call: number,
    error: AppError,
  ): Promise<void> {
    if (editor.session.saveState.kind === 'failed' && lastOpen !== null) {
      // What is not saved is not left: the image before stays, with its ways out in the status line.
      toasts.show({ tone: 'error', message: error.message });
      openImage.set({ kind: 'open', image: lastOpen.image });
      rail.update((state) => ({ ...state, index: lastOpen?.index ?? -1 }));
      showPicture(lastOpen.image, call);
      return;
    }
    // The canvas must not go on showing, and taking edits for, the image before.
    await editor.close();
    if (call !== openCall) return;
    rail.update((state) => ({ ...state, index }));
    openImage.set({
      kind: 'failed',
      image,
      message: error.message,
      isDamaged: error.code === 'record.damaged',
    });
  }

  async function showRecord(
    image: ImageRecord,
    index: number,
    list: ImageList,
    other: OtherSet | null,
  ): Promise<void> {
    const call = ++openCall;
    // Decoding goes on beside reading; the canvas takes the picture when the annotations are there, in one frame.
    showPicture(image, call);
    const slow = setTimeout(() => {
      rail.update((state) => ({ ...state, index }));
      openImage.set({ kind: 'loading', image });
    }, SLOW_AFTER_MS);
    const set = await setToOpen(image.id, other);
    if (set.ok && set.value !== image.id) imageOfSet.set(set.value, image.id);
    const result = set.ok ? await editor.open(set.value, { width: image.width, height: image.height }) : set;
    clearTimeout(slow);
    if (call !== openCall) return;
    if (!result.ok && result.error.code === 'job.cancelled') return;
    if (!result.ok) {
      await showFailure(image, index, call, result.error);
      return;
    }
    // Canvas and picture first: rails and lists may follow a frame later, nobody looks there while pictures change.
    await afterNextFrame();
    if (call !== openCall) return;
    lastOpen = { image, index };
    shownSet.set(other?.as ?? 'own');
    if (other?.as === 'person') editor.setReadOnly(LABELS_OF_SOMEBODY);
    const isRead = review.follow(
      image.id,
      other === null && set.ok && set.value !== image.id ? set.value : null,
    );
    openImage.set({ kind: 'open', image });
    rail.update((state) => ({ ...state, index }));
    persistence.preferences.set(lastPlaceKey, { imageId: image.id, index } satisfies LastPlace);
    void prefetchAround(list, index);
    // A verdict typed right after the last one must find the review of the image that it is about.
    if (review.policy.get().isReviewed) await isRead;
  }

  async function setToOpen(imageId: ImageId, other: OtherSet | null): Promise<Result<ImageId>> {
    if (other !== null) return ok(other.id);
    return seesImages() ? ok(imageId) : answers.openSetFor(imageId);
  }

  async function openAt(index: number): Promise<void> {
    const { list } = rail.get();
    if (list === null || index < 0 || index >= list.total) return;
    const [image] = await list.window(index, index + 1);
    if (image !== undefined) await openRecord(image, index, list);
  }

  async function openImageById(id: ImageId): Promise<void> {
    const { list } = rail.get();
    if (list === null) return;
    const index = await list.indexOf(id);
    if (index >= 0) return openAt(index);
    const image = await persistence.images.get(id);
    if (image.ok) await openRecord(await answers.seen(image.value), -1, list);
    else toasts.show({ tone: 'error', message: image.error.message });
  }

  /** One can draw at once: the active label is always one that may be given. */
  function followSchema(schema: LabelSchema): void {
    editor.setSchema(schema);
    const usable = usableLabels(schema);
    const isUsable = usable.some(({ id }) => id === editor.session.activeLabelId);
    if (!isUsable) editor.setActiveLabel(usable[0]?.id ?? null);
  }

  async function openFirst(imageId: ImageId | null): Promise<void> {
    followSchema(opened.schema);
    // Whoever reviews looks first; the tool of whoever labelled last would draw.
    if (purpose.kind === 'review') editor.setTool('select');
    const list = await relist(purpose.filter);
    if (list === null || list.total === 0) return;
    if (imageId !== null) return openImageById(imageId);
    const last = persistence.preferences.get<LastPlace | null>(lastPlaceKey, null);
    if (last === null) return openAt(0);
    // The place is usually right and costs one read; the id decides.
    const [there] = await list.window(last.index, last.index + 1);
    if (there?.id === last.imageId) return openRecord(there, last.index, list);
    const index = await list.indexOf(last.imageId);
    await openAt(Math.max(index, 0));
  }

  async function submitAnswer(setId: ImageId, isDone: boolean): Promise<void> {
    const settled = await editor.settled();
    const done = settled.ok ? await answers.setSubmitted(setId, isDone) : settled;
    if (!done.ok) return void toasts.show({ tone: 'error', message: done.error.message });
    if (!isDone || !review.policy.get().isReviewed) return;
    toasts.show({
      message: HANDED_IN,
      action: { label: TAKE_BACK, run: () => submitAnswer(setId, false) },
    });
  }

  const begun = new Set<ImageId>();
  /** The first edit of an image is the begin of its labelling; what was given back stays so until it is handed in. */
  function begin(imageId: ImageId): void {
    const stands = review.review.get();
    if (purpose.kind !== 'label' || !review.policy.get().isReviewed || begun.has(imageId)) return;
    if (stands?.imageId !== imageId || stands.stage !== 'annotation' || stands.state !== 'new') return;
    if (answers.isAnswer(imageId)) return;
    begun.add(imageId);
    void review.act([{ kind: 'started' }], { code: 'review.start', label: 'Begin labelling' }, null);
  }

  function keepReadOnly(): void {
    if (editor.document === null || shownSet.get() !== 'own') return;
    editor.setReadOnly(reasonNotToEdit(review.review.get(), persistence.session()));
  }

  const stops = [
    // A second set is handed in by the same word on the picture as the image would be.
    editor.onChange((change, { imageId }) => {
      if (change.status === null) return begin(imageId);
      const isDone = change.status[1].state === 'labelled' || change.status[1].state === 'confirmedEmpty';
      // Those who listen are told before the change is on its way to disk; saving is waited for from then on.
      queueMicrotask(() => {
        if (answers.isAnswer(imageId)) void submitAnswer(imageId, isDone);
        else if (isDone && purpose.kind === 'label') void handIn(services, review, opened.id, imageId);
      });
    }),
    review.review.subscribe(keepReadOnly),
    persistence.projects.observe(opened.id, (next) => {
      if (next.schema.revision !== project.get().schema.revision) followSchema(next.schema);
      project.set(next);
    }),
    persistence.images.observe(opened.id, ({ imageIds }) => {
      rail.update((state) => ({ ...state, version: state.version + 1 }));
      const { list, filter } = rail.get();
      // A list with a filter stays as it is while one works through it, else images would vanish under the hand.
      const isGrowing = imageIds === 'many' || list === null || list.total === 0;
      if (!isGrowing || relistTimer !== null) return;
      relistTimer = setTimeout(async () => {
        relistTimer = null;
        const fresh = await relist(filter);
        if (fresh !== null && fresh.total > 0 && openImage.get().kind === 'none') await openAt(0);
      }, RELIST_PAUSE_IN_MS);
    }),
  ];

  return {
    kind: purpose.kind,
    review,
    imageOf: (setId) => imageOfSet.get(setId) ?? setId,
    project,
    rail,
    openImage,
    picture,
    shownSet,
    question,
    beside,
    opening: () => opening,
    openAt,
    openImageById,
    start: openFirst,
    stop() {
      openCall++;
      listCall++;
      if (relistTimer !== null) clearTimeout(relistTimer);
      for (const stop of stops) stop();
      review.stop();
      void editor.close();
    },
    async showSet(setId, as = 'groundTruth') {
      const { list, index } = rail.get();
      const state = openImage.get();
      if (list !== null && state.kind === 'open') {
        await openRecord(state.image, index, list, setId === null ? null : { id: setId, as });
      }
    },
    async handIn() {
      const id = editor.document?.imageId;
      if (id === undefined || shownSet.get() !== 'own') return;
      if (answers.isAnswer(id)) await submitAnswer(id, true);
      else await handIn(services, review, opened.id, id);
    },
    async step(by) {
      const { list, index } = rail.get();
      if (list === null) return;
      const next = index + by;
      if (next < 0) toasts.show({ message: 'This is the first image of the list.' });
      else if (next >= list.total) toasts.show({ message: 'This is the last image of the list.' });
      else await openAt(next);
    },
    async goToNextWithState(state: ImageState) {
      const { list, index } = rail.get();
      const next = list === null ? -1 : await list.nextWithState(index, state);
      if (next === -1) return false;
      await openAt(next);
      return true;
    },
    setFilter(filter) {
      rail.update((current) => ({ ...current, filter }));
      void relist(filter);
    },
    focusFilter: () => focus.filter(),
    focusLabels: () => focus.labels(),
    setFocus(next) {
      focus = next;
    },
    refresh: () => void relist(rail.get().filter),
  };
}
