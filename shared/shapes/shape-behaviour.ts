import type { ImagePoint } from '../geometry/point';
import type { Rect, Size } from '../geometry/rect';
import type { Result } from '../result/result';
import type { Shape, ShapeType } from '../schema/shapes';

/** A grip by which a shape is changed; `id` is stable within its shape type (e.g. `north-west`, `vertex-3`). */
export interface Handle {
  readonly id: string;
  readonly at: ImagePoint;
  /** CSS cursor shown over it. */
  readonly cursor: string;
}

/** `image px -> image px`: scale about the origin, then translate. Rotation arrives with rotated shapes. */
export interface ShapeTransform {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly translateX: number;
  readonly translateY: number;
}

/**
 * All that the rest of the app may know of a shape type. Everything is in image px and pure.
 * Laws held by the conformance suite: bounds contain every handle; translating there and back gives the same
 * shape; `contains` is true at the middle of a filled shape; `fitted` never leaves the picture.
 */
export interface ShapeBehaviour<S extends Shape = Shape> {
  readonly type: S['type'];
  /** For people: `Bounding box`. */
  readonly title: string;
  bounds(shape: S): Rect;
  /** Area in image px²; 0 for lines. */
  area(shape: S): number;
  contains(shape: S, point: ImagePoint): boolean;
  /** Distance in image px from the outline; 0 on it. */
  distanceToOutline(shape: S, point: ImagePoint): number;
  handles(shape: S): readonly Handle[];
  /** The shape after one handle went to `to`; never inverted: a side that passes its opposite swaps with it. */
  withHandleMoved(shape: S, handleId: string, to: ImagePoint): S;
  transformed(shape: S, transform: ShapeTransform): S;
  /** The shape cut or moved to lie inside the picture, or why it cannot be. */
  fitted(shape: S, image: Size): Result<S>;
  /** Short text for lists and screen readers: `120 × 40 at 12, 30`. */
  describe(shape: S): string;
}

export type ShapeRegistry = { readonly [T in ShapeType]: ShapeBehaviour<Extract<Shape, { type: T }>> };
