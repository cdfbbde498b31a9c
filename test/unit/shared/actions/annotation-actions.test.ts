import { describe, expect, it } from 'vitest';
import { createAnnotation } from '../../../../shared/actions/create-annotation';
import { deleteAnnotations } from '../../../../shared/actions/delete-annotations';
import { duplicateAnnotations } from '../../../../shared/actions/duplicate-annotations';
import type { Action, EditContext } from '../../../../shared/actions/edit/action';
import { relabelAnnotations } from '../../../../shared/actions/relabel-annotations';
import { reorderAnnotations } from '../../../../shared/actions/reorder-annotations';
import { resizeAnnotation } from '../../../../shared/actions/resize-annotation';
import { setAttributes } from '../../../../shared/actions/set-attributes';
import { setFlags } from '../../../../shared/actions/set-flags';
import { setImageStatus } from '../../../../shared/actions/set-image-status';
import { applyChange } from '../../../../shared/document/change-set';
import type { ImageDocument } from '../../../../shared/document/image-document';
import { type Annotation, UNLABELLED_STATUS } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId } from '../../../../shared/schema/ids';
import { annotation, boxAt, countingIds, testId } from '../../../harness/annotations';
import { CAR, CURB, OCCLUSION, OLD, PERSON, STREET_SCHEMA } from '../../../harness/label-schema';

const id = (n: number) => testId(n) as AnnotationId;
const context: EditContext = {
  actor: 'Ada',
  at: '2026-03-03T00:00:00.000Z',
  newId: countingIds(1_000),
  schema: STREET_SCHEMA,
};

function picture(...annotations: readonly Annotation[]): ImageDocument {
  return {
    imageId: testId(1) as ImageId,
    size: { width: 640, height: 480 },
    annotations: new Map(annotations.map((one) => [one.id, one])),
    status: annotations.length === 0 ? UNLABELLED_STATUS : { ...UNLABELLED_STATUS, state: 'inProgress' },
  };
}

function edited<Args>(document: ImageDocument, action: Action<Args>, args: Args): ImageDocument {
  const change = action.run(document, args, context);
  if (!change.ok) throw new Error(change.error.message);
  return applyChange(document, change.value);
}

const refusal = <Args>(document: ImageDocument, action: Action<Args>, args: Args) => {
  const change = action.run(document, args, context);
  return change.ok ? null : change.error.code;
};

describe('the status of a picture', () => {
  it('follows from its objects until a person decides', () => {
    const drawn = edited(picture(), createAnnotation, { labelId: CAR.id, shape: boxAt(1, 1, 9, 9) });
    expect(drawn.status).toEqual({ state: 'inProgress', decidedBy: null, decidedAt: null });
    const ids = [...drawn.annotations.keys()];
    expect(edited(drawn, deleteAnnotations, { ids }).status).toEqual(UNLABELLED_STATUS);

    const decided = edited(drawn, setImageStatus, { decision: 'labelled' });
    expect(decided.status).toEqual({ state: 'labelled', decidedBy: 'Ada', decidedAt: context.at });
    const more = edited(decided, duplicateAnnotations, { ids, dx: 5, dy: 5 });
    expect(more.status).toEqual(decided.status);
    expect(edited(decided, deleteAnnotations, { ids }).status.state).toBe('unlabelled');
    expect(edited(decided, setImageStatus, { decision: 'reopened' }).status.state).toBe('inProgress');
  });

  it('cannot be labelled with nothing there, nor empty with something there', () => {
    expect(refusal(picture(), setImageStatus, { decision: 'labelled' })).toBe('usage.bad-arguments');
    expect(
      refusal(picture(annotation(1, boxAt(1, 1, 9, 9))), setImageStatus, { decision: 'confirmedEmpty' }),
    ).toBe('usage.bad-arguments');
  });
});

describe('labels', () => {
  it('are refused when retired, unknown, or not for the shape', () => {
    const document = picture(annotation(1, boxAt(1, 1, 9, 9)));
    expect(refusal(document, relabelAnnotations, { ids: [id(1)], labelId: OLD.id })).toBe(
      'schema.unknown-label',
    );
    expect(refusal(document, relabelAnnotations, { ids: [id(1)], labelId: CURB.id })).toBe(
      'edit.invalid-shape',
    );
    expect(refusal(picture(), createAnnotation, { labelId: CURB.id, shape: boxAt(1, 1, 9, 9) })).toBe(
      'edit.invalid-shape',
    );
  });

  it('bring their own attributes: defaults come, answers to other questions go', () => {
    const person = annotation(1, boxAt(1, 1, 9, 9), { labelId: PERSON.id });
    const car = edited(picture(person), relabelAnnotations, { ids: [id(1)], labelId: CAR.id });
    expect(car.annotations.get(id(1))).toMatchObject({
      labelId: CAR.id,
      attributes: { [OCCLUSION]: 0 },
      revision: 1,
    });
    const back = edited(car, relabelAnnotations, { ids: [id(1)], labelId: PERSON.id });
    expect(back.annotations.get(id(1))?.attributes).toEqual({});
  });
});

