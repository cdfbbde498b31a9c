import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchObjects } from '../../shared/quality/matching/match-objects';
import { contributionOf } from '../../shared/quality/metrics/match-contribution';
import { createMatchTally } from '../../shared/quality/metrics/match-tally';
import { object } from '../harness/comparable-objects';
import { shapeArbitraries } from '../harness/shape-arbitrary';

const { box } = shapeArbitraries({ x: 0, y: 0, width: 30, height: 30 }, 30);

const setArbitrary = fc
  .array(fc.tuple(box, fc.constantFrom('car', 'bus', 'tram'), fc.constantFrom('red', 'blue', 3)), {
    maxLength: 8,
  })
  .map((items) =>
    items.map(([shape, label, colour], index) =>
      object(`${index}`, label, shape, { attributes: { colour } }),
    ),
  );

const contributionArbitrary = fc
  .tuple(setArbitrary, setArbitrary)
  .map(([reference, candidate]) => contributionOf(matchObjects(reference, candidate, { minOverlap: 0.1 })));

describe('a tally', () => {
  it('forgets exactly what is taken out, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(contributionArbitrary, { maxLength: 6 }),
        fc.array(contributionArbitrary, { maxLength: 6 }),
        (kept, removed) => {
          const expected = createMatchTally();
          for (const one of kept) expected.add(one);
          const tally = createMatchTally();
          for (const one of [...removed, ...[...kept].reverse()]) tally.add(one);
          for (const one of removed) tally.subtract(one);
          expect(tally.totals()).toEqual(expected.totals());
        },
      ),
      { numRuns: 100 },
    );
  });

  it('counts every object of both sets once', () => {
    fc.assert(
      fc.property(setArbitrary, setArbitrary, (reference, candidate) => {
        const { cells } = contributionOf(matchObjects(reference, candidate));
        const sum = (side: 'reference' | 'candidate') =>
          cells.reduce((total, cell) => total + (cell[side] === null ? 0 : cell.count), 0);
        expect(sum('reference')).toBe(reference.length);
        expect(sum('candidate')).toBe(candidate.length);
      }),
    );
  });
});
