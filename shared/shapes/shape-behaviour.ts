import type { Affine } from '../geometry/affine';
import type { ImagePoint } from '../geometry/point';
import type { Rect, Size } from '../geometry/rect';
import type { Result } from '../result/result';
import type { Shape, ShapeType, Vertex } from '../schema/shapes';

/** A grip by which a shape is changed; `id` is stable within its shape type (e.g. `north-west`, `vertex-0-3`). */
export interface Handle {
  readonly id: string;
  readonly at: ImagePoint;
  /** CSS cursor shown over it. */
  readonly cursor: string;
  /** Drawn and taken this far from `at`, in screen px, e.g. the grip that rotates. Absent: at `at` itself. */
  readonly away?: { readonly dx: number; readonly dy: number };
}

/** `image px -> image px`. Shapes that cannot follow it exactly (a box that is turned) say what they do instead. */
export type ShapeTransform = Affine;

/** One line of a shape's outline in image px. A closed one joins its last point with its first. */
export interface OutlineRing {
  readonly points: readonly Vertex[];
  readonly isClosed: boolean;
}

/** One vertex: the ring it lies on (as `outline` counts them) and its place there. */
export interface VertexRef {
  readonly ring: number;
  readonly index: number;
}

/** How shapes are edited vertex by vertex. Rings are those of `outline`. None of these mutate. */
export interface VertexEditing<S extends Shape> {
  /** A new vertex behind `after`; `at` in image px. */
  inserted(shape: S, after: VertexRef, at: ImagePoint): S;
  /** Without these vertices; a ring that falls below its least number goes whole. Null when nothing is left. */
  removed(shape: S, vertices: readonly VertexRef[]): S | null;
  moved(shape: S, vertices: readonly VertexRef[], dx: number, dy: number): S;
}

/**
 * What a shape covers: an area (counted in px²), a line, single points, or nothing (the picture as a whole). Shapes
 * without a place are not in the spatial index, cannot be hit, moved or snapped to, and have bounds of size 0 at 0, 0.
 */
export type ShapeCover = 'area' | 'line' | 'point' | 'none';

/**
 * All that the rest of the app may know of a shape type. Everything is in image px and pure.
 * Laws held by the conformance suite: bounds contain every handle; translating there and back gives the same
 * shape (masks: by whole px); `contains` is true at the middle of a filled shape; `fitted` never leaves the picture;
 * every ring of `outline` lies within the bounds.
 */
export interface ShapeBehaviour<S extends Shape = Shape> {
  readonly type: S['type'];
  /** For people: `Bounding box`. */
  readonly title: string;
  readonly cover: ShapeCover;
  bounds(shape: S): Rect;
  /** Area in image px², holes taken out; 0 for lines and points. */
  area(shape: S): number;
  contains(shape: S, point: ImagePoint): boolean;
  /** Distance in image px from the outline; 0 on it. Infinite for what has no place. */
  distanceToOutline(shape: S, point: ImagePoint): number;
  /** The outline as lines: exact for shapes of straight edges, within 0.25 image px for round ones, pixel edges for masks. */
  outline(shape: S): readonly OutlineRing[];
  handles(shape: S): readonly Handle[];
  /** The shape after one handle went to `to`; never inverted: a side that passes its opposite swaps with it. */
  withHandleMoved(shape: S, handleId: string, to: ImagePoint): S;
  transformed(shape: S, transform: ShapeTransform): S;
  /** The shape cut or moved to lie inside the picture, or why it cannot be. */
  fitted(shape: S, image: Size): Result<S>;
  /** Short text for lists and screen readers: `120 × 40 at 12, 30`. */
  describe(shape: S): string;
  /** Present when vertices can be added, taken away and moved in numbers. */
  readonly vertices?: VertexEditing<S>;
}

export type ShapeRegistry = { readonly [T in ShapeType]: ShapeBehaviour<Extract<Shape, { type: T }>> };
