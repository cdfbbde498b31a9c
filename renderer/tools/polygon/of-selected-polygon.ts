import { reshapeAnnotations } from '../../../shared/actions/reshape-annotations';
import type { ImagePoint } from '../../../shared/geometry/point';
import { distanceToPath, isInsideRing } from '../../../shared/geometry/ring';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { PolygonPart, PolygonShape } from '../../../shared/schema/shapes';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor } from '../../editor/editor';
import type { PathPurpose } from '../parts/path-drawing';
import { doRingsCross } from './do-rings-cross';

/** A vertex this near to an outline, in image px, was snapped to it and lies neither inside nor outside. */
const ON_OUTLINE = 1e-6;

/** With Alt at the first point: inside the selected polygon a hole of it, outside a further part. Or why neither. */
export function ofSelectedPolygon(editor: Editor, at: ImagePoint): PathPurpose | string {
  const [id, ...others] = editor.session.selection;
  const selected = id === undefined || others.length > 0 ? undefined : editor.document?.annotations.get(id);
  if (selected === undefined || selected.shape.type !== 'polygon')
    return 'Select one polygon first: with Alt you draw a hole or a further part of it.';
  if (selected.isLocked) return 'This object is locked. Unlock it to change it.';
  const { shape } = selected;
  return behaviourOf(shape).contains(shape, at) ? holeOf(selected.id, shape) : partOf(selected.id, shape);
}

function holeOf(id: AnnotationId, shape: PolygonShape): PathPurpose {
  const withHole = (hole: readonly ImagePoint[], part: PolygonPart | null): PolygonShape => ({
    type: 'polygon',
    parts: shape.parts.map((one) => (one === part ? { ...one, holes: [...one.holes, hole] } : one)),
  });
  return {
    noun: 'hole',
    least: 3,
    most: Number.POSITIVE_INFINITY,
    replaces: id,
    shapeOf(points) {
      const [first] = points;
      const part = shape.parts.find((one) => first !== undefined && isWithin(one, [first])) ?? null;
      return points.length < 3 ? null : withHole(points, part);
    },
    keep(editor, points) {
      const part = shape.parts.find((one) => isWithin(one, points) && !crossesPart(one, points)) ?? null;
      if (part !== null) return reshaped(editor, id, withHole(points, part), 'Cut hole');
      editor.setHint(
        'A hole lies wholly inside the polygon and apart from its other holes. Move its points.',
      );
      return false;
    },
  };
}

function partOf(id: AnnotationId, shape: PolygonShape): PathPurpose {
  const withPart = (exterior: readonly ImagePoint[]): PolygonShape => ({
    type: 'polygon',
    parts: [...shape.parts, { exterior, holes: [] }],
  });
  return {
    noun: 'part',
    least: 3,
    most: Number.POSITIVE_INFINITY,
    replaces: id,
    shapeOf: (points) => (points.length < 3 ? null : withPart(points)),
    keep(editor, points) {
      const isOverlapping = shape.parts.some(
        (part) =>
          crossesPart(part, points) ||
          points.some((point) => isStrictlyInside(part, point)) ||
          part.exterior.some((vertex) => isStrictlyInside({ exterior: points, holes: [] }, vertex)),
      );
      if (!isOverlapping) return reshaped(editor, id, withPart(points), 'Add part');
      editor.setHint(
        'A further part lies outside the polygon. Move its points, or draw a polygon and merge.',
      );
      return false;
    },
  };
}

function reshaped(editor: Editor, id: AnnotationId, shape: PolygonShape, label: string): boolean {
  const change = editor.tryAction(reshapeAnnotations, { edits: [{ id, shape }] });
  if (!change.ok) {
    editor.setHint(change.error.message);
    return false;
  }
  editor.commit({ ...change.value, label });
  return true;
}

/** Inside the exterior and outside every hole, the outlines themselves included. */
function isWithin({ exterior, holes }: PolygonPart, points: readonly ImagePoint[]): boolean {
  return points.every(
    (point) =>
      (isInsideRing(exterior, point) || distanceToPath(exterior, true, point) <= ON_OUTLINE) &&
      !holes.some((hole) => isInsideRing(hole, point) && distanceToPath(hole, true, point) > ON_OUTLINE),
  );
}

function isStrictlyInside(part: PolygonPart, point: ImagePoint): boolean {
  return isWithin(part, [point]) && distanceToPath(part.exterior, true, point) > ON_OUTLINE;
}

/** A hole within a new hole does not cross it either, and would be cut out twice. */
function crossesPart({ exterior, holes }: PolygonPart, points: readonly ImagePoint[]): boolean {
  return (
    doRingsCross(exterior, points) ||
    holes.some((hole) => doRingsCross(hole, points) || hole.some((vertex) => isInsideRing(points, vertex)))
  );
}
