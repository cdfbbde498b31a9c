import fc from 'fast-check';
import { expect, it } from 'vitest';
import { waysBetween } from '../../renderer/tools/parts/follow-border';
import { snapped } from '../../renderer/tools/parts/snapping';
import type { Shape } from '../../shared/schema/shapes';
import { annotation } from '../harness/annotations';
import { openTestEditor } from '../harness/test-editor';

const vertex = fc.record({ x: fc.integer({ min: 0, max: 640 }), y: fc.integer({ min: 0, max: 480 }) });
const ring = fc.array(vertex, { minLength: 3, maxLength: 7 });

it('never goes further than the reach, and finds the vertex that trying all of them finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(ring, { minLength: 1, maxLength: 6 }),
      vertex,
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(0.5, 1, 2),
      async (rings, point, snapReach, scale) => {
        const { editor } = await openTestEditor({
          annotations: rings.map((exterior, index) => {
            const shape: Shape = { type: 'polygon', parts: [{ exterior, holes: [] }] };
            return annotation(index + 1, shape);
          }),
        });
        editor.setCamera({ scale, offsetX: 0, offsetY: 0 });
        editor.setToolOptions({ isSnapping: true, snapReach });
        const { at, snap } = snapped(editor, point, { control: false });
        const away = Math.hypot(at.x - point.x, at.y - point.y);
        expect(away * scale).toBeLessThanOrEqual(snapReach + 1e-9);
        const nearest = Math.min(...rings.flat().map(({ x, y }) => Math.hypot(x - point.x, y - point.y)));
        if (nearest * scale <= snapReach) {
          expect(snap?.kind).toBe('vertex');
          expect(away).toBe(nearest);
        } else {
          expect(snap?.kind).not.toBe('vertex');
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('two ways along a ring pass every vertex between them once, and the first is not the longer', () => {
  const length = (points: readonly { readonly x: number; readonly y: number }[]) =>
    points.slice(1).reduce((sum, { x, y }, index) => {
      const before = points[index] ?? { x, y };
      return sum + Math.hypot(x - before.x, y - before.y);
    }, 0);
  fc.assert(
    fc.property(ring, fc.nat(), fc.nat(), (points, a, b) => {
      const from = a % points.length;
      const to = b % points.length;
      fc.pre(from !== to);
      const ways = waysBetween({ points, isClosed: true }, from, to);
      const [start, end] = [points[from] ?? { x: 0, y: 0 }, points[to] ?? { x: 0, y: 0 }];
      const others = points.filter((_point, index) => index !== from && index !== to);
      expect(new Set(ways.flat())).toEqual(new Set(others));
      expect(ways.flat()).toHaveLength(others.length);
      const [first = [], second = []] = ways;
      expect(length([start, ...first, end])).toBeLessThanOrEqual(length([start, ...second, end]) + 1e-9);
    }),
  );
});