describe('attributes', () => {
  it('are held to their bounds and can be taken away', () => {
    const document = picture(annotation(1, boxAt(1, 1, 9, 9), { attributes: { [OCCLUSION]: 1 } }));
    const set = (value: number | string | null) => ({ ids: [id(1)], values: new Map([[OCCLUSION, value]]) });
    expect(edited(document, setAttributes, set(3)).annotations.get(id(1))?.attributes).toEqual({
      [OCCLUSION]: 3,
    });
    expect(refusal(document, setAttributes, set(4))).toBe('schema.invalid');
    expect(refusal(document, setAttributes, set('much'))).toBe('schema.invalid');
    expect(edited(document, setAttributes, set(null)).annotations.get(id(1))?.attributes).toEqual({});
  });
});

describe('locked objects', () => {
  const document = picture(
    annotation(1, boxAt(1, 1, 9, 9), { isLocked: true }),
    annotation(2, boxAt(50, 1, 9, 9)),
  );

  it('stay while the others go', () => {
    expect([...edited(document, deleteAnnotations, { ids: [id(1), id(2)] }).annotations.keys()]).toEqual([
      id(1),
    ]);
    expect(refusal(document, deleteAnnotations, { ids: [id(1)] })).toBe('edit.locked');
    expect(refusal(document, setFlags, { ids: [id(1)], flag: 'isCrowd', isOn: true })).toBe('edit.locked');
  });

  it('can be hidden and unlocked', () => {
    const shown = edited(document, setFlags, { ids: [id(1)], flag: 'isHidden', isOn: true });
    const free = edited(shown, setFlags, { ids: [id(1)], flag: 'isLocked', isOn: false });
    expect(free.annotations.get(id(1))).toMatchObject({ isHidden: true, isLocked: false, revision: 2 });
  });
});

describe('the drawing order', () => {
  const document = picture(...[1, 2, 3, 4].map((n) => annotation(n, boxAt(n * 20, 1, 9, 9))));
  const order = (direction: 'front' | 'back' | 'forward' | 'backward', ...numbers: number[]) =>
    [...edited(document, reorderAnnotations, { ids: numbers.map(id), direction }).annotations.keys()].map(
      (one) => Number(one.slice(-4)),
    );

  it('moves to the ends and by one, keeping the order of those moved together', () => {
    expect(order('front', 1, 3)).toEqual([2, 4, 1, 3]);
    expect(order('back', 4, 2)).toEqual([2, 4, 1, 3]);
    expect(order('forward', 1, 2)).toEqual([3, 1, 2, 4]);
    expect(order('backward', 4, 3)).toEqual([1, 3, 4, 2]);
    expect(order('forward', 4)).toEqual([1, 2, 3, 4]);
  });

  it('is written into a removal only when appending would not restore it', () => {
    const last = deleteAnnotations.run(document, { ids: [id(4)] }, context);
    const first = deleteAnnotations.run(document, { ids: [id(1)] }, context);
    expect(last.ok && last.value.order).toBeNull();
    expect(first.ok && first.value.order).toEqual([
      [id(1), id(2), id(3), id(4)],
      [id(2), id(3), id(4)],
    ]);
  });
});

it('refuses a box of less than one px and an outline of another kind', () => {
  const document = picture(annotation(1, boxAt(1, 1, 9, 9)));
  expect(refusal(document, resizeAnnotation, { id: id(1), shape: boxAt(5, 5, 0.5, 20) })).toBe(
    'edit.too-small',
  );
  const line = {
    type: 'polyline' as const,
    points: [
      { x: 1, y: 1 },
      { x: 9, y: 9 },
    ],
  };
  expect(refusal(document, resizeAnnotation, { id: id(1), shape: line })).toBe('edit.invalid-shape');
});

it('puts a copy the other way where it would leave the picture, so that it never hides its original', () => {
  const document = picture(annotation(1, boxAt(600, 100, 40, 40)));
  const copies = edited(document, duplicateAnnotations, { ids: [id(1)], dx: 12, dy: 12 });
  expect([...copies.annotations.values()].map((one) => one.shape)).toEqual([
    boxAt(600, 100, 40, 40),
    boxAt(588, 112, 40, 40),
  ]);
});
