import { resizeAnnotation } from '../../../shared/actions/resize-annotation';
import { imagePoint } from '../../../shared/geometry/point';
import { clamp, type Rect } from '../../../shared/geometry/rect';
import { behaviourOf } from '../../../shared/shapes';
import { MIN_BOX_SIDE_IN_IMAGE_PX } from '../../../shared/shapes/box/box';
import type { Editor } from '../editor';

export type NudgeDirection = 'left' | 'right' | 'up' | 'down';

/** The edge that faces each direction, by its handle, and the one opposite. */
const EDGES = {
  left: { facing: 'west', opposite: 'east', sign: -1 },
  right: { facing: 'east', opposite: 'west', sign: 1 },
  up: { facing: 'north', opposite: 'south', sign: -1 },
  down: { facing: 'south', opposite: 'north', sign: 1 },
} as const;

/**
 * Moves one edge of the selected box in a direction by a step in image px: the edge facing it (grows), or the opposite
 * one (shrinks). An edge stops at the picture's border and one px before its opposite. True when something changed.
 */
export function nudgeEdge(
  editor: Editor,
  { direction, isOpposite, step }: { direction: NudgeDirection; isOpposite: boolean; step: number },
): boolean {
  const [id, ...others] = editor.session.selection;
  const annotation = id === undefined ? undefined : editor.document?.annotations.get(id);
  const size = editor.document?.size;
  if (annotation === undefined || size === undefined || others.length > 0) {
    editor.setHint('Select one box to move its edges.');
    return false;
  }
  if (annotation.shape.type !== 'box') {
    editor.setHint('Only boxes have edges to move.');
    return false;
  }
  const { facing, opposite, sign } = EDGES[direction];
  const edge = isOpposite ? opposite : facing;
  const behaviour = behaviourOf(annotation.shape);
  const bounds = behaviour.bounds(annotation.shape);
  const wanted = positionOf(bounds, edge) + sign * step;
  const allowed = clamp(wanted, ...limitsOf(bounds, edge, size));
  if (isOpposite && allowed === positionOf(bounds, edge)) {
    editor.setHint(`A box keeps at least ${MIN_BOX_SIDE_IN_IMAGE_PX} px on each side.`);
    return false;
  }
  // A handle in the middle of an edge moves on one axis and ignores the other coordinate.
  const shape = behaviour.withHandleMoved(annotation.shape, edge, imagePoint(allowed, allowed));
  return editor.perform(resizeAnnotation, { id: annotation.id, shape });
}

type Edge = 'north' | 'south' | 'east' | 'west';

function positionOf(bounds: Rect, edge: Edge): number {
  switch (edge) {
    case 'west':
      return bounds.x;
    case 'east':
      return bounds.x + bounds.width;
    case 'north':
      return bounds.y;
    case 'south':
      return bounds.y + bounds.height;
  }
}

function limitsOf(
  bounds: Rect,
  edge: Edge,
  size: { readonly width: number; readonly height: number },
): readonly [lowest: number, highest: number] {
  switch (edge) {
    case 'west':
      return [0, bounds.x + bounds.width - MIN_BOX_SIDE_IN_IMAGE_PX];
    case 'east':
      return [bounds.x + MIN_BOX_SIDE_IN_IMAGE_PX, size.width];
    case 'north':
      return [0, bounds.y + bounds.height - MIN_BOX_SIDE_IN_IMAGE_PX];
    case 'south':
      return [bounds.y + MIN_BOX_SIDE_IN_IMAGE_PX, size.height];
  }
}
