import { describe, expect, it } from 'vitest';
import { overlapArea } from '../../../../shared/geometry/overlap-area';
import { areaDifference, areaUnion } from '../../../../shared/geometry/polygon-boolean';
import type { Place } from '../../../../shared/geometry/polygon-part';
import { shapeIoU } from '../../../../shared/quality/matching/area-overlap';
import type { PolygonShape } from '../../../../shared/schema/shapes';

/** What a hostile file may hold must be answered, or refused, in a time that a person waits. */
const BEARABLE_MS = 20_000;

/** Found by search: polyclip-ts 0.16.8 never comes to the end of their union. */
const ENDLESS: readonly (readonly (readonly number[])[])[] = [
  [
    [1, 5],
    [4, 3],
    [3, 3],
    [2, 0],
    [0, 0],
    [3, 3],
    [3, 5],
    [1, 5],
    [3, 1],
    [3, 2],
    [4, 0],
    [0, 4],
    [1, 3],
    [4, 5],
    [1, 4],
    [4, 1],
    [1, 1],
  ],
  [
    [4, 1],
    [4, 2],
    [1, 1],
    [3, 2],
    [5, 4],
    [1, 4],
    [4, 4],
    [5, 1],
    [0, 2],
    [3, 4],
    [0, 4],
    [4, 5],
    [1, 1],
    [0, 4],
    [0, 2],
    [4, 3],
    [4, 2],
  ],
  [
    [2, 0],
    [0, 0],
    [1, 2],
    [4, 3],
    [4, 4],
    [1, 3],
    [1, 5],
    [2, 1],
    [3, 0],
    [4, 3],
    [5, 1],
    [5, 4],
    [4, 0],
    [0, 4],
    [2, 5],
    [4, 2],
    [5, 3],
  ],
];

/** A ring through places all over a square of 100 px, the same in every run. */
function scribble(corners: number, seed: number): Place[] {
  let state = seed;
  const next = () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: corners }, () => ({ x: next() * 100, y: next() * 100 }));
}

/** Teeth across a square of 100 px, upright or lying; neighbours do not touch. */
function comb(teeth: number, isUpright: boolean): Place[] {
  const step = 100 / teeth;
  const ring: Place[] = [];
  for (let tooth = 0; tooth < teeth; tooth += 1) {
    const at = tooth * step;
    // Slanted a little, because upright edges count for nothing.
    ring.push({ x: at, y: 1 }, { x: at + step / 4, y: 100 }, { x: at + step / 2, y: 1 });
  }
  ring.push({ x: 100, y: 0 }, { x: 0, y: 0 });
  return isUpright ? ring : ring.map(({ x, y }) => ({ x: y, y: x }));
}

const area = (exterior: Place[]) => [{ exterior, holes: [] }];
const polygon = (exterior: Place[]): PolygonShape => ({ type: 'polygon', parts: area(exterior) });

describe('outlines that cross without end', () => {
  it('are refused by clipping, with a way out', { timeout: BEARABLE_MS }, () => {
    const areas = [1, 2, 3].map((seed) => area(scribble(300, seed)));
    const [first, ...others] = areas;
    for (const result of [areaUnion(areas), areaDifference(first ?? [], others)]) {
      expect(result).toMatchObject({ ok: false, error: { code: 'edit.invalid-shape' } });
      expect(result.ok || result.error.message).toContain('Simplify');
    }
  });

  it('are refused where the library goes round in them for ever', { timeout: BEARABLE_MS }, () => {
    const areas = ENDLESS.map((ring) => area(ring.map(([x = 0, y = 0]) => ({ x, y }))));
    expect(areaUnion(areas)).toMatchObject({
      ok: false,
      error: { code: 'edit.invalid-shape', details: { reason: expect.stringContaining('comparisons') } },
    });
    // What comes after it is not touched by it.
    expect(areaUnion([area(comb(3, true))])).toMatchObject({ ok: true });
  });

  it('that many edges lie on each other is no reason', { timeout: BEARABLE_MS }, () => {
    const circle = Array.from({ length: 6000 }, (_, index) => ({
      x: 50 + 40 * Math.cos((index * Math.PI) / 3000),
      y: 50 + 40 * Math.sin((index * Math.PI) / 3000),
    }));
    expect(areaUnion([area(circle), area(circle), area(circle)])).toMatchObject({ ok: true });
  });

  it('are given up by the strips, and counted in pixels instead', { timeout: BEARABLE_MS }, () => {
    const [upright, lying] = [comb(1500, true), comb(1500, false)];
    expect(overlapArea(area(upright), area(lying))).toBeNull();
    const iou = shapeIoU(polygon(upright), polygon(lying));
    // Teeth of both are as wide as gaps on the average of their height: each covers about a quarter of the square.
    expect(iou).toBeGreaterThan(0);
    expect(iou).toBeLessThan(0.5);
  });

  it('within one polygon are counted in pixels', { timeout: BEARABLE_MS }, () => {
    const wild = polygon(scribble(600, 9));
    const iou = shapeIoU(wild, wild);
    expect(iou).toBeCloseTo(1, 9);
  });

  it('and lie farther out than any picture reaches do not take forever', { timeout: BEARABLE_MS }, () => {
    const far = scribble(600, 4).map(({ x, y }) => ({ x: (x - 50) * 1e9, y: (y - 50) * 1e9 }));
    const iou = shapeIoU(polygon(far), polygon(scribble(600, 5)));
    expect(iou).toBeGreaterThanOrEqual(0);
    expect(iou).toBeLessThanOrEqual(1);
  });
});
