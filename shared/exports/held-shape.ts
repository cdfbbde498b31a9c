import { CONVERSIONS, type ConversionTarget, convertShape } from '../conversions';
import type { FidelityTable } from '../formats/format';
import { translation } from '../geometry/affine';
import type { Size } from '../geometry/rect';
import type { Shape, ShapeType } from '../schema/shapes';
import { behaviourOf, SHAPES } from '../shapes';

/** As the app's own tools simplify outlines of masks, in image px. */
const SIMPLIFY_TOLERANCE_IN_IMAGE_PX = 1;

/** What a shape may become, nearest first: by what is lost of the area, then of the outline, then of the place. */
const NEAREST: Readonly<Record<ShapeType, readonly ShapeType[]>> = {
  box: ['rotated-box', 'polygon', 'mask', 'tag'],
  'rotated-box': ['polygon', 'mask', 'box', 'tag'],
  polygon: ['mask', 'rotated-box', 'box', 'tag'],
  // A closed line is an area that nobody drew; the box around it claims no more than where it is.
  polyline: ['box', 'rotated-box', 'polygon', 'tag'],
  points: ['box', 'rotated-box', 'tag'],
  skeleton: ['box', 'tag'],
  ellipse: ['polygon', 'mask', 'rotated-box', 'box', 'tag'],
  mask: ['polygon', 'rotated-box', 'box', 'tag'],
  cuboid: ['polygon', 'mask', 'rotated-box', 'box', 'tag'],
  tag: [],
};

/** Which shapes may become another kind: areas as areas alone, or all as whatever the format holds. */
export type ConversionReach = 'none' | 'areas' | 'all';

/** The kinds that a format holds and that shapes of a type may become, nearest first; empty when there is none. */
export function heldKinds(
  type: ShapeType,
  holds: FidelityTable['shapes'],
  reach: ConversionReach,
): readonly ShapeType[] {
  if (reach === 'none' || (reach === 'areas' && SHAPES[type].cover !== 'area')) return [];
  const held = NEAREST[type].filter(
    (kind) => holds[kind] !== 'dropped' && (reach === 'all' || kind !== 'tag'),
  );
  const well = held.filter((kind) => holds[kind] !== 'lossy');
  return [...well, ...held];
}

export interface HeldShape {
  readonly shape: Shape;
  /** What the new shape does not say any more, as the end of a sentence; null when nothing. */
  readonly lost: string | null;
}

/**
 * A shape as the nearest kind that a format holds, or null when none of them can be made of it. Lies outside of the picture
 * where the shape did.
 *
 * @param picture its size, or null when it is not known: masks are then not made.
 */
export function heldShape(
  shape: Shape,
  holds: FidelityTable['shapes'],
  picture: Size | null,
  reach: ConversionReach,
): HeldShape | null {
  for (const type of heldKinds(shape.type, holds, reach)) {
    if (type === 'tag') return { shape: { type: 'tag' }, lost: 'where it is' };
    if (!isTarget(type) || (type === 'mask' && picture === null)) continue;
    const made = convertedAnywhere(shape, type, picture);
    if (made !== null) return made;
  }
  return null;
}

export function kindInWords(type: ShapeType): string {
  return SHAPES[type].title.toLowerCase();
}

function isTarget(type: ShapeType): type is ConversionTarget {
  return Object.hasOwn(CONVERSIONS, type);
}

/** Conversions fit their result into the picture; here the picture is as large as the shape needs it, so that nothing moves. */
function convertedAnywhere(shape: Shape, to: ConversionTarget, picture: Size | null): HeldShape | null {
  const bounds = behaviourOf(shape).bounds(shape);
  // A turned rectangle around a shape reaches out further than the shape does, by at most half its longer side.
  const reach = to === 'rotated-box' ? Math.max(bounds.width, bounds.height) / 2 + 1 : 0;
  const dx = Math.max(0, Math.ceil(reach - bounds.x));
  const dy = Math.max(0, Math.ceil(reach - bounds.y));
  const room = {
    width: Math.max(picture?.width ?? 0, Math.ceil(bounds.x + bounds.width + reach)) + dx,
    height: Math.max(picture?.height ?? 0, Math.ceil(bounds.y + bounds.height + reach)) + dy,
  };
  const isMoved = dx > 0 || dy > 0;
  const there = isMoved ? behaviourOf(shape).transformed(shape, translation(dx, dy)) : shape;
  const made = convertShape(there, to, { simplifyTolerance: SIMPLIFY_TOLERANCE_IN_IMAGE_PX }, room);
  if (!made.ok) return null;
  const { shape: converted, lost } = made.value;
  return {
    shape: isMoved ? behaviourOf(converted).transformed(converted, translation(-dx, -dy)) : converted,
    lost,
  };
}
