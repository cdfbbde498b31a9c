import fc from 'fast-check';
import { expect, it } from 'vitest';
import { conflictsWithChange } from '../../shared/document/applicability';
import { applyChange, type ChangeSet, invertChange } from '../../shared/document/change-set';
import type { ImageDocument } from '../../shared/document/image-document';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId, ImageId, LabelId } from '../../shared/schema/ids';

const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const annotationWith = (n: number, x: number): Annotation => ({
  id: uuid(n) as AnnotationId,
  labelId: uuid(1_000_000) as LabelId,
  shape: { type: 'box', x, y: 0, width: 10, height: 10 },
  attributes: {},
  isLocked: false,
  isHidden: false,
  isOccluded: false,
  isTruncated: false,
  isCrowd: false,
  origin: 'person',
  createdBy: 'Somebody',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  revision: 0,
});

const documentOf = (annotations: readonly Annotation[]): ImageDocument => ({
  imageId: uuid(2_000_000) as ImageId,
  size: { width: 100, height: 100 },
  annotations: new Map(annotations.map((one) => [one.id, one])),
  status: { state: annotations.length > 0 ? 'inProgress' : 'unlabelled', decidedBy: null, decidedAt: null },
});

/** A document and any change that fits it: some removed, some updated, some added, perhaps all in a new order. */
const documentAndChange = fc
  .record({
    fates: fc.array(fc.constantFrom('kept', 'removed', 'updated'), { maxLength: 12 }),
    added: fc.nat({ max: 5 }),
    shuffle: fc.option(fc.array(fc.nat({ max: 1000 }), { minLength: 17, maxLength: 17 })),
    isLabelled: fc.boolean(),
  })
  .map(({ fates, added, shuffle, isLabelled }) => {
    const before = fates.map((_, n) => annotationWith(n, n));
    const removed = before.filter((_, n) => fates[n] === 'removed');
    const updated = before
      .filter((_, n) => fates[n] === 'updated')
      .map((one) => [one, { ...one, revision: 1, isHidden: true }] as const);
    const fresh = Array.from({ length: added }, (_, n) => annotationWith(100 + n, n));
    const ids = [...before.filter((one) => !removed.includes(one)), ...fresh].map(({ id }) => id);
    const order = ids
      .map((id, n) => ({ id, key: shuffle?.[n] ?? n }))
      .sort((a, b) => a.key - b.key)
      .map(({ id }) => id);
    const document = documentOf(before);
    const change: ChangeSet = {
      origin: 'person',
      code: 'test',
      label: 'Test',
      added: fresh,
      updated,
      removed,
      order: [before.map(({ id }) => id), order],
      status: isLabelled
        ? [document.status, { state: 'labelled', decidedBy: 'Somebody', decidedAt: null }]
        : null,
    };
    return { document, change };
  });

it('is taken back exactly by its inverse, order and status included', () => {
  fc.assert(
    fc.property(documentAndChange, ({ document, change }) => {
      const after = applyChange(document, change);
      const back = applyChange(after, invertChange(change, 'undo'));
      expect([...back.annotations.values()]).toEqual([...document.annotations.values()]);
      expect(back.status).toEqual(document.status);
    }),
  );
});

it('is the same again when its inverse is inverted', () => {
  fc.assert(
    fc.property(documentAndChange, ({ change }) => {
      expect(invertChange(invertChange(change, 'undo'), 'person')).toEqual(change);
    }),
  );
});

it('never changes the document it is applied to', () => {
  fc.assert(
    fc.property(documentAndChange, ({ document, change }) => {
      const copy = structuredClone([...document.annotations.values()]);
      applyChange(document, change);
      expect([...document.annotations.values()]).toEqual(copy);
    }),
  );
});

it('loses no annotation when an order names too few', () => {
  fc.assert(
    fc.property(documentAndChange, fc.nat({ max: 20 }), ({ document, change }, kept) => {
      const short =
        change.order === null ? null : ([change.order[0], change.order[1].slice(0, kept)] as const);
      const count = document.annotations.size + change.added.length - change.removed.length;
      expect(applyChange(document, { ...change, order: short }).annotations.size).toBe(count);
    }),
  );
});

it('conflicts with nothing where it was made, and with every annotation that was edited since', () => {
  fc.assert(
    fc.property(documentAndChange, ({ document, change }) => {
      expect(conflictsWithChange(document.annotations, change)).toEqual([]);
      const touched = [...change.removed, ...change.updated.map(([before]) => before)];
      const edited = new Map(document.annotations);
      for (const one of touched) edited.set(one.id, { ...one, isLocked: true });
      expect([...conflictsWithChange(edited, change)].sort()).toEqual(touched.map(({ id }) => id).sort());
    }),
  );
});
