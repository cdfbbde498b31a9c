import type { Action } from '../../shared/actions/edit/action';
import { type ChangeSet, isEmptyChange } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import type { ImagePoint } from '../../shared/geometry/point';
import type { Rect } from '../../shared/geometry/rect';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Actor, AnnotationId, IdSource, Timestamp } from '../../shared/schema/ids';
import type { LabelSchema } from '../../shared/schema/label-schema';
import type { AnnotationRepository, JournalRepository } from '../persistence/ports';
import { isToolId, TOOLS } from '../tools';
import { createCameraControl } from './camera-control';
import type { Editor, SaveState } from './editor';
import { createHeldInput } from './held-input';
import { changeFits, type History, type HistoryEntry } from './history';
import { hitStack, hitTest } from './hit-test';
import { createInput } from './input';
import { type LoadedImage, loadImage } from './loaded-image';
import { idsWithin } from './pick-region';
import type { PixelServices } from './pixel-services';
import { rectRegion } from './region';
import { sessionAfterChange } from './session-after-change';
import { createSessionStore } from './session-store';

/** How near to an outline the pointer must be, when nothing else is said. */
const DEFAULT_TOLERANCE_IN_SCREEN_PX = 5;

export interface EditorDependencies {
  readonly annotations: AnnotationRepository;
  readonly journal: Pick<JournalRepository, 'stacks'>;
  actor(): Actor;
  readonly newId: IdSource;
  now(): Timestamp;
  readonly schema: LabelSchema;
  /** Whether rules have something to say about a picture; stored with each commit for the list's filter. */
  evaluateFindings?(document: ImageDocument, schema: LabelSchema): boolean;
}

