import { imagePoint } from '../../shared/geometry/point';
import { type Rect, unionRects } from '../../shared/geometry/rect';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import type { Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { ROTATE_HANDLE_ID } from '../../shared/shapes/rotate-handle';
import type { Handle } from '../../shared/shapes/shape-behaviour';
import { HANDLE_SIDES } from '../../shared/shapes/side-handles';
import type { Editor } from './editor';
import { onlySelected } from './operations/chosen-vertices';
import { isOnCanvas } from './shown';

/** Far enough from the frame's own grip that neither is taken for the other, in screen px. */
const ROTATE_DISTANCE_IN_SCREEN_PX = 26;

/** What several selected objects are scaled and turned by, as one. */
export interface SelectionFrame {
  /** Those that follow: locked and pinned ones do not. */
  readonly ids: readonly AnnotationId[];
  /** Around all of them, in image px. */
  readonly bounds: Rect;
  /** The eight sides and corners, then `rotate`. */
  readonly handles: readonly Handle[];
}

type Known = { readonly document: Editor['document']; readonly frame: SelectionFrame | null };
/** The frame at rest is asked for on every pointer move and every paint; a selection is a new set whenever it changes. */
const known = new WeakMap<ReadonlySet<AnnotationId>, Known>();

/**
 * The frame of the selection, or null when fewer than two objects on the canvas are selected or none of them may move.
 * While they are being changed it is around what the preview shows. O(selected) once after each change.
 */
export function selectionFrame(editor: Pick<Editor, 'document' | 'session'>): SelectionFrame | null {
  const { selection, preview } = editor.session;
  if (selection.size < 2) return null;
  const atRest = frameAtRest(editor);
  if (atRest === null || preview === null || preview.shapes.length === 0) return atRest;
  const shapes = new Map<AnnotationId, Shape>();
  for (const { replaces, shape } of preview.shapes) if (replaces !== null) shapes.set(replaces, shape);
  if (shapes.size === 0) return atRest;
  return frameOf(
    atRest.ids.flatMap((id) => {
      const shape = shapes.get(id) ?? editor.document?.annotations.get(id)?.shape;
      return shape === undefined ? [] : [[id, shape] as const];
    }),
  );
}

/**
 * The grip that turns the one selected object when its shape has none of its own: a box that may become a rotated box,
 * outlines, points, masks. Null for others and for what may not move.
 */
export function turningFrame(editor: Pick<Editor, 'document' | 'session' | 'schema'>): SelectionFrame | null {
  const annotation = onlySelected(editor);
  if (annotation === null || annotation.isLocked || annotation.isPinned === true) return null;
  const { id, shape, labelId } = annotation;
  const behaviour = behaviourOf(shape);
  // Outlines have vertices and nothing else, maybe 60,000 of them.
  const own = behaviour.vertices === undefined ? behaviour.handles(shape) : [];
  if (own.some((handle) => handle.id === ROTATE_HANDLE_ID)) return null;
  const bounds = behaviour.bounds(shape);
  // A single point looks the same whichever way it is turned.
  if (bounds.width === 0 && bounds.height === 0) return null;
  const allowed = editor.schema.labels.find((label) => label.id === labelId)?.allowedShapes ?? [];
  if (shape.type === 'box' && allowed.length > 0 && !allowed.includes('rotated-box')) return null;
  const { handles, ...frame } = frameOf([[id, shape]]);
  return { ...frame, handles: handles.filter((handle) => handle.id === ROTATE_HANDLE_ID) };
}

function frameAtRest(editor: Pick<Editor, 'document' | 'session'>): SelectionFrame | null {
  const { selection, isolated } = editor.session;
  const before = known.get(selection);
  if (before !== undefined && before.document === editor.document) return before.frame;
  const shown: Annotation[] = [];
  for (const id of selection) {
    const annotation = editor.document?.annotations.get(id);
    if (annotation !== undefined && isOnCanvas({ isolated }, annotation)) shown.push(annotation);
  }
  const movable = shown.filter(({ isLocked, isPinned }) => !isLocked && isPinned !== true);
  const frame =
    shown.length < 2 || movable.length === 0 ? null : frameOf(movable.map(({ id, shape }) => [id, shape]));
  known.set(selection, { document: editor.document, frame });
  return frame;
}

function frameOf(shapes: readonly (readonly [AnnotationId, Shape])[]): SelectionFrame {
  const bounds = shapes.map(([, shape]): Rect => behaviourOf(shape).bounds(shape)).reduce(unionRects);
  const at = (x: number, y: number) => imagePoint(bounds.x + x * bounds.width, bounds.y + y * bounds.height);
  return {
    ids: shapes.map(([id]) => id),
    bounds,
    handles: [
      ...HANDLE_SIDES.map(({ id, x, y, cursor }) => ({ id, at: at(x, y), cursor })),
      {
        id: ROTATE_HANDLE_ID,
        at: at(0.5, 0),
        cursor: 'grab',
        away: { dx: 0, dy: -ROTATE_DISTANCE_IN_SCREEN_PX },
      },
    ],
  };
}
