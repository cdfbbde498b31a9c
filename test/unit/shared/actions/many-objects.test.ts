import { describe, expect, it } from 'vitest';
import { duplicateAnnotations } from '../../../../shared/actions/duplicate-annotations';
import type { Action, EditContext } from '../../../../shared/actions/edit/action';
import { groupAnnotations } from '../../../../shared/actions/group-annotations';
import { type PastedAnnotation, pasteAnnotations } from '../../../../shared/actions/paste-annotations';
import { setAttributes } from '../../../../shared/actions/set-attributes';
import { setFlags } from '../../../../shared/actions/set-flags';
import { setNote } from '../../../../shared/actions/set-note';
import { ungroupAnnotations } from '../../../../shared/actions/ungroup-annotations';
import { applyChange } from '../../../../shared/document/change-set';
import type { ImageDocument } from '../../../../shared/document/image-document';
import { type Annotation, UNLABELLED_STATUS } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId } from '../../../../shared/schema/ids';
import type { LabelSchema } from '../../../../shared/schema/label-schema';
import { annotation, boxAt, countingIds, testId } from '../../../harness/annotations';
import { CAR, CURB, OCCLUSION, OLD, PERSON, STREET_SCHEMA } from '../../../harness/label-schema';

const id = (n: number) => testId(n) as AnnotationId;
const GROUP = testId(500);

function picture(...annotations: readonly Annotation[]): ImageDocument {
  return {
    imageId: testId(1) as ImageId,
    size: { width: 640, height: 480 },
    annotations: new Map(annotations.map((one) => [one.id, one])),
    status: annotations.length === 0 ? UNLABELLED_STATUS : { ...UNLABELLED_STATUS, state: 'inProgress' },
  };
}

function contextWith(schema: LabelSchema = STREET_SCHEMA): EditContext {
  return { actor: 'Ada', at: '2026-03-03T00:00:00.000Z', newId: countingIds(1_000), schema };
}

function resultOf<Args>(document: ImageDocument, action: Action<Args>, args: Args, schema?: LabelSchema) {
  const change = action.run(document, args, contextWith(schema));
  if (!change.ok) throw new Error(change.error.message);
  return [...applyChange(document, change.value).annotations.values()];
}

function refusal<Args>(document: ImageDocument, action: Action<Args>, args: Args) {
  const change = action.run(document, args, contextWith());
  return change.ok ? null : change.error.code;
}

function copied(shape: Annotation['shape'], fields: Partial<PastedAnnotation> = {}): PastedAnnotation {
  return {
    labelId: CAR.id,
    shape,
    attributes: {},
    isOccluded: false,
    isTruncated: false,
    isCrowd: false,
    ...fields,
  };
}

describe('pasting', () => {
  it('keeps the place, and what was said of the object, as a new object of whoever pastes', () => {
    const [pasted] = resultOf(picture(), pasteAnnotations, {
      annotations: [
        copied(boxAt(20, 30, 40, 50), { attributes: { [OCCLUSION]: 2 }, isOccluded: true, note: 'a van' }),
      ],
    });
    expect(pasted).toMatchObject({
      id: id(1_000),
      shape: boxAt(20, 30, 40, 50),
      attributes: { [OCCLUSION]: 2 },
      isOccluded: true,
      note: 'a van',
      createdBy: 'Ada',
      revision: 0,
    });
    expect(pasted).not.toHaveProperty('groupId');
    expect(pasted).not.toHaveProperty('isPinned');
  });

  it('cuts what hangs over the edge of a smaller picture and moves in what lies beside it', () => {
    const shapes = resultOf(picture(), pasteAnnotations, {
      annotations: [copied(boxAt(600, 100, 100, 40)), copied(boxAt(900, 700, 50, 60))],
    }).map(({ shape }) => shape);
    expect(shapes).toEqual([boxAt(600, 100, 40, 40), boxAt(590, 420, 50, 60)]);
  });

  it('puts copies on top, in their order, and keeps a group together without joining the old one', () => {
    const there = annotation(1, boxAt(1, 1, 9, 9), { groupId: GROUP });
    const result = resultOf(picture(there), pasteAnnotations, {
      annotations: [
        copied(boxAt(10, 10, 9, 9), { groupId: GROUP }),
        copied(boxAt(30, 10, 9, 9), { labelId: PERSON.id, groupId: GROUP }),
        copied(boxAt(50, 10, 9, 9)),
      ],
    });
    expect(result.map(({ shape }) => 'x' in shape && shape.x)).toEqual([1, 10, 30, 50]);
    const [, first, second, third] = result;
    expect(first?.groupId).toBeDefined();
    expect(first?.groupId).not.toBe(GROUP);
    expect(second?.groupId).toBe(first?.groupId);
    expect(third?.groupId).toBeUndefined();
  });

  it('makes no group of a copy that comes without the others of its group', () => {
    const there = [1, 2].map((n) => annotation(n, boxAt(n * 20, 1, 9, 9), { groupId: GROUP }));
    const only = (all: readonly Annotation[]) => all.at(-1);
    const pasted = resultOf(picture(...there), pasteAnnotations, {
      annotations: [copied(boxAt(90, 10, 9, 9), { groupId: GROUP })],
    });
    expect(only(pasted)).not.toHaveProperty('groupId');
    const doubled = resultOf(picture(...there), duplicateAnnotations, { ids: [id(1)], dx: 5, dy: 5 });
    expect(only(doubled)).not.toHaveProperty('groupId');
  });

  it('refuses labels that take nothing new, shapes that a label does not allow, and answers that are none', () => {
    const box = boxAt(1, 1, 9, 9);
    const paste = (one: PastedAnnotation) => refusal(picture(), pasteAnnotations, { annotations: [one] });
    expect(paste(copied(box, { labelId: OLD.id }))).toBe('schema.unknown-label');
    expect(paste(copied(box, { labelId: CURB.id }))).toBe('edit.invalid-shape');
    expect(paste(copied(box, { attributes: { [OCCLUSION]: 9 } }))).toBe('schema.invalid');
    expect(refusal(picture(), pasteAnnotations, { annotations: [] })).toBe('usage.bad-arguments');
  });
});