/** Puts document, history, saving, session, camera and input together; each is its own module and knows no other. */
export function createEditor(dependencies: EditorDependencies): Editor {
  const session = createSessionStore();
  const changeListeners = new Set<(change: ChangeSet, document: ImageDocument) => void>();
  let schema = dependencies.schema;
  let image: LoadedImage | null = null;
  /** Rises with each open or close, so that a slow load of a picture that was left is dropped. */
  let openings = 0;
  let pixels: PixelServices | null = null;
  /** Why the picture that is open may only be looked at, whatever becomes of saving. */
  let heldReason: string | null = null;

  const camera = createCameraControl(session, () => image?.open ?? null);
  const input = createInput(session, () => editor, TOOLS.select);
  const heldInput = createHeldInput(input.dispatch, (reason) => editor.setHint(reason));

  function showSaveState(saveState: SaveState): void {
    session.batch(() => {
      session.patch({ saveState });
      if (saveState.kind === 'failed') {
        input.reset();
        session.patch({
          readOnlyReason: `Not saved: ${saveState.error.message} Nothing can be changed until this is mended.`,
        });
      } else {
        session.patch({ readOnlyReason: heldReason });
      }
    });
  }

  /** Applies a change on screen, tells who listens, and sends it to disk. */
  function applyAndSave(
    loaded: LoadedImage,
    change: ChangeSet,
    entry: HistoryEntry,
    isOriginal: boolean,
  ): void {
    session.batch(() => {
      loaded.open.apply(change);
      const document = loaded.open.current;
      session.patch(sessionAfterChange(session.current, change, document));
      for (const listener of [...changeListeners]) listener(change, document);
      session.touch();
      loaded.queue.push({
        change,
        after: {
          imageId: document.imageId,
          projectId: loaded.projectId,
          annotations: [...document.annotations.values()],
          status: document.status,
        },
        hasFinding: dependencies.evaluateFindings?.(document, schema) ?? false,
        targetId: () => (isOriginal ? null : entry.id),
        onSaved: (changeId) => {
          if (isOriginal) entry.id = changeId;
        },
      });
    });
  }

  /** Undo or redo: both commit a change that was made before. */
  function replay(direction: 'undo' | 'redo'): void {
    const loaded = image;
    if (loaded === null || refusedReadOnly()) return;
    const { history } = loaded;
    input.reset();
    const newest = direction === 'undo' ? history.undoable : history.redoable;
    if (newest === null) {
      if (!loaded.isHistoryRead) void loaded.historyRead.then(() => image === loaded && replay(direction));
      else editor.setHint(`Nothing to ${direction} in this image.`);
      return;
    }
    const step = stepOf(history, direction);
    if (step === null) {
      editor.setHint(
        `“${newest.label}” cannot be ${direction === 'undo' ? 'undone' : 'redone'}: its line in the journal is damaged. Make a backup now, and compare with an earlier one.`,
      );
      return;
    }
    if (!changeFits(loaded.open.current, step.change)) {
      if (direction === 'undo') history.doAgain();
      else history.takeBack();
      editor.setHint(
        `“${step.change.label}” cannot be ${direction === 'undo' ? 'undone' : 'redone'}: its objects were changed from elsewhere since.`,
      );
      return;
    }
    session.batch(() => {
      reveal(step.change);
      applyAndSave(loaded, step.change, step.entry, false);
      const touched = [...step.change.added, ...step.change.updated.map(([, after]) => after)];
      const unseen = touched.filter(({ isHidden }) => isHidden).length;
      if (touched.length > 0) editor.select(touched.map((annotation) => annotation.id));
      const outcome = `${direction === 'undo' ? 'Undone' : 'Redone'}: ${step.change.label}`;
      editor.announce(unseen === 0 ? outcome : `${outcome}. ${hiddenText(unseen, touched.length)}`);
      if (unseen > 0) editor.setHint(`${outcome}. ${hiddenText(unseen, touched.length)}`);
    });
  }

  /** Ends an isolation that would keep out of sight what a change is about to touch. */
  function reveal(change: ChangeSet): void {
    const { isolated } = session.current;
    const touched = [...change.removed, ...change.updated.map(([before]) => before)];
    if (isolated !== null && touched.some(({ id }) => !isolated.has(id))) session.patch({ isolated: null });
  }

  function refusedReadOnly(): boolean {
    const reason = session.current.readOnlyReason;
    if (reason !== null) editor.setHint(reason);
    return reason !== null;
  }

  function show(loaded: LoadedImage | null): void {
    session.batch(() => {
      image?.queue.abandon();
      image = loaded;
      heldReason = null;
      input.reset();
      session.patch({
        selection: new Set(),
        selectedVertices: [],
        isolated: null,
        comparison: null,
        pins: [],
        chosenPin: null,
        hovered: null,
        saveState: { kind: 'idle' },
        readOnlyReason: null,
      });
      session.touch();
      camera.zoomToFit();
    });
    void loaded?.historyRead.then((read) => {
      if (image !== loaded) return;
      session.touch();
      if (!read.ok) editor.setHint(`What was done here earlier cannot be undone. ${read.error.message}`);
    });
  }

  /** Loads and shows a picture; before that, everything edited must be on disk. */
  async function open(imageId: ImageDocument['imageId'], size: ImageDocument['size']): Promise<Result<null>> {
    openings += 1;
    const opening = openings;
    if (image !== null) heldInput.hold();
    const opened = await load(imageId, size, opening);
    // A later opening holds on by itself.
    if (opening === openings) heldInput.release(opened.ok);
    return opened;
  }

  async function load(
    imageId: ImageDocument['imageId'],
    size: ImageDocument['size'],
    opening: number,
  ): Promise<Result<null>> {
    const [settled, loaded] = await Promise.all([
      settledFully(),
      loadImage(dependencies, imageId, size, (from, state) => {
        if (image === from) showSaveState(state);
      }),
    ]);
    if (opening !== openings) return err(appError('job.cancelled', 'Another picture was opened meanwhile.'));
    if (!settled.ok) return settled;
    if (!loaded.ok) return loaded;
    // What was drawn while loading is saved before the picture goes.
    const finished = await settledFully();
    if (opening !== openings) return err(appError('job.cancelled', 'Another picture was opened meanwhile.'));
    if (!finished.ok) return finished;
    show(loaded.value);
    return ok(null);
  }

  async function settledFully(): Promise<Result<null>> {
    while (image?.queue.hasUnsaved) {
      const settled = await image.queue.settled();
      if (!settled.ok) return settled;
    }
    return ok(null);
  }

  const editor: Editor = {
    get document() {
      return image?.open.current ?? null;
    },
    get session() {
      return session.current;
    },
    get schema() {
      return schema;
    },
    open,
    async close() {
      openings += 1;
      heldInput.release(false);
      const settled = await settledFully();
      if (settled.ok) show(null);
      return settled;
    },
    async reload() {
      const document = image?.open.current;
      if (document === undefined) return ok(null);
      openings += 1;
      heldInput.release(false);
      const opening = openings;
      const loaded = await loadImage(dependencies, document.imageId, document.size, (from, state) => {
        if (image === from) showSaveState(state);
      });
      if (!loaded.ok) return loaded;
      if (opening !== openings)
        return err(appError('job.cancelled', 'Another picture was opened meanwhile.'));
      show(loaded.value);
      return ok(null);
    },
    retrySave: () => image?.queue.retry(),
    setSchema(next) {
      schema = next;
      session.touch();
    },

    subscribe: session.subscribe,
    onChange(listener) {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    dispatch: heldInput.dispatch,
    takesKey: input.takesKey,

    tryAction<Args>(action: Action<Args>, args: Args) {
      if (image === null) return err(appError('usage.bad-arguments', 'Open a picture first.'));
      return action.run(image.open.current, args, {
        actor: dependencies.actor(),
        at: dependencies.now(),
        newId: dependencies.newId,
        schema,
      });
    },
    perform(action, args) {
      if (refusedReadOnly()) return false;
      const change = editor.tryAction(action, args);
      if (!change.ok) {
        editor.setHint(change.error.message);
        editor.announce(change.error.message);
        return false;
      }
      editor.commit(change.value);
      return !isEmptyChange(change.value);
    },
    commit(change) {
      if (image === null || isEmptyChange(change) || refusedReadOnly()) return;
      // Whoever knows more of it says so afterwards.
      session.patch({ announcement: change.label });
      applyAndSave(image, change, image.history.record(change), true);
    },
    undo: () => replay('undo'),
    redo: () => replay('redo'),
    get canUndo() {
      return session.current.readOnlyReason === null && canReplay(image, 'undoable');
    },
    get canRedo() {
      return session.current.readOnlyReason === null && canReplay(image, 'redoable');
    },
    get undoLabel() {
      return image?.history.undoable?.label ?? null;
    },
    get redoLabel() {
      return image?.history.redoable?.label ?? null;
    },

    get unfinished() {
      return input.unfinished();
    },
    setTool(toolId) {
      if (!isToolId(toolId)) return;
      session.batch(() => {
        session.patch({ hovered: null });
        input.reset(TOOLS[toolId]);
      });
    },
    select(ids) {
      const selection = new Set<AnnotationId>();
      for (const id of ids) if (image?.open.current.annotations.has(id)) selection.add(id);
      const before = session.current.selection;
      const isSame = before.size === selection.size && [...selection].every((id) => before.has(id));
      // Vertices are named by their place, which means nothing on another object.
      if (!isSame) session.patch({ selection, selectedVertices: [] });
    },
    setHovered: (hovered) => session.patch({ hovered }),
    setActiveLabel: (activeLabelId) => session.patch({ activeLabelId }),
    setCamera: camera.setCamera,
    setView: camera.setView,
    setPreview: session.preview,
    setHint(hint) {
      session.preview({ ...(session.current.preview ?? { shapes: [] }), hint });
    },
    announce: (announcement) => session.patch({ announcement }),
    setKeyboardCursor: (keyboardCursor: ImagePoint | null) => session.patch({ keyboardCursor }),
    selectVertices: (selectedVertices) => session.patch({ selectedVertices }),
    isolate(ids) {
      const isolated = ids === null ? null : new Set(ids);
      if (isolated === null || isolated.size === 0) {
        session.patch({ isolated: null });
        return;
      }
      session.batch(() => {
        session.patch({ isolated });
        // What is out of sight must not be what the next key acts on.
        editor.select([...session.current.selection].filter((id) => isolated.has(id)));
        if (session.current.hovered !== null && !isolated.has(session.current.hovered))
          session.patch({ hovered: null });
      });
    },
    turnView: camera.turn,
    setToolOptions: (changes) =>
      session.patch({ toolOptions: { ...session.current.toolOptions, ...changes } }),
    setComparison: (comparison) => session.patch({ comparison }),
    setReadOnly(reason) {
      heldReason = reason;
      if (session.current.saveState.kind === 'failed') return;
      session.batch(() => {
        if (reason !== null) input.reset();
        session.patch({ readOnlyReason: reason });
      });
    },
    setPins: (pins) => session.patch({ pins }),
    choosePin: (chosenPin) => session.patch({ chosenPin }),
    setDisplay: (changes) => session.patch({ display: { ...session.current.display, ...changes } }),
    get pixels() {
      return pixels;
    },
    setPixels(next) {
      pixels = next;
    },
    zoomToFit: camera.zoomToFit,
    zoomToSelection: camera.zoomToSelection,
    zoomBy: camera.zoomBy,

    hit(point, toleranceInScreenPx = DEFAULT_TOLERANCE_IN_SCREEN_PX) {
      if (image === null) return null;
      return hitTest(image.open, session.current, point, toleranceInScreenPx / session.current.camera.scale);
    },
    hitAll(point, toleranceInScreenPx = DEFAULT_TOLERANCE_IN_SCREEN_PX) {
      if (image === null) return [];
      return hitStack(image.open, session.current, point, toleranceInScreenPx / session.current.camera.scale);
    },
    idsInside: (rect) => idsWithin(editor, rectRegion(rect)),
    search: (rect: Rect) => image?.open.index.search(rect) ?? [],
    orderOf: (id) => image?.open.orderOf(id) ?? -1,
    settled: () => image?.queue.settled() ?? Promise.resolve(ok(null)),
  };
  return editor;
}

function canReplay(image: LoadedImage | null, side: 'undoable' | 'redoable'): boolean {
  return image !== null && (!image.isHistoryRead || image.history[side] !== null);
}

/** Null when the journal's line of the step cannot be read; the stacks stay as they were then. */
function stepOf(history: History, direction: 'undo' | 'redo'): ReturnType<History['takeBack']> {
  try {
    return direction === 'undo' ? history.takeBack() : history.doAgain();
  } catch {
    return null;
  }
}

function hiddenText(hidden: number, all: number): string {
  if (all === 1) return 'It is hidden.';
  return hidden === all ? 'They are hidden.' : `${hidden} of ${all} are hidden.`;
}
