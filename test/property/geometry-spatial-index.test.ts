import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rect } from '../../shared/geometry/rect';
import { createSpatialIndex } from '../../shared/geometry/spatial-index';

const rect: fc.Arbitrary<Rect> = fc.record({
  x: fc.integer({ min: -50, max: 500 }),
  y: fc.integer({ min: -50, max: 500 }),
  width: fc.integer({ min: 0, max: 120 }),
  height: fc.integer({ min: 0, max: 120 }),
});
const id = fc.integer({ min: 0, max: 30 });
const edit = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), id, rect }),
  fc.record({ kind: fc.constant('delete' as const), id, rect }),
);

const overlaps = (a: Rect, b: Rect) =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

it('finds after any edits what looking at every rectangle finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(id, rect), { selector: ([key]) => key, maxLength: 20 }),
      fc.array(edit, { maxLength: 40 }),
      rect,
      (start, edits, asked) => {
        const expected = new Map(start);
        const index = createSpatialIndex(start.map(([key, bounds]) => [key, bounds, key] as const));
        for (const { kind, id: key, rect: bounds } of edits) {
          if (kind === 'put') {
            expected.set(key, bounds);
            index.put(key, bounds, key);
          } else {
            expected.delete(key);
            index.delete(key);
          }
        }
        expect(index.size).toBe(expected.size);
        const found = index.search(asked).map(({ item }) => item);
        const wanted = [...expected].filter(([, bounds]) => overlaps(bounds, asked)).map(([key]) => key);
        expect(found.sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b));
      },
    ),
    { numRuns: 300 },
  );
});
