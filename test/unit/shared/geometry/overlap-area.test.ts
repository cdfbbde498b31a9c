import { describe, expect, it } from 'vitest';
import { convexOverlapArea } from '../../../../shared/geometry/convex-overlap';
import { discOverlapArea } from '../../../../shared/geometry/disc-overlap';
import { overlapArea } from '../../../../shared/geometry/overlap-area';

const ring = (...corners: readonly (readonly [number, number])[]) => corners.map(([x, y]) => ({ x, y }));
const area = (exterior: ReturnType<typeof ring>, ...holes: readonly ReturnType<typeof ring>[]) => [
  { exterior, holes },
];
const square = (x: number, y: number, side: number) =>
  ring([x, y], [x + side, y], [x + side, y + side], [x, y + side]);

describe('overlapArea', () => {
  it('of squares and triangles', () => {
    expect(overlapArea(area(square(0, 0, 4)), area(square(2, 1, 4)))).toBeCloseTo(6, 12);
    expect(overlapArea(area(square(0, 0, 4)), area(square(4, 0, 4)))).toBe(0);
    expect(overlapArea(area(square(0, 0, 4)), area(square(0, 9, 4)))).toBe(0);
    // The triangle's half of the square.
    expect(overlapArea(area(square(0, 0, 4)), area(ring([0, 0], [4, 0], [0, 4])))).toBeCloseTo(8, 12);
    expect(overlapArea([], area(square(0, 0, 4)))).toBe(0);
  });

  it('takes out holes of both', () => {
    const frame = area(square(0, 0, 10), square(2, 2, 6));
    expect(overlapArea(frame, frame)).toBeCloseTo(64, 12);
    expect(overlapArea(frame, area(square(1, 1, 8)))).toBeCloseTo(28, 12);
    expect(overlapArea(frame, area(square(-5, -5, 20), square(0, 0, 5)))).toBeCloseTo(64 - 16, 12);
  });

  it('stays a number where edges are all but upright', () => {
    const thin = ring([0, 0], [5e-324, 8], [4, 8], [4, 0]);
    expect(overlapArea(area(thin), area(square(0, 0, 4)))).toBeCloseTo(16, 6);
  });
});

describe('convexOverlapArea', () => {
  it('does not mind which way rings run', () => {
    const a = square(0, 0, 4);
    const b = square(2, 1, 4);
    for (const one of [a, [...a].reverse()]) {
      for (const other of [b, [...b].reverse()]) expect(convexOverlapArea(one, other)).toBeCloseTo(6, 12);
    }
    expect(convexOverlapArea(a, square(9, 9, 1))).toBe(0);
  });
});

describe('discOverlapArea', () => {
  it('of what lies around, within, beside and across the disc', () => {
    expect(discOverlapArea(area(square(-2, -2, 4)))).toBeCloseTo(Math.PI, 12);
    expect(discOverlapArea(area(square(-0.25, -0.25, 0.5)))).toBeCloseTo(0.25, 12);
    expect(discOverlapArea(area(square(2, 2, 1)))).toBeCloseTo(0, 12);
    expect(discOverlapArea(area(square(0, 0, 3)))).toBeCloseTo(Math.PI / 4, 12);
    // A segment of height ½: π/3 − √3/4.
    expect(discOverlapArea(area(square(0.5, -5, 10)))).toBeCloseTo(Math.PI / 3 - Math.sqrt(3) / 4, 12);
    expect(discOverlapArea(area(square(-2, -2, 4), square(-0.25, -0.25, 0.5)))).toBeCloseTo(
      Math.PI - 0.25,
      12,
    );
  });
});
