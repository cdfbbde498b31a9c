import { type ImagePoint, imagePoint } from '../../shared/geometry/point';
import { behaviourOf } from '../../shared/shapes';
import type { VertexRef } from '../../shared/shapes/shape-behaviour';
import type { Editor } from './editor';
import { onlySelected } from './operations/chosen-vertices';

/** Shorter edges have no room for a grip between those of their ends, in screen px. */
const SHORTEST_EDGE_IN_SCREEN_PX = 40;
/** With more edges the grips would hide the outline; Alt over an edge still adds a vertex there. */
const MOST_EDGES = 200;

export interface EdgeMidpoint {
  /** The vertex that the edge begins at; a new one goes behind it. */
  readonly after: VertexRef;
  readonly at: ImagePoint;
}

/**
 * The places on the one selected outline from which a drag pulls a new vertex; none when it cannot be changed, or while
 * something else is being done. O(vertices).
 */
export function edgeMidpoints(editor: Pick<Editor, 'document' | 'session'>): readonly EdgeMidpoint[] {
  const { toolId, camera } = editor.session;
  const annotation = toolId === 'select' ? onlySelected(editor) : null;
  if (annotation === null || annotation.isLocked) return [];
  const behaviour = behaviourOf(annotation.shape);
  if (behaviour.vertices === undefined) return [];
  const outline = behaviour.outline(annotation.shape);
  if (outline.reduce((sum, { points }) => sum + points.length, 0) > MOST_EDGES) return [];
  return outline.flatMap(({ points, isClosed }, ring) =>
    points.flatMap((from, index): EdgeMidpoint[] => {
      const to = index === points.length - 1 ? (isClosed ? points[0] : undefined) : points[index + 1];
      if (to === undefined) return [];
      const length = Math.hypot(to.x - from.x, to.y - from.y) * camera.scale;
      if (length < SHORTEST_EDGE_IN_SCREEN_PX) return [];
      return [{ after: { ring, index }, at: imagePoint((from.x + to.x) / 2, (from.y + to.y) / 2) }];
    }),
  );
}
