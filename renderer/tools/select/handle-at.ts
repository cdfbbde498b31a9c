import { screenFromImage } from '../../../shared/geometry/camera';
import { distance, type ScreenPoint } from '../../../shared/geometry/point';
import type { Annotation } from '../../../shared/schema/annotation';
import { behaviourOf } from '../../../shared/shapes';
import type { Handle } from '../../../shared/shapes/shape-behaviour';
import type { Editor } from '../../editor/editor';

/** A handle is drawn 9 screen px wide; a little more is easier to hit. */
const LARGEST_REACH_IN_SCREEN_PX = 8;
const SMALLEST_REACH_IN_SCREEN_PX = 3;

export interface GrabbedHandle {
  readonly annotation: Annotation;
  readonly handle: Handle;
}

/** The handle of the one selected object nearest to a point, within reach. O(handles of one shape). */
export function handleAt(editor: Editor, point: ScreenPoint): GrabbedHandle | null {
  const [id, ...others] = editor.session.selection;
  if (id === undefined || others.length > 0) return null;
  const annotation = editor.document?.annotations.get(id);
  if (annotation === undefined || annotation.isHidden) return null;
  const behaviour = behaviourOf(annotation.shape);
  const bounds = behaviour.bounds(annotation.shape);
  const { camera } = editor.session;
  // The reach shrinks with the shape, so that the middle of a small one can still be taken to move it.
  const side = Math.min(bounds.width, bounds.height) * camera.scale;
  let nearest = Math.min(Math.max(side / 4, SMALLEST_REACH_IN_SCREEN_PX), LARGEST_REACH_IN_SCREEN_PX);
  let found: GrabbedHandle | null = null;
  for (const handle of behaviour.handles(annotation.shape)) {
    const away = distance(screenFromImage(camera, handle.at), point);
    if (away > nearest) continue;
    nearest = away;
    found = { annotation, handle };
  }
  return found;
}
