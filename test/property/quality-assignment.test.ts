import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Edge, maximumAssignment } from '../../shared/quality/matching/maximum-assignment';

const edgesArbitrary = fc
  .uniqueArray(
    fc.record({
      row: fc.nat({ max: 5 }),
      column: fc.nat({ max: 5 }),
      // Few different weights make ties.
      weight: fc.oneof(fc.constantFrom(0.5, 0.75, 1), fc.double({ min: 0.01, max: 1, noNaN: true })),
    }),
    { selector: ({ row, column }) => row * 6 + column, maxLength: 36 },
  )
  .map((edges): readonly Edge[] => edges);

/** By trying everything: each edge is taken or left. */
function bestTotal(edges: readonly Edge[], rows = 0, columns = 0): number {
  const [first, ...rest] = edges;
  if (first === undefined) return 0;
  const left = bestTotal(rest, rows, columns);
  if ((rows >> first.row) & 1 || (columns >> first.column) & 1) return left;
  return Math.max(
    left,
    first.weight + bestTotal(rest, rows | (1 << first.row), columns | (1 << first.column)),
  );
}

const total = (edges: readonly Edge[]) => edges.reduce((sum, { weight }) => sum + weight, 0);

describe('maximumAssignment', () => {
  it('is worth as much as the best of all assignments', () => {
    fc.assert(
      fc.property(edgesArbitrary, (edges) => {
        const chosen = maximumAssignment(edges);
        expect(total(chosen)).toBeCloseTo(bestTotal(edges), 9);
        expect(new Set(chosen.map(({ row }) => row)).size).toBe(chosen.length);
        expect(new Set(chosen.map(({ column }) => column)).size).toBe(chosen.length);
        expect(chosen.every((edge) => edges.includes(edge))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is worth the same with rows and columns exchanged', () => {
    fc.assert(
      fc.property(edgesArbitrary, (edges) => {
        const turned = edges.map(({ row, column, weight }) => ({ row: column, column: row, weight }));
        expect(total(maximumAssignment(turned))).toBeCloseTo(total(maximumAssignment(edges)), 9);
      }),
    );
  });

  it('of one full table of 60 by 80 is as good as what was hidden in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 0.5, noNaN: true }), { minLength: 4800, maxLength: 4800 }),
        (weights) => {
          // A permutation that is worth more than anything else.
          const edges = weights.map((weight, index) => {
            const row = Math.floor(index / 80);
            const column = index % 80;
            return { row, column, weight: column === (row * 7 + 3) % 80 ? 0.9 : weight };
          });
          expect(total(maximumAssignment(edges))).toBeCloseTo(60 * 0.9, 9);
        },
      ),
      { numRuns: 5 },
    );
  });
});
