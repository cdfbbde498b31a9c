import type { Camera } from '../../../shared/geometry/camera';
import type { Shape } from '../../../shared/schema/shapes';
import type { Fill } from '../ink';

/**
 * How a shape type is painted with the context's current styles, in screen px. Called for thousands in a frame. Line
 * styles are left as they were; the fill style need not be.
 */
export interface ShapeView<S extends Shape = Shape> {
  readonly type: S['type'];
  /** `lineWidth` and `colour` are the context's own, handed in because asking the context for them is slow. */
  strokeOutline(
    context: CanvasRenderingContext2D,
    shape: S,
    camera: Camera,
    lineWidth: number,
    colour: string,
  ): void;
  /**
   * `fill.css` is the context's own fill style. Does nothing for shapes without an inside. `isOutlined` is false only
   * for views with `canStandWithoutOutline`.
   */
  fillInside(
    context: CanvasRenderingContext2D,
    shape: S,
    camera: Camera,
    fill: Fill,
    isOutlined: boolean,
  ): void;
  /** The inside can show where the shape ends, for when hundreds are seen and tracing their outlines would cost most. */
  readonly canStandWithoutOutline?: true;
}
