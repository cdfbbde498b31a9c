import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isTouched, isWithin, lassoRegion, rectRegion } from '../../renderer/editor/region';
import type { EditContext } from '../../shared/actions/edit/action';
import { transformAnnotations } from '../../shared/actions/transform-annotations';
import { applyChange } from '../../shared/document/change-set';
import { composed, rotationAbout, scalingAbout, translation } from '../../shared/geometry/affine';
import { imagePoint } from '../../shared/geometry/point';
import { segmentsMeet } from '../../shared/geometry/segment';
import { behaviourOf } from '../../shared/shapes';
import { countingIds } from '../harness/annotations';
import { documentArbitrary, PICTURE, shapeArbitrary } from '../harness/document-arbitrary';
import { STREET_SCHEMA } from '../harness/label-schema';

const context: EditContext = {
  actor: 'tester',
  at: '2026-02-02T00:00:00.000Z',
  newId: countingIds(1_000),
  schema: STREET_SCHEMA,
};
const number = fc.double({ min: -50, max: 50, noNaN: true });
const place = fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.integer({ min: 0, max: 20 }) });

it('a map and then another is the one map that both make', () => {
  const map = fc.oneof(
    fc.tuple(number, number).map(([dx, dy]) => translation(dx, dy)),
    fc.tuple(number, number, number).map(([x, y, by]) => rotationAbout(imagePoint(x, y), by * 7)),
    fc.tuple(number, number, number).map(([x, sx, sy]) => scalingAbout(imagePoint(x, sy), sx, sy)),
  );
  fc.assert(
    fc.property(map, map, number, number, (first, second, x, y) => {
      const one = { x: first.a * x + first.c * y + first.e, y: first.b * x + first.d * y + first.f };
      const both = composed(first, second);
      const tolerance = 6;
      expect(both.a * x + both.c * y + both.e).toBeCloseTo(
        second.a * one.x + second.c * one.y + second.e,
        tolerance,
      );
      expect(both.b * x + both.d * y + both.f).toBeCloseTo(
        second.b * one.x + second.d * one.y + second.f,
        tolerance,
      );
    }),
  );
});

/** Masks are made of whole pixels: scaled there and back their bounds may be a px off, and all others with them. */
const withoutMasks = documentArbitrary.filter((document) =>
  [...document.annotations.values()].every(({ shape }) => shape.type !== 'mask'),
);

it('what is made smaller about the middle and larger again is as it was', () => {
  fc.assert(
    fc.property(withoutMasks, fc.double({ min: 0.5, max: 0.99, noNaN: true }), (document, factor) => {
      const about = imagePoint(PICTURE.width / 2, PICTURE.height / 2);
      const ids = [...document.annotations.keys()];
      const there = transformAnnotations.run(
        document,
        { ids, transform: scalingAbout(about, factor, factor) },
        context,
      );
      if (!there.ok) return;
      const smaller = applyChange(document, there.value);
      const back = transformAnnotations.run(
        smaller,
        { ids, transform: scalingAbout(about, 1 / factor, 1 / factor) },
        context,
      );
      expect(back.ok).toBe(true);
      if (!back.ok) return;
      for (const [id, { shape }] of applyChange(smaller, back.value).annotations) {
        const before = document.annotations.get(id)?.shape;
        if (before === undefined) continue;
        const [was, is] = [behaviourOf(before).bounds(before), behaviourOf(shape).bounds(shape)];
        expect(is.x).toBeCloseTo(was.x, 6);
        expect(is.y).toBeCloseTo(was.y, 6);
        expect(is.width).toBeCloseTo(was.width, 6);
        expect(is.height).toBeCloseTo(was.height, 6);
      }
    }),
    { numRuns: 150 },
  );
});

it('what is pinned, locked or a tag is never scaled or turned, and all else together', () => {
  fc.assert(
    fc.property(documentArbitrary, fc.integer({ min: -180, max: 180 }), (document, degrees) => {
      const change = transformAnnotations.run(
        document,
        { ids: [...document.annotations.keys()], transform: rotationAbout(imagePoint(320, 240), degrees) },
        context,
      );
      if (!change.ok) return;
      for (const [before] of change.value.updated) {
        expect(before.isLocked || before.isPinned === true || before.shape.type === 'tag').toBe(false);
      }
    }),
  );
});

it('segments meet exactly when a point of the one is near a point of the other', () => {
  fc.assert(
    fc.property(place, place, place, place, (a, b, c, d) => {
      // Brute force: the nearest two of many points along both. Whole coordinates keep near misses apart.
      const along = (from: typeof a, to: typeof a, part: number) => ({
        x: from.x + part * (to.x - from.x),
        y: from.y + part * (to.y - from.y),
      });
      const parts = Array.from({ length: 201 }, (_, n) => n / 200);
      const isNear = parts.some((one) =>
        parts.some((other) => {
          const [p, q] = [along(a, b, one), along(c, d, other)];
          return Math.hypot(p.x - q.x, p.y - q.y) < 1e-9;
        }),
      );
      // Sampling may miss a crossing but never invents one.
      if (isNear) expect(segmentsMeet(a, b, c, d)).toBe(true);
      expect(segmentsMeet(a, b, c, d)).toBe(segmentsMeet(c, d, b, a));
    }),
    { numRuns: 60 },
  );
});

it('a rectangle picks the same drawn as a rectangle and as a freehand line', () => {
  fc.assert(
    fc.property(
      shapeArbitrary,
      fc.tuple(
        fc.integer({ min: 0, max: 600 }),
        fc.integer({ min: 0, max: 440 }),
        fc.integer({ min: 1, max: 640 }),
        fc.integer({ min: 1, max: 480 }),
      ),
      (shape, [x, y, width, height]) => {
        const rect = rectRegion({ x: x + 0.37, y: y + 0.41, width: width + 0.13, height: height + 0.17 });
        const lasso = lassoRegion(rect.border);
        const bounds = behaviourOf(shape).bounds(shape);
        if (behaviourOf(shape).cover === 'none') return;
        // An ellipse's outline is sampled; its bounds are exact.
        if (shape.type !== 'ellipse')
          expect(isWithin(lasso, shape, bounds)).toBe(isWithin(rect, shape, bounds));
        if (isWithin(rect, shape, bounds)) expect(isTouched(rect, shape, bounds)).toBe(true);
        if (shape.type !== 'ellipse')
          expect(isTouched(lasso, shape, bounds)).toBe(isTouched(rect, shape, bounds));
      },
    ),
    { numRuns: 300 },
  );
});
