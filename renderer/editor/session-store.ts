import type { ImagePoint } from '../../shared/geometry/point';
import { DEFAULT_DISPLAY_SETTINGS } from './display-settings';
import type { Preview, Session } from './editor';
import { DEFAULT_TOOL_OPTIONS } from './tool-options';

/** Holds the session and tells listeners once per batch, however many fields an event changed. */
export interface SessionStore {
  readonly current: Session;
  patch(fields: Partial<Session>): void;
  /** Sets the preview, or none when it would show nothing. */
  preview(preview: Preview | null): void;
  subscribe(listener: () => void): () => void;
  /** Holds listeners back until `work` is done. Nests. */
  batch<T>(work: () => T): T;
  /** Tells listeners that something outside the session (the document) changed. */
  touch(): void;
}

const INITIAL_SESSION: Session = {
  toolId: 'select',
  toolState: 'select/idle',
  selection: new Set(),
  hovered: null,
  activeLabelId: null,
  camera: { scale: 1, offsetX: 0, offsetY: 0 },
  view: { width: 0, height: 0 },
  pointer: null,
  keyboardCursor: null,
  announcement: '',
  cursor: 'default',
  preview: null,
  saveState: { kind: 'idle' },
  readOnlyReason: null,
  selectedVertices: [],
  isolated: null,
  quarterTurns: 0,
  toolOptions: DEFAULT_TOOL_OPTIONS,
  display: DEFAULT_DISPLAY_SETTINGS,
  comparison: null,
  pins: [],
  chosenPin: null,
};

export function createSessionStore(): SessionStore {
  let current = INITIAL_SESSION;
  let depth = 0;
  let isDirty = false;
  const listeners = new Set<() => void>();

  function touch(): void {
    if (depth > 0) {
      isDirty = true;
      return;
    }
    isDirty = false;
    for (const listener of [...listeners]) listener();
  }

  function patch(fields: Partial<Session>): void {
    const keys = Object.keys(fields) as (keyof Session)[];
    // An unchanged session keeps its identity, so that React and the canvas do nothing.
    if (keys.every((key) => Object.is(current[key], fields[key]))) return;
    current = { ...current, ...fields };
    touch();
  }

  return {
    get current() {
      return current;
    },
    patch,
    preview(preview) {
      const isEmpty =
        preview === null ||
        (preview.shapes.length === 0 &&
          preview.hint === null &&
          preview.marquee === undefined &&
          preview.lines === undefined &&
          preview.marks === undefined &&
          preview.raster === undefined &&
          preview.measure === undefined);
      patch({ preview: isEmpty ? null : preview });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    batch(work) {
      depth += 1;
      try {
        return work();
      } finally {
        depth -= 1;
        if (depth === 0 && isDirty) touch();
      }
    },
    touch,
  };
}

/** Points are compared by value, so that a pointer that rests wakes nobody. */
export function samePoint(a: ImagePoint | null, b: ImagePoint | null): boolean {
  return a === b || (a !== null && b !== null && a.x === b.x && a.y === b.y);
}
