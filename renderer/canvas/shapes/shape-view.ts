import type { Camera } from '../../../shared/geometry/camera';
import type { Shape } from '../../../shared/schema/shapes';

/** How a shape type is painted with the context's current styles, in screen px. Called for thousands in a frame. */
export interface ShapeView<S extends Shape = Shape> {
  readonly type: S['type'];
  /** `lineWidth` is the context's own, handed in because asking the context for it is slow. */
  strokeOutline(context: CanvasRenderingContext2D, shape: S, camera: Camera, lineWidth: number): void;
  /** Does nothing for shapes without an inside. */
  fillInside(context: CanvasRenderingContext2D, shape: S, camera: Camera): void;
}
