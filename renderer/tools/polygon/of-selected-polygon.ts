import { reshapeAnnotations } from '../../../shared/actions/reshape-annotations';
import type { ImagePoint } from '../../../shared/geometry/point';
import { areaDifference, areaUnion } from '../../../shared/geometry/polygon-boolean';
import { findCrossing } from '../../../shared/geometry/polygon-crossing';
import { ringsOfParts } from '../../../shared/geometry/polygon-part';
import { isInsideRing } from '../../../shared/geometry/ring';
import { ok, type Result } from '../../../shared/result/result';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { PolygonPart, PolygonShape, Ring } from '../../../shared/schema/shapes';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor } from '../../editor/editor';
import type { PathPurpose } from '../parts/path-drawing';

type Parts = readonly PolygonPart[];

/** With Alt at the first point: inside the selected polygon a hole of it, outside a further part. Or why neither. */
export function ofSelectedPolygon(editor: Editor, at: ImagePoint): PathPurpose | string {
  const [id, ...others] = editor.session.selection;
  const selected = id === undefined || others.length > 0 ? undefined : editor.document?.annotations.get(id);
  if (selected === undefined || selected.shape.type !== 'polygon')
    return 'Select one polygon first: with Alt you draw a hole or a further part of it.';
  if (selected.isLocked) return 'This object is locked. Unlock it to change it.';
  const { shape } = selected;
  return behaviourOf(shape).contains(shape, at)
    ? purposeOf(selected.id, shape, { noun: 'hole', label: 'Cut hole', sketch: sketchHole, change: withHole })
    : purposeOf(selected.id, shape, {
        noun: 'part',
        label: 'Add part',
        sketch: sketchPart,
        change: withPart,
      });
}

interface PolygonEdit {
  readonly noun: string;
  readonly label: string;
  /** Shown with each move of the pointer: joining areas of thousands of vertices takes longer than a frame. */
  readonly sketch: (parts: Parts, ring: Ring) => Parts;
  readonly change: (parts: Parts, ring: Ring) => Result<Parts>;
}

function purposeOf(id: AnnotationId, { parts }: PolygonShape, edit: PolygonEdit): PathPurpose {
  return {
    noun: edit.noun,
    least: 3,
    most: Number.POSITIVE_INFINITY,
    replaces: id,
    shapeOf: (points) => (points.length < 3 ? null : { type: 'polygon', parts: edit.sketch(parts, points) }),
    keep(editor, points) {
      const after = edit.change(parts, points);
      if (after.ok && after.value.length === 0) {
        editor.setHint('Nothing would be left of the polygon. Delete it instead.');
        return false;
      }
      const change = after.ok
        ? editor.tryAction(reshapeAnnotations, {
            edits: [{ id, shape: { type: 'polygon', parts: after.value } }],
          })
        : after;
      if (!change.ok) {
        editor.setHint(change.error.message);
        return false;
      }
      editor.commit({ ...change.value, label: edit.label });
      return true;
    },
  };
}

/** A ring that lies clear inside one part becomes its hole as it was drawn; any other is cut out. */
function withHole(parts: Parts, hole: Ring): Result<Parts> {
  const isWithin = partAround(parts, hole) !== null && isClearOf(parts, hole);
  return isWithin ? ok(sketchHole(parts, hole)) : areaDifference(parts, [alone(hole)]);
}

/** A ring that lies clear of all parts becomes one as it was drawn; any other is joined with what it meets. */
function withPart(parts: Parts, exterior: Ring): Result<Parts> {
  const isApart = partAround(parts, exterior) === null && isClearOf(parts, exterior);
  return isApart ? ok(sketchPart(parts, exterior)) : areaUnion([parts, alone(exterior)]);
}

function sketchHole(parts: Parts, hole: Ring): Parts {
  const around = partAround(parts, hole);
  return parts.map((part) => (part === around ? { ...part, holes: [...part.holes, hole] } : part));
}

function sketchPart(parts: Parts, exterior: Ring): Parts {
  return [...parts, ...alone(exterior)];
}

/** The part in which a ring begins. */
function partAround(parts: Parts, [first]: Ring): PolygonPart | null {
  return parts.find((part) => first !== undefined && isInsidePart(part, first)) ?? null;
}

/** Whether a ring neither crosses nor touches along, nor encloses any ring of the parts. */
function isClearOf(parts: Parts, ring: Ring): boolean {
  const rings = ringsOfParts(parts);
  if (rings.some(([vertex]) => vertex !== undefined && isInsideRing(ring, vertex))) return false;
  return findCrossing([...rings, ring]) === null;
}

function isInsidePart({ exterior, holes }: PolygonPart, point: ImagePoint): boolean {
  return isInsideRing(exterior, point) && !holes.some((hole) => isInsideRing(hole, point));
}

function alone(exterior: Ring): Parts {
  return [{ exterior, holes: [] }];
}
