import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distanceToEllipse } from '../../../../shared/shapes/ellipse/distance-to-ellipse';
import { ellipse } from '../../../../shared/shapes/ellipse/ellipse';

/** Brute force: the nearest of many places on the ellipse. */
function sampledDistance(rx: number, ry: number, x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let step = 0; step < 20_000; step += 1) {
    const angle = (step / 20_000) * 2 * Math.PI;
    nearest = Math.min(nearest, Math.hypot(x - rx * Math.cos(angle), y - ry * Math.sin(angle)));
  }
  return nearest;
}

it('the distance to an ellipse is that to the nearest of many places on it', () =>
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 200, noNaN: true }),
      fc.double({ min: 1, max: 200, noNaN: true }),
      fc.double({ min: -300, max: 300, noNaN: true }),
      fc.double({ min: -300, max: 300, noNaN: true }),
      (rx, ry, x, y) => {
        // Two neighbours of the many lie up to 0.063 px apart.
        expect(Math.abs(distanceToEllipse(rx, ry, { x, y }) - sampledDistance(rx, ry, x, y))).toBeLessThan(
          0.05 + Math.max(rx, ry) * 1e-3,
        );
      },
    ),
    { numRuns: 300 },
  ));

it.each([
  [10, 10, 0, 0, 10],
  [10, 5, 0, 0, 5],
  [10, 5, 13, 0, 3],
  [10, 5, 0, -7, 2],
  [10, 5, -10, 0, 0],
])('half axes %f and %f, from %f, %f: %f px', (rx, ry, x, y, expected) =>
  expect(distanceToEllipse(rx, ry, { x, y })).toBeCloseTo(expected, 3),
);

it('has the area of its formula, which its outline has but for the bows', () => {
  const shape = { type: 'ellipse', cx: 0, cy: 0, rx: 300, ry: 200, rotation: 30 } as const;
  expect(ellipse.area(shape)).toBeCloseTo(188_495.559, 2);
});

it('contains exactly what lies within', () => {
  const shape = { type: 'ellipse', cx: 10, cy: 20, rx: 5, ry: 2, rotation: 90 } as const;
  // Turned by a quarter, the long axis stands upright.
  expect(ellipse.contains(shape, { x: 10, y: 24.99 })).toBe(true);
  expect(ellipse.contains(shape, { x: 10, y: 25.01 })).toBe(false);
  expect(ellipse.contains(shape, { x: 11.99, y: 20 })).toBe(true);
  expect(ellipse.contains(shape, { x: 12.01, y: 20 })).toBe(false);
});
