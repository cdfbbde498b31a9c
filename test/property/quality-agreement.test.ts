import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../shared/quality/agreement/bootstrap-interval';
import { clusterObjects } from '../../shared/quality/agreement/cluster-objects';
import { cohenKappa } from '../../shared/quality/agreement/cohen-kappa';
import { disagreement } from '../../shared/quality/agreement/disagreement';
import { fleissKappa } from '../../shared/quality/agreement/fleiss-kappa';
import { krippendorffAlpha } from '../../shared/quality/agreement/krippendorff-alpha';
import { mergeConsensus } from '../../shared/quality/agreement/merge-consensus';
import { object } from '../harness/comparable-objects';
import { shapeArbitraries } from '../harness/shape-arbitrary';

const tableArbitrary = fc.array(fc.array(fc.nat({ max: 20 }), { minLength: 4, maxLength: 4 }), {
  minLength: 4,
  maxLength: 4,
});

const unitsArbitrary = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 5 }), {
  minLength: 2,
  maxLength: 25,
});

/** Equal up to rounding, or both not defined. */
function expectSame(a: number | null, b: number | null) {
  if (a === null || b === null) expect(a).toBe(b);
  else expect(a).toBeCloseTo(b, 9);
}

describe('kappa and alpha', () => {
  it('of Cohen do not change with the names of labels, nor with who is first', () => {
    fc.assert(
      fc.property(tableArbitrary, (table) => {
        const order = [2, 0, 3, 1];
        const renamed = order.map((row) => order.map((column) => table[row]?.[column] ?? 0));
        const turned = table.map((_, row) => table.map((other) => other[row] ?? 0));
        const { kappa } = cohenKappa(table);
        expectSame(cohenKappa(renamed).kappa, kappa);
        expectSame(cohenKappa(turned).kappa, kappa);
        if (kappa !== null) expect(kappa).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('of Krippendorff do not change with the names of labels, nor with who gave which value', () => {
    fc.assert(
      fc.property(unitsArbitrary, (units) => {
        const { alpha } = krippendorffAlpha(units);
        const names: Readonly<Record<string, string>> = { a: 'x', b: 'd', c: 'a', d: 'q' };
        const renamed = units.map((unit) => unit.map((value) => names[value] ?? ''));
        expectSame(krippendorffAlpha(renamed).alpha, alpha);
        expectSame(krippendorffAlpha(units.map((unit) => [...unit].reverse())).alpha, alpha);
        expectSame(krippendorffAlpha([...units].reverse()).alpha, alpha);
      }),
    );
  });

  it('of Fleiss and Krippendorff differ by the correction for few values alone', () => {
    // α = 1 − (1 − κ)(n − 1)/n for complete data (Krippendorff 2011).
    const complete = fc.array(fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(complete, (units) => {
        const counts = units.map((unit) => [0, 1, 2, 3].map((k) => unit.filter((one) => one === k).length));
        const kappa = fleissKappa(counts);
        const n = units.length * 3;
        const expected = kappa === null ? null : 1 - ((1 - kappa) * (n - 1)) / n;
        expectSame(krippendorffAlpha(units).alpha, expected);
      }),
    );
  });

  it('have an interval around them', () => {
    fc.assert(
      fc.property(unitsArbitrary, fc.nat(), (units, seed) => {
        const figure = (sample: readonly (readonly string[])[]) => krippendorffAlpha(sample).alpha;
        const alpha = figure(units);
        const interval = bootstrapInterval(units, figure, { seed, replicates: 200, level: 0.99 });
        if (alpha === null || interval === null) return;
        expect(interval.low).toBeLessThanOrEqual(interval.high);
        expect(interval.high).toBeLessThanOrEqual(1 + 1e-9);
        // Of very few units samples may have no value twice; then nothing is promised.
        if (interval.replicates === 200 && units.length >= 10) {
          expect(interval.low).toBeLessThanOrEqual(alpha + 1e-9);
          expect(interval.high).toBeGreaterThanOrEqual(alpha - 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const { box } = shapeArbitraries({ x: 0, y: 0, width: 20, height: 20 }, 30);

const replicasArbitrary = fc
  .array(fc.array(fc.tuple(box, fc.constantFrom('car', 'bus')), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((sets) =>
    sets.map((items, index) => ({
      annotator: `p${index}`,
      objects: items.map(([shape, label], n) => object(`p${index}-${n}`, label, shape)),
    })),
  );

describe('consensus', () => {
  it('holds every object once, and nobody twice in one thing', () => {
    fc.assert(
      fc.property(replicasArbitrary, (replicas) => {
        const clusters = clusterObjects(replicas, { minOverlap: 0.2 });
        const ids = clusters.flatMap(({ members }) => members.map((member) => member.object.id));
        expect(ids.sort()).toEqual(replicas.flatMap(({ objects }) => objects.map(({ id }) => id)).sort());
        for (const cluster of clusters) {
          const names = cluster.members.map(({ annotator }) => annotator);
          expect(new Set(names).size).toBe(names.length);
          const score = disagreement(cluster, replicas.length);
          expect(score).toBeGreaterThanOrEqual(-1e-12);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order in which replicas come', () => {
    fc.assert(
      fc.property(replicasArbitrary, (replicas) => {
        expect(mergeConsensus([...replicas].reverse(), { minOverlap: 0.2 })).toEqual(
          mergeConsensus(replicas, { minOverlap: 0.2 }),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('of the same work several times is that work', () => {
    fc.assert(
      fc.property(replicasArbitrary, ([first]) => {
        const objects = first?.objects ?? [];
        const replicas = ['a', 'b', 'c'].map((annotator) => ({
          annotator,
          objects: objects.map((one) => ({ ...one })),
        }));
        const { objects: merged, disputed } = mergeConsensus(replicas);
        expect(disputed).toEqual([]);
        expect(merged).toHaveLength(objects.length);
      }),
      { numRuns: 100 },
    );
  });
});
