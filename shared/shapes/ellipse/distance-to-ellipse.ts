import type { ImagePoint } from '../../geometry/point';

/** Each step at least squares the error; from any start five leave less than a thousandth of the longer half axis. */
const STEPS = 8;

/**
 * Distance from a point, in the ellipse's own axes, to its outline, in the unit of the arguments. The nearest point is
 * approached by steps along circles that bend as the ellipse does there (the evolute); off by less than 1e-3 of the
 * longer half axis.
 */
export function distanceToEllipse(rx: number, ry: number, { x, y }: ImagePoint): number {
  const px = Math.abs(x);
  const py = Math.abs(y);
  // The nearest point lies in the point's own quarter; cosine and sine of its parameter, from the middle of the quarter.
  let cos = Math.SQRT1_2;
  let sin = Math.SQRT1_2;
  for (let step = 0; step < STEPS; step += 1) {
    const evoluteX = ((rx * rx - ry * ry) * cos ** 3) / rx;
    const evoluteY = ((ry * ry - rx * rx) * sin ** 3) / ry;
    const radius = Math.hypot(rx * cos - evoluteX, ry * sin - evoluteY);
    const toPoint = Math.hypot(px - evoluteX, py - evoluteY);
    if (toPoint === 0) break;
    const nextCos = clampUnit((((px - evoluteX) * radius) / toPoint + evoluteX) / rx);
    const nextSin = clampUnit((((py - evoluteY) * radius) / toPoint + evoluteY) / ry);
    const length = Math.hypot(nextCos, nextSin);
    if (length === 0) break;
    cos = nextCos / length;
    sin = nextSin / length;
  }
  return Math.hypot(px - rx * cos, py - ry * sin);
}

function clampUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
