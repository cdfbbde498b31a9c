import type { AppError } from '../../shared/result/app-error';
import type { LabelId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import { resolveLabel } from '../../shared/schema/resolve-label';
import { createObservable, type Observable } from '../app/observable';
import type { Services } from '../app/services';
import { type CropSource, createCropSource } from '../crops/crop-source';
import { createCropWorkers } from '../crops/crop-workers';
import type { ObjectFacets, ObjectStatus } from '../objects/object-messages';
import type { ProjectObjects } from '../objects/object-source';
import { FIRST_VIEW, filterOf, type GalleryView } from './gallery-view';
import { createLookGrouper, type LookGroup, MOST_LOOKED_AT } from './look-groups';
import { createRowSelection, type RowSelection } from './row-selection';

/** While a project is read, what is there already is shown at this pace. */
const READING_PAUSE_IN_MS = 1500;

const whole = new Intl.NumberFormat('en');

/** Outline of an object whose label is unknown. */
const NO_LABEL_COLOR = '#b0b7bf';

export interface GallerySection {
  readonly count: number;
  readonly label: LookGroup['label'];
}

export interface GalleryState {
  readonly view: GalleryView;
  readonly status: ObjectStatus;
  readonly facets: ObjectFacets | null;
  /** What is shown, in order; null before the first answer. */
  readonly rows: Uint32Array | null;
  /** Groups of look that the rows lie in, one after the other; null when they are not grouped. */
  readonly sections: readonly GallerySection[] | null;
  readonly isGrouping: boolean;
  readonly error: AppError | null;
}

/** The gallery without its looks. */
export interface Gallery {
  readonly state: Observable<GalleryState>;
  readonly objects: ProjectObjects;
  readonly crops: CropSource;
  readonly selection: RowSelection;
  /** Where the person was in the order when they left for an image; coming back begins there. */
  readonly place: number;
  leaveAt(place: number): void;
  setView(part: Partial<GalleryView>): void;
  setProject(project: Project): void;
  /** Asks the table again, e.g. after an edit. */
  refresh(): void;
  stop(): void;
}

export function createGallery(
  services: Pick<Services, 'objects' | 'jobs' | 'persistence'>,
  opened: Project,
): Gallery {
  const { jobs, persistence } = services;
  const objects = services.objects.open(opened.id);
  const viewKey = `gallery.view.${opened.id}`;
  const placeKey = `gallery.place.${opened.id}`;
  const kept = persistence.preferences.get<Partial<GalleryView>>(viewKey, {});
  let project = opened;
  const state = createObservable<GalleryState>({
    view: { ...FIRST_VIEW, ...kept },
    status: objects.status(),
    facets: null,
    rows: null,
    sections: null,
    isGrouping: false,
    error: null,
  });
  const selection = createRowSelection();
  const grouper = createLookGrouper(objects, createCropWorkers);
  const crops = createCropSource(objects, createCropWorkers(), look());
  let groups: readonly LookGroup[] | null = null;
  let grouping: AbortController | null = null;
  let call = 0;
  let readingTimer: ReturnType<typeof setTimeout> | null = null;
  let isStopped = false;

  function look() {
    const colors = new Map<LabelId, string>();
    for (const { id } of project.schema.labels) {
      colors.set(id, resolveLabel(project.schema, id)?.color ?? NO_LABEL_COLOR);
    }
    const side = Math.round(state.get().view.cropSide * Math.min(2, globalThis.devicePixelRatio));
    return { side, colorOf: (labelId: LabelId) => colors.get(labelId) ?? NO_LABEL_COLOR };
  }

  const set = (part: Partial<GalleryState>) => state.update((before) => ({ ...before, ...part }));

  async function ask(): Promise<void> {
    const asked = ++call;
    const { view } = state.get();
    const order = view.order === 'look' ? 'image' : view.order;
    const isDescending = view.order !== 'look' && view.isDescending;
    const filter = filterOf(view, project.schema);
    const [found, facets] = await Promise.all([
      objects.query({ filter, order, isDescending }),
      objects.facets(),
    ]);
    if (asked !== call || isStopped) return;
    if (!found.ok) return set({ error: found.error });
    set({ facets: facets.ok ? facets.value : null, error: null });
    dropUnselectable(found.value);
    if (view.order !== 'look') return set({ rows: found.value, sections: null });
    if (groups !== null) return showGroups(found.value);
    if (found.value.length === 0 || found.value.length > MOST_LOOKED_AT) {
      return set({ rows: found.value, sections: null });
    }
    await group(found.value, asked);
  }

  /** What is not shown any more must not be edited either. */
  function dropUnselectable(rows: Uint32Array): void {
    if (selection.size === 0) return;
    const shown = new Set(rows);
    const gone = [...selection.rows()].filter((row) => !shown.has(row));
    if (gone.length > 0) selection.set(gone, false);
  }

  /** Groups stay as they were made while one works through them; what is gone leaves them. */
  function showGroups(rows: Uint32Array): void {
    const shown = new Set(rows);
    const { isOddFirst } = state.get().view;
    const sections = (groups ?? [])
      .map(({ rows: nearest, oddFirst, label }) => ({
        label,
        rows: (isOddFirst ? oddFirst : nearest).filter((row) => shown.has(row)),
      }))
      .filter((section) => section.rows.length > 0);
    set({
      rows: Uint32Array.from(sections.flatMap((section) => section.rows)),
      sections: sections.map((section) => ({ count: section.rows.length, label: section.label })),
      isGrouping: false,
    });
  }

  async function group(rows: Uint32Array, asked: number): Promise<void> {
    grouping?.abort();
    const abort = new AbortController();
    grouping = abort;
    set({ rows, sections: null, isGrouping: true });
    const line = jobs.start({
      title: `Grouping ${whole.format(rows.length)} objects by look`,
      cancel: () => abort.abort(),
    });
    const started = performance.now();
    const made = await grouper.group(
      rows,
      (done) => {
        const perSecond = (done / Math.max(1, performance.now() - started)) * 1000;
        line.progress({
          done,
          total: rows.length,
          unit: 'annotations',
          perSecond,
          secondsLeft: (rows.length - done) / Math.max(1, perSecond),
        });
      },
      abort.signal,
    );
    if (made.ok) line.done(`${whole.format(rows.length)} objects in ${made.value.length} groups.`);
    else if (made.error.code === 'job.cancelled') line.done('Grouping was cancelled.');
    else line.fail(made.error);
    if (grouping === abort) grouping = null;
    if (isStopped) return;
    if (asked !== call || !made.ok) return set({ isGrouping: grouping !== null });
    groups = made.value;
    showGroups(rows);
  }

  const stop = objects.subscribe((news) => {
    if (news === 'updated') {
      crops.refresh();
      void ask();
      return;
    }
    const status = objects.status();
    set({ status });
    if (status.kind === 'failed') return set({ error: status.error });
    if (status.kind === 'ready') return void ask();
    readingTimer ??= setTimeout(() => {
      readingTimer = null;
      if (objects.status().kind === 'reading') void ask();
    }, READING_PAUSE_IN_MS);
  });
  void ask();

  return {
    state,
    objects,
    crops,
    selection,
    place: persistence.preferences.get<number>(placeKey, 0),
    leaveAt: (place) => persistence.preferences.set(placeKey, place),
    setView(part) {
      const before = state.get().view;
      const view = { ...before, ...part };
      set({ view });
      persistence.preferences.set(viewKey, view);
      if (view.cropSide !== before.cropSide) crops.setLook(look());
      const isOnlyLooks = Object.keys(part).every((key) => key === 'cropSide' || key === 'isOddFirst');
      if (isOnlyLooks) {
        const { rows } = state.get();
        if (part.isOddFirst !== undefined && groups !== null && rows !== null) showGroups(rows);
        return;
      }
      grouping?.abort();
      groups = null;
      void ask();
    },
    setProject(next) {
      const isOtherSchema = next.schema.revision !== project.schema.revision;
      project = next;
      if (!isOtherSchema) return;
      crops.setLook(look());
      void ask();
    },
    refresh: () => void ask(),
    stop() {
      isStopped = true;
      stop();
      if (readingTimer !== null) clearTimeout(readingTimer);
      grouping?.abort();
      crops.close();
    },
  };
}
