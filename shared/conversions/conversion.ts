import type { Size } from '../geometry/rect';
import type { Result } from '../result/result';
import type { Shape, ShapeType } from '../schema/shapes';

export interface ConversionOptions {
  /** How far a simplified outline may lie from the exact one, in image px; 0 keeps every pixel's edge. */
  readonly simplifyTolerance: number;
}

export interface Converted<S extends Shape = Shape> {
  readonly shape: S;
  /** What the new shape does not say any more, as the end of a sentence (`the turn of 12.5°`); null when nothing. */
  readonly lost: string | null;
}

/**
 * One kind of shape made from others. Pure; inputs lie anywhere, the result is what the shape's `fitted` gives for the
 * picture, or why there is none. Held by test/property/conversions.test.ts.
 */
export interface Conversion<S extends Shape = Shape> {
  readonly to: S['type'];
  readonly from: readonly ShapeType[];
  convert(shape: Shape, options: ConversionOptions, picture: Size): Result<Converted<S>>;
}
