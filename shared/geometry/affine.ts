import { type ImagePoint, imagePoint } from './point';

/**
 * An affine map of image px to image px, laid out as a 2D canvas context takes it:
 * `x' = a·x + c·y + e`, `y' = b·x + d·y + f`. Angles are in degrees, clockwise as seen (y points down).
 */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export function translation(dx: number, dy: number): Affine {
  return { a: 1, b: 0, c: 0, d: 1, e: dx, f: dy };
}

/** Scales about a point that stays where it is; a negative factor mirrors. */
export function scalingAbout(centre: ImagePoint, scaleX: number, scaleY: number): Affine {
  return {
    a: scaleX,
    b: 0,
    c: 0,
    d: scaleY,
    e: centre.x - centre.x * scaleX,
    f: centre.y - centre.y * scaleY,
  };
}

/** Turns clockwise about a point that stays where it is. Quarter turns are exact. */
export function rotationAbout(centre: ImagePoint, degrees: number): Affine {
  const { sin, cos } = sineAndCosine(degrees);
  return {
    a: cos,
    b: sin,
    c: -sin,
    d: cos,
    e: centre.x - cos * centre.x + sin * centre.y,
    f: centre.y - sin * centre.x - cos * centre.y,
  };
}

export function applyAffine({ a, b, c, d, e, f }: Affine, x: number, y: number): ImagePoint {
  return imagePoint(a * x + c * y + e, b * x + d * y + f);
}

/** Sine and cosine of an angle in degrees; exactly 0 and ±1 at quarter turns, where floats give 6e-17. */
export function sineAndCosine(degrees: number): { readonly sin: number; readonly cos: number } {
  const turn = normalisedDegrees(degrees);
  if (turn === 0) return { sin: 0, cos: 1 };
  if (turn === 90) return { sin: 1, cos: 0 };
  if (turn === 180) return { sin: 0, cos: -1 };
  if (turn === -90) return { sin: -1, cos: 0 };
  const radians = (turn * Math.PI) / 180;
  return { sin: Math.sin(radians), cos: Math.cos(radians) };
}

/** The same angle in (-180, 180] degrees. */
export function normalisedDegrees(degrees: number): number {
  const turn = degrees % 360;
  if (turn > 180) return turn - 360;
  return turn <= -180 ? turn + 360 : turn + 0;
}

/** The map that does `first`, then `second`. */
export function composed(first: Affine, second: Affine): Affine {
  return {
    a: second.a * first.a + second.c * first.b,
    b: second.b * first.a + second.d * first.b,
    c: second.a * first.c + second.c * first.d,
    d: second.b * first.c + second.d * first.d,
    e: second.a * first.e + second.c * first.f + second.e,
    f: second.b * first.e + second.d * first.f + second.f,
  };
}

/** Below this a part of a map is rounding: over 10,000 px it moves a point by less than 1e-5 px. */
const NEGLIGIBLE = 1e-9;

/** Whether upright rectangles stay upright: scaled, mirrored, moved or turned by quarters, and nothing else. */
export function keepsUpright({ a, b, c, d }: Affine): boolean {
  const isNone = (part: number) => Math.abs(part) < NEGLIGIBLE;
  return (isNone(b) && isNone(c)) || (isNone(a) && isNone(d));
}