it('duplicates a group as a group of its own, unpinned', () => {
  const members = [1, 2].map((n) =>
    annotation(n, boxAt(n * 50, 10, 20, 20), { groupId: GROUP, isPinned: true }),
  );
  const [, , third, fourth] = resultOf(picture(...members), duplicateAnnotations, {
    ids: [id(1), id(2)],
    dx: 5,
    dy: 5,
  });
  expect(third?.groupId).not.toBe(GROUP);
  expect(third?.groupId).toBe(fourth?.groupId);
  expect(third).not.toHaveProperty('isPinned');
});

describe('groups', () => {
  const alone = [1, 2, 3].map((n) => annotation(n, boxAt(n * 50, 10, 20, 20)));

  it('need two objects, and leave no group of one behind', () => {
    expect(refusal(picture(...alone), groupAnnotations, { ids: [id(1)] })).toBe('usage.bad-arguments');
    const pair = [
      annotation(1, boxAt(1, 1, 9, 9), { groupId: GROUP }),
      annotation(2, boxAt(20, 1, 9, 9), { groupId: GROUP }),
      annotation(3, boxAt(40, 1, 9, 9)),
    ];
    const [first, second, third] = resultOf(picture(...pair), groupAnnotations, { ids: [id(1), id(3)] });
    expect(first?.groupId).toBe(third?.groupId);
    expect(first?.groupId).not.toBe(GROUP);
    expect(second).not.toHaveProperty('groupId');
  });

  it('change nothing when the selection is a whole group already', () => {
    const pair = [1, 2].map((n) => annotation(n, boxAt(n * 50, 1, 9, 9), { groupId: GROUP }));
    expect(resultOf(picture(...pair), groupAnnotations, { ids: [id(1), id(2)] })).toEqual(pair);
  });

  it('are left by the key going, and dissolve with their last pair', () => {
    const pair = [1, 2].map((n) => annotation(n, boxAt(n * 50, 1, 9, 9), { groupId: GROUP }));
    for (const one of resultOf(picture(...pair), ungroupAnnotations, { ids: [id(1)] })) {
      expect(one).not.toHaveProperty('groupId');
    }
    expect(refusal(picture(...alone), ungroupAnnotations, { ids: [id(1)] })).toBe('usage.bad-arguments');
  });
});

it('removes a note and a pin by the key, so that the stored record is as if they had never been', () => {
  const original = annotation(1, boxAt(1, 1, 9, 9));
  const [noted] = resultOf(picture(original), setNote, { ids: [id(1)], note: '  is it a van?  ' });
  expect(noted?.note).toBe('is it a van?');
  const [without] = resultOf(picture({ ...original, note: 'x' }), setNote, { ids: [id(1)], note: '   ' });
  expect(Object.keys(without ?? {}).sort()).toEqual(Object.keys(original).sort());
  const [pinned] = resultOf(picture(original), setFlags, { ids: [id(1)], flag: 'isPinned', isOn: true });
  expect(pinned?.isPinned).toBe(true);
  const [unpinned] = resultOf(picture({ ...original, isPinned: true }), setFlags, {
    ids: [id(1)],
    flag: 'isPinned',
    isOn: false,
  });
  expect(Object.keys(unpinned ?? {}).sort()).toEqual(Object.keys(original).sort());
});

it('answers attributes of a label that was merged as the label that it counts as asks them', () => {
  const merged: LabelSchema = {
    ...STREET_SCHEMA,
    labels: STREET_SCHEMA.labels.map((label) =>
      label.id === PERSON.id ? { ...label, mergedIntoId: CAR.id } : label,
    ),
  };
  const document = picture(annotation(1, boxAt(1, 1, 9, 9), { labelId: PERSON.id }));
  const [answered] = resultOf(
    document,
    setAttributes,
    { ids: [id(1)], values: new Map([[OCCLUSION, 3]]) },
    merged,
  );
  expect(answered?.attributes).toEqual({ [OCCLUSION]: 3 });
  expect(answered?.labelId).toBe(PERSON.id);
});
