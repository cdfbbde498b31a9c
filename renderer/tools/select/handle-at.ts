import { screenFromImage } from '../../../shared/geometry/camera';
import { distance, type ScreenPoint, screenPoint } from '../../../shared/geometry/point';
import type { Annotation } from '../../../shared/schema/annotation';
import { behaviourOf } from '../../../shared/shapes';
import type { Handle, VertexRef } from '../../../shared/shapes/shape-behaviour';
import { vertexOfHandle } from '../../../shared/shapes/vertex-handle';
import type { Editor } from '../../editor/editor';
import { onlySelected } from '../../editor/operations/chosen-vertices';
import { type SelectionFrame, selectionFrame, turningFrame } from '../../editor/selection-frame';
import { shownHandles } from '../../editor/shown-handles';

/** A handle is drawn 9 screen px wide; a little more is easier to hit. */
const LARGEST_REACH_IN_SCREEN_PX = 8;
const SMALLEST_REACH_IN_SCREEN_PX = 3;

/** What of the selection is under the pointer: a vertex, another grip of the one object, or a grip of the frame. */
export type Grabbed =
  | {
      readonly kind: 'vertex';
      readonly annotation: Annotation;
      readonly handle: Handle;
      readonly vertex: VertexRef;
    }
  | { readonly kind: 'handle'; readonly annotation: Annotation; readonly handle: Handle }
  | { readonly kind: 'frame'; readonly frame: SelectionFrame; readonly handle: Handle };

/** The grip nearest to a point, within reach. O(grips of one shape or frame). */
export function handleAt(editor: Editor, point: ScreenPoint): Grabbed | null {
  if (editor.session.selection.size > 1) return frameHandleAt(editor, point);
  const annotation = onlySelected(editor);
  if (annotation === null) return null;
  const handle = nearestHandle(editor, annotation, point);
  if (handle === null) return turningGripAt(editor, point);
  const vertex = vertexOfHandle(handle.id);
  return vertex === null
    ? { kind: 'handle', annotation, handle }
    : { kind: 'vertex', annotation, handle, vertex };
}

/** Where a grip is drawn and taken. */
export function handlePlace(editor: Editor, { at, away }: Handle): ScreenPoint {
  const { x, y } = screenFromImage(editor.session.camera, at);
  return screenPoint(x + (away?.dx ?? 0), y + (away?.dy ?? 0));
}

function frameHandleAt(editor: Editor, point: ScreenPoint): Grabbed | null {
  const frame = selectionFrame(editor);
  if (frame === null) return null;
  const { scale } = editor.session.camera;
  const reach = reachFor(Math.min(frame.bounds.width, frame.bounds.height) * scale);
  const handle = nearestOf(editor, frame.handles, point, reach);
  return handle === null ? null : { kind: 'frame', frame, handle };
}

function turningGripAt(editor: Editor, point: ScreenPoint): Grabbed | null {
  const frame = turningFrame(editor);
  if (frame === null) return null;
  const handle = nearestOf(editor, frame.handles, point, LARGEST_REACH_IN_SCREEN_PX);
  return handle === null ? null : { kind: 'frame', frame, handle };
}

function nearestHandle(editor: Editor, { shape }: Annotation, point: ScreenPoint): Handle | null {
  const behaviour = behaviourOf(shape);
  const bounds = behaviour.bounds(shape);
  const side = Math.min(bounds.width, bounds.height) * editor.session.camera.scale;
  const reach = behaviour.cover === 'area' ? reachFor(side) : LARGEST_REACH_IN_SCREEN_PX;
  const { camera, selectedVertices } = editor.session;
  return nearestOf(editor, shownHandles(shape, camera, selectedVertices), point, reach);
}

/** The reach shrinks with the shape, so that the middle of a small one can still be taken to move it. */
function reachFor(sideInScreenPx: number): number {
  return Math.min(Math.max(sideInScreenPx / 4, SMALLEST_REACH_IN_SCREEN_PX), LARGEST_REACH_IN_SCREEN_PX);
}

function nearestOf(
  editor: Editor,
  handles: readonly Handle[],
  point: ScreenPoint,
  reach: number,
): Handle | null {
  let nearest = reach;
  let found: Handle | null = null;
  for (const handle of handles) {
    // A grip away from its shape is alone there, so a small shape need not make it small.
    const limit = handle.away === undefined ? nearest : Math.max(nearest, LARGEST_REACH_IN_SCREEN_PX);
    const away = distance(handlePlace(editor, handle), point);
    if (away > limit) continue;
    nearest = Math.min(away, reach);
    found = handle;
  }
  return found;
}
