import { DEFAULT_REVIEW_POLICY } from '../../shared/schema/review-policy';
import type { Services } from '../app/services';
import { createActiveClock } from './active-clock';
import { createWorkRecord, localDay, type WorkKind, type WorkPlace } from './work-record';

/** So much is lost at most when the app ends without a word. */
const WRITE_EVERY_MS = 5_000;

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

type Needed = Pick<Services, 'persistence' | 'editor' | 'workspace' | 'navigation'>;

/**
 * Measures how long images are worked on, for whoever works: on the label screen and, told apart, on the review screen,
 * with the window in front, without idle times. Objects count where they are labelled, not where they are reviewed. Nothing else is measured: not what is typed, where the pointer is, or what other windows show.
 * @returns the way to stop.
 */
export function trackActivity({ persistence, editor, workspace, navigation }: Needed): () => void {
  let idleAfterMs = DEFAULT_REVIEW_POLICY.idleAfterSeconds * 1000;
  const clock = createActiveClock(() => idleAfterMs);
  const record = createWorkRecord();
  let place: (Omit<WorkPlace, 'day'> & { readonly kind: WorkKind }) | null = null;
  /** Active time that is already in the record, and that at the last drawn object. */
  let recordedMs = 0;
  let atLastShapeMs = 0;
  let stopImage: () => void = () => undefined;

  const now = () => performance.now();
  const isInFront = () => !document.hidden && document.hasFocus();

  function noteTime(): void {
    const active = clock.activeMs(now());
    if (place !== null) record.addTime(placeToday(place), active - recordedMs, place.kind);
    recordedMs = active;
  }

  function placeToday({ projectId, imageId }: Omit<WorkPlace, 'day'>): WorkPlace {
    return { projectId, imageId, day: localDay(new Date()) };
  }

  function write(): void {
    noteTime();
    const work = record.take();
    // What cannot be written is lost: work itself must not wait for how long it took.
    if (work.length > 0) void persistence.activity.add(work);
  }

  function follow(): void {
    const open = workspace.get();
    const state = open?.openImage.get();
    const { projectId } = navigation.route.get();
    const imageId = state?.kind === 'open' ? state.image.id : null;
    const next =
      open === null || imageId === null || projectId === null
        ? null
        : { projectId, imageId, kind: open.kind };
    if (next?.imageId === place?.imageId && next?.kind === place?.kind) return;
    write();
    place = next;
    atLastShapeMs = clock.activeMs(now());
    consider();
  }

  function consider(): void {
    if (place !== null && isInFront()) clock.start(now());
    else {
      clock.stop(now());
      write();
    }
  }

  const onInput = () => clock.input(now());
  const stopWorkspace = workspace.subscribe(() => {
    stopImage();
    stopImage = workspace.get()?.openImage.subscribe(follow) ?? (() => undefined);
    follow();
  });
  const stopRoute = navigation.route.subscribe(async () => {
    const { projectId } = navigation.route.get();
    const policy = projectId === null ? null : await persistence.reviews.policy(projectId);
    if (policy?.ok === true) idleAfterMs = policy.value.idleAfterSeconds * 1000;
  });
  const stopChanges = editor.onChange((change) => {
    if (place?.kind !== 'label' || change.code !== 'annotation.create' || change.origin !== 'person') return;
    const active = clock.activeMs(now());
    const [first] = change.added;
    if (first === undefined || change.removed.length > 0) return;
    record.addShapes(placeToday(place), first.labelId, change.added.length, active - atLastShapeMs);
    atLastShapeMs = active;
  });
  const timer = setInterval(write, WRITE_EVERY_MS);
  for (const input of INPUTS) window.addEventListener(input, onInput, { capture: true, passive: true });
  window.addEventListener('focus', consider);
  window.addEventListener('blur', consider);
  document.addEventListener('visibilitychange', consider);
  return () => {
    write();
    clearInterval(timer);
    stopImage();
    stopWorkspace();
    stopRoute();
    stopChanges();
    for (const input of INPUTS) window.removeEventListener(input, onInput, { capture: true });
    window.removeEventListener('focus', consider);
    window.removeEventListener('blur', consider);
    document.removeEventListener('visibilitychange', consider);
  };
}
