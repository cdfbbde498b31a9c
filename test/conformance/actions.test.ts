import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../shared/actions';
import type { Action, EditContext } from '../../shared/actions/edit/action';
import { REORDER_DIRECTIONS } from '../../shared/actions/reorder-annotations';
import { ANNOTATION_FLAGS } from '../../shared/actions/set-flags';
import { CONVERSIONS, type ConversionTarget } from '../../shared/conversions';
import { applyChange, type ChangeSet, invertChange } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import { rotationAbout, scalingAbout, translation } from '../../shared/geometry/affine';
import { imagePoint } from '../../shared/geometry/point';
import { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import { behaviourOf } from '../../shared/shapes';
import { annotation, countingIds, testId } from '../harness/annotations';
import { documentArbitrary, PICTURE, shapeArbitrary } from '../harness/document-arbitrary';
import { CAR, CURB, OCCLUSION, PERSON, SIGN, STREET_SCHEMA } from '../harness/label-schema';

type ArgsOf<A> = A extends Action<infer Args> ? Args : never;
type ArgsArbitraries = {
  readonly [K in keyof typeof ACTIONS]: (
    ids: readonly AnnotationId[],
  ) => fc.Arbitrary<ArgsOf<(typeof ACTIONS)[K]>>;
};

const idsOf = (ids: readonly AnnotationId[]) => fc.subarray([...ids]);
const step = fc.double({ min: -2000, max: 2000, noNaN: true });

const factor = fc.double({ min: -3, max: 3, noNaN: true });
const place = fc.tuple(step, step).map(([x, y]) => imagePoint(x, y));
const affine = fc.oneof(
  fc.tuple(step, step).map(([dx, dy]) => translation(dx, dy)),
  fc.tuple(place, factor, factor).map(([about, x, y]) => scalingAbout(about, x, y)),
  fc
    .tuple(place, fc.double({ min: -180, max: 180, noNaN: true }))
    .map(([about, degrees]) => rotationAbout(about, degrees)),
);

/** What each action may be asked; a new action does not compile until it is here. */
const ARGS: ArgsArbitraries = {
  // The base and what is proposed may be of the picture itself or of another one: both happen to share ids.
  'apply-proposal': () =>
    fc
      .tuple(documentArbitrary, fc.array(wildShape(), { maxLength: 8 }), fc.boolean())
      .map(([other, shapes, isFromNothing]) => {
        const base = [...other.annotations.values()];
        return {
          base: isFromNothing ? [] : base,
          proposed: shapes.map((shape, n) => ({ ...(base[n] ?? annotation(n + 1, shape)), shape })),
        };
      }),
  'convert-annotations': (ids) =>
    fc.record({
      ids: idsOf(ids),
      to: fc.constantFrom(...(Object.keys(CONVERSIONS) as ConversionTarget[])),
      options: fc.record({ simplifyTolerance: fc.constantFrom(0, 1, 4) }),
    }),
  'create-annotation': () =>
    fc.record({ labelId: fc.constantFrom(CAR.id, PERSON.id, SIGN.id), shape: wildShape() }),
  'cut-annotations': (ids) =>
    fc.record({ ids: idsOf(ids), line: fc.array(place, { minLength: 2, maxLength: 5 }) }),
  'delete-annotations': (ids) => fc.record({ ids: idsOf(ids) }),
  'duplicate-annotations': (ids) => fc.record({ ids: idsOf(ids), dx: step, dy: step }),
  'group-annotations': (ids) => fc.record({ ids: idsOf(ids) }),
  'merge-annotations': (ids) => fc.record({ ids: idsOf(ids) }),
  'move-annotations': (ids) => fc.record({ ids: idsOf(ids), dx: step, dy: step }),
  'paste-annotations': () =>
    fc.record({
      annotations: fc.array(
        fc.record(
          {
            labelId: fc.constantFrom(CAR.id, PERSON.id, CURB.id, SIGN.id),
            shape: wildShape(),
            attributes: fc.constantFrom({}, { [OCCLUSION]: 2 }, { [OCCLUSION]: 9 }),
            isOccluded: fc.boolean(),
            isTruncated: fc.boolean(),
            isCrowd: fc.boolean(),
            note: fc.constant('as on the image before'),
            groupId: fc.constantFrom(testId(7_001), testId(7_002)),
          },
          {
            requiredKeys: ['labelId', 'shape', 'attributes', 'isOccluded', 'isTruncated', 'isCrowd'],
          },
        ),
        { maxLength: 4 },
      ),
    }),
  'relabel-annotations': (ids) =>
    fc.record({
      ids: idsOf(ids),
      labelId: fc.constantFrom(...STREET_SCHEMA.labels.map((label) => label.id)),
    }),
  'reorder-annotations': (ids) =>
    fc.record({ ids: idsOf(ids), direction: fc.constantFrom(...REORDER_DIRECTIONS) }),
  'reshape-annotations': (ids) =>
    fc.record({
      edits: fc.array(
        fc.record({ id: fc.constantFrom(...ids, 'missing' as AnnotationId), shape: wildShape() }),
        { maxLength: 4 },
      ),
    }),
  'resize-annotation': (ids) =>
    fc.record({ id: fc.constantFrom(...ids, 'missing' as AnnotationId), shape: wildShape() }),
  'restore-point': (ids) =>
    fc.record({
      annotations: annotationsArbitrary(ids),
      ids: fc.option(idsOf(ids)),
      lastRevisions: fc.constant(new Map([[testId(8_001) as AnnotationId, 12]])),
      point: fc.constant('1 March, 12:04'),
    }),
  'set-attributes': (ids) =>
    fc.record({
      ids: idsOf(ids),
      values: fc.constantFrom(0, 1, 3, 4, 'text', null).map((value) => new Map([[OCCLUSION, value]])),
    }),
  'set-flags': (ids) =>
    fc.record({ ids: idsOf(ids), flag: fc.constantFrom(...ANNOTATION_FLAGS), isOn: fc.boolean() }),
  'set-image-status': () =>
    fc.record({
      decision: fc.constantFrom('confirmedEmpty' as const, 'labelled' as const, 'reopened' as const),
    }),
  'set-note': (ids) =>
    fc.record({ ids: idsOf(ids), note: fc.constantFrom('', '  ', 'is it a van?', 'x'.repeat(3000)) }),
  'split-annotations': (ids) => fc.record({ ids: idsOf(ids) }),
  'subtract-annotations': (ids) =>
    fc.record({ from: fc.constantFrom(...ids, 'missing' as AnnotationId), ids: idsOf(ids) }),
  'transform-annotations': (ids) => fc.record({ ids: idsOf(ids), transform: affine }),
  'ungroup-annotations': (ids) => fc.record({ ids: idsOf(ids) }),
};

/** Other annotations under ids of the picture, and some that it has not. */
function annotationsArbitrary(ids: readonly AnnotationId[]) {
  return fc.uniqueArray(
    fc
      .record({
        id: fc.constantFrom(...ids, testId(8_001) as AnnotationId, testId(8_002) as AnnotationId),
        labelId: fc.constantFrom(CAR.id, PERSON.id, SIGN.id),
        shape: wildShape(),
        isLocked: fc.boolean(),
        revision: fc.nat(9),
      })
      .map(({ id, shape, ...fields }) => ({ ...annotation(1, shape, fields), id })),
    { selector: ({ id }) => id, maxLength: 5 },
  );
}

/** Shapes that may hang over the picture's edge, or lie beside it. */
function wildShape() {
  return fc
    .tuple(shapeArbitrary, step, step)
    .map(([shape, dx, dy]) => behaviourOf(shape).transformed(shape, translation(dx / 4, dy / 4)));
}

interface Trial {
  readonly document: ImageDocument;
  readonly change: ChangeSet;
  readonly after: ImageDocument;
  readonly args: unknown;
}

/** Runs an action on generated pictures and gives what it changed to a law; refusals hold every law. */
function holds(name: keyof typeof ACTIONS, law: (trial: Trial) => void) {
  fc.assert(
    fc.property(
      documentArbitrary.chain((document) =>
        fc.record({
          document: fc.constant(document),
          args: ARGS[name]([...document.annotations.keys()]) as fc.Arbitrary<never>,
        }),
      ),
      ({ document, args }) => {
        const context: EditContext = {
          actor: 'tester',
          at: '2026-02-02T00:00:00.000Z',
          newId: countingIds(1_000),
          schema: STREET_SCHEMA,
        };
        const action: Action<never> = ACTIONS[name];
        const change = action.run(document, args, context);
        if (!change.ok) return;
        law({ document, change: change.value, after: applyChange(document, change.value), args });
      },
    ),
    { numRuns: 200 },
  );
}

const flat = (document: ImageDocument) => ({ ...document, annotations: [...document.annotations] });

describe.each(Object.keys(ACTIONS) as (keyof typeof ACTIONS)[])('%s', (name) => {
  it('is taken back by the inverse, drawing order and status included', () => {
    holds(name, ({ document, change, after }) => {
      expect(flat(applyChange(after, invertChange(change, 'undo')))).toEqual(flat(document));
    });
  });

  it('is done again from what was taken back', () => {
    holds(name, ({ change, after }) => {
      const back = applyChange(after, invertChange(change, 'undo'));
      expect(flat(applyChange(back, change))).toEqual(flat(after));
    });
  });

  it('keeps everything inside the picture, upright and valid', () => {
    holds(name, ({ after }) => {
      for (const { shape } of after.annotations.values()) {
        const { x: left, y: top, width, height } = behaviourOf(shape).bounds(shape);
        const corners = [
          { x: left, y: top },
          { x: left + width, y: top + height },
        ];
        for (const { x, y } of corners) {
          // Sums, sines and cosines of doubles may be off by their last bits.
          expect(x).toBeGreaterThanOrEqual(-1e-9);
          expect(y).toBeGreaterThanOrEqual(-1e-9);
          expect(x).toBeLessThanOrEqual(PICTURE.width + 1e-9);
          expect(y).toBeLessThanOrEqual(PICTURE.height + 1e-9);
        }
        if (shape.type === 'box') expect(Math.min(shape.width, shape.height)).toBeGreaterThan(1 - 1e-9);
      }
      for (const annotation of after.annotations.values()) {
        expect(Annotation.safeParse(annotation).error).toBeUndefined();
      }
    });
  });

  it('never gives an id twice', () => {
    holds(name, ({ document, change, after }) => {
      const ids = [...document.annotations.keys(), ...change.added.map((annotation) => annotation.id)];
      expect(new Set(ids).size).toBe(ids.length);
      for (const [id, annotation] of after.annotations) expect(annotation.id).toBe(id);
    });
  });

  it('leaves what is locked as it is, but for being locked or hidden', () => {
    holds(name, ({ document, after }) => {
      for (const before of document.annotations.values()) {
        if (!before.isLocked) continue;
        const { isLocked, isHidden, revision, updatedAt, ...rest } = before;
        expect(after.annotations.get(before.id)).toMatchObject(rest);
      }
    });
  });

  it('counts the revision of what it changes up by one', () => {
    holds(name, ({ change }) => {
      for (const [before, after] of change.updated) {
        expect(after.revision).toBe(before.revision + 1);
        expect(after.id).toBe(before.id);
        expect(after).not.toEqual({ ...before, revision: after.revision, updatedAt: after.updatedAt });
      }
    });
  });

  it('has a code and a label for people', () => {
    expect(ACTIONS[name].code).toMatch(/^(annotation|image)\.[a-zA-Z]+$/);
    holds(name, ({ change }) => {
      expect(change.code).toBe(ACTIONS[name].code);
      expect(change.label).toMatch(/^[A-Z]/);
      expect(change.origin).toBe('person');
    });
  });
});

it('gives no two actions the same code', () => {
  const codes = Object.values(ACTIONS).map((action) => action.code);
  expect(new Set(codes).size).toBe(codes.length);
});
