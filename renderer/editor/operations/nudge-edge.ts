import { resizeAnnotation } from '../../../shared/actions/resize-annotation';
import { sineAndCosine } from '../../../shared/geometry/affine';
import { imagePoint } from '../../../shared/geometry/point';
import { clamp, type Rect } from '../../../shared/geometry/rect';
import type { RotatedBoxShape, Shape } from '../../../shared/schema/shapes';
import { behaviourOf } from '../../../shared/shapes';
import { MIN_BOX_SIDE_IN_IMAGE_PX } from '../../../shared/shapes/box/box';
import type { Editor } from '../editor';
import { onlySelected } from './chosen-vertices';

export type NudgeDirection = 'left' | 'right' | 'up' | 'down';

interface EdgeNudge {
  readonly direction: NudgeDirection;
  readonly isOpposite: boolean;
  /** In image px. */
  readonly step: number;
}

/** The edge that faces each direction, by its handle, and the one opposite. */
const EDGES = {
  left: { facing: 'west', opposite: 'east', sign: -1 },
  right: { facing: 'east', opposite: 'west', sign: 1 },
  up: { facing: 'north', opposite: 'south', sign: -1 },
  down: { facing: 'south', opposite: 'north', sign: 1 },
} as const;

/**
 * Moves one edge of the selected box in a direction by a step in image px: the edge facing it (grows), or the opposite
 * one (shrinks). An edge stops at the picture's border and one px before its opposite. Of a rotated box it is the edge
 * that faces the direction most, and it moves along the box's own axis. True when something changed.
 */
export function nudgeEdge(editor: Editor, nudge: EdgeNudge): boolean {
  const annotation = onlySelected(editor);
  const size = editor.document?.size;
  if (annotation === null || size === undefined) {
    editor.setHint('Select one box to move its edges.');
    return false;
  }
  const { shape } = annotation;
  const moved =
    shape.type === 'box'
      ? boxEdgeMoved(shape, nudge, size)
      : shape.type === 'rotated-box'
        ? rotatedEdgeMoved(shape, nudge)
        : undefined;
  if (moved === undefined) {
    editor.setHint('Only boxes have edges to move. Press Enter to move the points of an outline.');
    return false;
  }
  if (moved === null) {
    editor.setHint(`A box keeps at least ${MIN_BOX_SIDE_IN_IMAGE_PX} px on each side.`);
    return false;
  }
  return editor.perform(resizeAnnotation, { id: annotation.id, shape: moved });
}

/** Null when the box would become too small. */
function boxEdgeMoved(
  shape: Extract<Shape, { type: 'box' }>,
  { direction, isOpposite, step }: EdgeNudge,
  size: { readonly width: number; readonly height: number },
): Shape | null {
  const { facing, opposite, sign } = EDGES[direction];
  const edge = isOpposite ? opposite : facing;
  const wanted = positionOf(shape, edge) + sign * step;
  const allowed = clamp(wanted, ...limitsOf(shape, edge, size));
  if (isOpposite && allowed === positionOf(shape, edge)) return null;
  // A handle in the middle of an edge moves on one axis and ignores the other coordinate.
  return behaviourOf(shape).withHandleMoved(shape, edge, imagePoint(allowed, allowed));
}

const OWN_EDGES = [
  { id: 'east', x: 1, y: 0 },
  { id: 'south', x: 0, y: 1 },
  { id: 'west', x: -1, y: 0 },
  { id: 'north', x: 0, y: -1 },
] as const;

const TOWARDS = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
} as const;

/** Null when the box would become too small. */
function rotatedEdgeMoved(
  shape: RotatedBoxShape,
  { direction, isOpposite, step }: EdgeNudge,
): RotatedBoxShape | null {
  const { sin, cos } = sineAndCosine(shape.rotation);
  const wanted = TOWARDS[direction];
  const sign = isOpposite ? -1 : 1;
  const faced = OWN_EDGES.map(({ id, x, y }) => {
    const outward = { x: cos * x - sin * y, y: sin * x + cos * y };
    return { id, outward, agrees: sign * (outward.x * wanted.x + outward.y * wanted.y) };
  }).reduce((best, edge) => (edge.agrees > best.agrees + 1e-9 ? edge : best));
  const behaviour = behaviourOf(shape);
  const handle = behaviour.handles(shape).find(({ id }) => id === faced.id);
  if (handle === undefined) return shape;
  const length = faced.id === 'east' || faced.id === 'west' ? shape.width : shape.height;
  const by = isOpposite ? -Math.min(step, length - MIN_BOX_SIDE_IN_IMAGE_PX) : step;
  if (by === 0) return null;
  const to = imagePoint(handle.at.x + by * faced.outward.x, handle.at.y + by * faced.outward.y);
  return behaviour.withHandleMoved(shape, faced.id, to);
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
