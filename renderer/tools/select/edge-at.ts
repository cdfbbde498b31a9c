import { imageFromScreen, screenFromImage } from '../../../shared/geometry/camera';
import { distance, type ImagePoint, imagePoint, type ScreenPoint } from '../../../shared/geometry/point';
import { clamp } from '../../../shared/geometry/rect';
import type { Annotation } from '../../../shared/schema/annotation';
import { behaviourOf } from '../../../shared/shapes';
import type { VertexRef } from '../../../shared/shapes/shape-behaviour';
import { edgeMidpoints } from '../../editor/edge-midpoints';
import type { Editor } from '../../editor/editor';
import { onlySelected } from '../../editor/operations/chosen-vertices';

const REACH_IN_SCREEN_PX = 6;

/** A place on an edge of the one selected outline where a vertex may be added. */
export interface GrabbedEdge {
  readonly annotation: Annotation;
  /** The vertex that the edge begins at. */
  readonly after: VertexRef;
  /** On the edge, in image px. */
  readonly at: ImagePoint;
}

/** The middle of an edge when the pointer is on its grip. */
export function midpointAt(editor: Editor, point: ScreenPoint): GrabbedEdge | null {
  const annotation = onlySelected(editor);
  if (annotation === null) return null;
  const found = edgeMidpoints(editor).find(
    ({ at }) => distance(screenFromImage(editor.session.camera, at), point) <= REACH_IN_SCREEN_PX,
  );
  return found === undefined ? null : { annotation, ...found };
}

/** The nearest place on any edge, within reach. O(vertices). */
export function edgeAt(editor: Editor, point: ScreenPoint): GrabbedEdge | null {
  const annotation = onlySelected(editor);
  if (annotation === null || annotation.isLocked) return null;
  const behaviour = behaviourOf(annotation.shape);
  if (behaviour.vertices === undefined) return null;
  const { camera } = editor.session;
  const pointer = imageFromScreen(camera, point);
  let nearest = REACH_IN_SCREEN_PX / camera.scale;
  let found: GrabbedEdge | null = null;
  for (const [ring, { points, isClosed }] of behaviour.outline(annotation.shape).entries()) {
    const edges = isClosed ? points.length : points.length - 1;
    for (let index = 0; index < edges; index += 1) {
      const from = points[index];
      const to = points[(index + 1) % points.length];
      if (from === undefined || to === undefined) continue;
      const at = nearestOnSegment(pointer, from, to);
      const away = distance(at, pointer);
      if (away > nearest) continue;
      nearest = away;
      found = { annotation, after: { ring, index }, at };
    }
  }
  return found;
}

function nearestOnSegment(
  point: ImagePoint,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): ImagePoint {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const lengthSquared = dx * dx + dy * dy;
  if (lengthSquared === 0) return imagePoint(from.x, from.y);
  const along = clamp(((point.x - from.x) * dx + (point.y - from.y) * dy) / lengthSquared, 0, 1);
  return imagePoint(from.x + along * dx, from.y + along * dy);
}
