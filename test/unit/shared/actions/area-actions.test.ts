import { describe, expect, it } from 'vitest';
import { cutAnnotations } from '../../../../shared/actions/cut-annotations';
import type { Action, EditContext } from '../../../../shared/actions/edit/action';
import { mergeAnnotations } from '../../../../shared/actions/merge-annotations';
import { splitAnnotations } from '../../../../shared/actions/split-annotations';
import { subtractAnnotations } from '../../../../shared/actions/subtract-annotations';
import { applyChange } from '../../../../shared/document/change-set';
import type { ImageDocument } from '../../../../shared/document/image-document';
import { type Annotation, UNLABELLED_STATUS } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId } from '../../../../shared/schema/ids';
import type { Shape } from '../../../../shared/schema/shapes';
import { behaviourOf } from '../../../../shared/shapes';
import { shapeOfRaster } from '../../../../shared/shapes/mask/mask-pixels';
import { annotation, boxAt, countingIds, testId } from '../../../harness/annotations';
import { PERSON, STREET_SCHEMA } from '../../../harness/label-schema';

const id = (n: number) => testId(n) as AnnotationId;

function picture(...annotations: readonly Annotation[]): ImageDocument {
  return {
    imageId: testId(1) as ImageId,
    size: { width: 640, height: 480 },
    annotations: new Map(annotations.map((one) => [one.id, one])),
    status: { ...UNLABELLED_STATUS, state: 'inProgress' },
  };
}

function run<Args>(document: ImageDocument, action: Action<Args>, args: Args) {
  const context: EditContext = {
    actor: 'Ada',
    at: '2026-03-03T00:00:00.000Z',
    newId: countingIds(1_000),
    schema: STREET_SCHEMA,
  };
  return action.run(document, args, context);
}

function edited<Args>(document: ImageDocument, action: Action<Args>, args: Args): readonly Annotation[] {
  const change = run(document, action, args);
  if (!change.ok) throw new Error(change.error.message);
  return [...applyChange(document, change.value).annotations.values()];
}

const areas = (annotations: readonly Annotation[]) =>
  annotations.map(({ shape }) => behaviourOf(shape).area(shape));

/** A mask from rows of text, `#` set, its top-left at 100, 100. */
function maskFrom(...rows: readonly string[]): Shape {
  const width = rows[0]?.length ?? 0;
  const data = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 1 : 0));
  const shape = shapeOfRaster({ x: 100, y: 100, width, height: rows.length, data });
  if (shape === null) throw new Error('no pixel is set');
  return shape;
}

describe('merging', () => {
  it('makes one polygon of boxes that overlap; the largest keeps its id, label and note', () => {
    const after = edited(
      picture(
        annotation(1, boxAt(0, 0, 10, 10)),
        annotation(2, boxAt(5, 0, 20, 10), { labelId: PERSON.id, note: 'keep me' }),
      ),
      mergeAnnotations,
      { ids: [id(1), id(2)] },
    );
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ id: id(2), labelId: PERSON.id, note: 'keep me', revision: 1 });
    expect(after[0]?.shape.type).toBe('polygon');
    expect(areas(after)[0]).toBeCloseTo(250, 9);
  });

  it('keeps apart what does not touch, as parts of one polygon', () => {
    const after = edited(
      picture(annotation(1, boxAt(0, 0, 10, 10)), annotation(2, boxAt(50, 0, 10, 10))),
      mergeAnnotations,
      { ids: [id(1), id(2)] },
    );
    const shape = after[0]?.shape;
    expect(shape?.type === 'polygon' && shape.parts.length).toBe(2);
  });

  it('makes a mask when one of them is one', () => {
    const after = edited(
      picture(annotation(1, maskFrom('##', '##')), annotation(2, boxAt(101, 100, 3, 1))),
      mergeAnnotations,
      { ids: [id(1), id(2)] },
    );
    expect(after.map(({ shape }) => shape)).toEqual([maskFrom('####', '##..')]);
  });

  it('leaves locked objects out, and needs two', () => {
    const document = picture(
      annotation(1, boxAt(0, 0, 10, 10), { isLocked: true }),
      annotation(2, boxAt(5, 0, 10, 10)),
    );
    expect(run(document, mergeAnnotations, { ids: [id(1), id(2)] })).toMatchObject({
      ok: false,
      error: { message: 'Select two or more objects that are not locked.' },
    });
  });

  it('says why a line cannot be merged', () => {
    const line: Shape = {
      type: 'polyline',
      points: [
        { x: 0, y: 0 },
        { x: 9, y: 9 },
      ],
    };
    const document = picture(annotation(1, boxAt(0, 0, 10, 10)), annotation(2, line));
    expect(run(document, mergeAnnotations, { ids: [id(1), id(2)] })).toMatchObject({
      ok: false,
      error: { code: 'edit.invalid-shape' },
    });
  });
});

describe('subtracting', () => {
  it('takes the others out of the first and leaves them, locked or not', () => {
    const hole = annotation(2, boxAt(4, 4, 2, 2), { isLocked: true });
    const after = edited(picture(annotation(1, boxAt(0, 0, 10, 10)), hole), subtractAnnotations, {
      from: id(1),
      ids: [id(1), id(2)],
    });
    expect(areas(after)[0]).toBeCloseTo(96, 9);
    expect(after[1]).toEqual(hole);
  });

  it('takes pixels out of a mask', () => {
    const after = edited(
      picture(annotation(1, maskFrom('####', '####')), annotation(2, boxAt(101, 99, 2, 2))),
      subtractAnnotations,
      { from: id(1), ids: [id(2)] },
    );
    expect(after[0]?.shape).toEqual(maskFrom('#..#', '####'));
  });

  it('refuses to leave nothing, and changes nothing where nothing overlaps', () => {
    const document = picture(
      annotation(1, boxAt(0, 0, 10, 10)),
      annotation(2, boxAt(0, 0, 20, 20)),
      annotation(3, boxAt(50, 50, 5, 5)),
    );
    expect(run(document, subtractAnnotations, { from: id(1), ids: [id(2)] })).toMatchObject({
      ok: false,
      error: { message: 'Nothing of the object would be left. Delete it instead.' },
    });
    expect(run(document, subtractAnnotations, { from: id(1), ids: [id(3)] })).toMatchObject({
      ok: true,
      value: { updated: [], added: [], removed: [] },
    });
  });
});

describe('splitting', () => {
  it('makes an object of each piece of a mask; pieces that touch at a corner are one', () => {
    const after = edited(
      picture(annotation(1, maskFrom('##..#', '##..#', '..#..'), { isOccluded: true })),
      splitAnnotations,
      { ids: [id(1)] },
    );
    expect(areas(after)).toEqual([5, 2]);
    expect(after[0]?.id).toBe(id(1));
    expect(after[1]).toMatchObject({ isOccluded: true, revision: 0, createdBy: 'Ada' });
  });

  it('refuses what is of one piece', () => {
    expect(run(picture(annotation(1, boxAt(0, 0, 9, 9))), splitAnnotations, { ids: [id(1)] }).ok).toBe(false);
  });
});

describe('cutting', () => {
  it('parts a box into polygons, of which the larger keeps the id', () => {
    const after = edited(picture(annotation(1, boxAt(0, 0, 10, 10))), cutAnnotations, {
      ids: [id(1)],
      line: [
        { x: 3, y: -1 },
        { x: 3, y: 11 },
      ],
    });
    expect(after.map((one) => one.id)[0]).toBe(id(1));
    expect(areas(after)[0]).toBeCloseTo(70, 9);
    expect(areas(after)[1]).toBeCloseTo(30, 9);
  });

  it('parts a mask between pixels, and loses none', () => {
    const after = edited(picture(annotation(1, maskFrom('#####', '##.##', '#####'))), cutAnnotations, {
      ids: [id(1)],
      line: [
        { x: 102, y: 99 },
        { x: 102, y: 104 },
      ],
    });
    expect(areas(after).sort()).toEqual([6, 8]);
  });

  it('parts a line, keeps parts that it does not touch together, and leaves other objects alone', () => {
    const line: Shape = {
      type: 'polyline',
      points: [
        { x: 0, y: 50 },
        { x: 100, y: 50 },
      ],
    };
    const square = (x: number) => [
      { x, y: 0 },
      { x: x + 10, y: 0 },
      { x: x + 10, y: 10 },
      { x, y: 10 },
    ];
    const two: Shape = {
      type: 'polygon',
      parts: [
        { exterior: square(0), holes: [] },
        { exterior: square(200), holes: [] },
      ],
    };
    const apart = annotation(3, boxAt(300, 300, 10, 10));
    const after = edited(picture(annotation(1, line), annotation(2, two), apart), cutAnnotations, {
      ids: [id(1), id(2), id(3)],
      line: [
        { x: 4, y: -5 },
        { x: 4, y: 60 },
      ],
    });
    expect(after).toHaveLength(5);
    expect(after.find((one) => one.id === id(3))).toBe(apart);
    expect(
      after
        .filter(({ shape }) => shape.type === 'polyline')
        .map(({ shape }) => behaviourOf(shape).bounds(shape).width),
    ).toEqual([96, 4]);
    const polygons = after.filter(({ shape }) => shape.type === 'polygon');
    expect(areas(polygons)[0]).toBeCloseTo(160, 9);
    expect(areas(polygons)[1]).toBeCloseTo(40, 9);
  });

  it('says when the line goes nowhere through', () => {
    expect(
      run(picture(annotation(1, boxAt(0, 0, 10, 10))), cutAnnotations, {
        ids: [id(1)],
        line: [
          { x: 3, y: -1 },
          { x: 3, y: 5 },
        ],
      }),
    ).toMatchObject({
      ok: false,
      error: { message: 'The line parts nothing. Draw it all the way through an object.' },
    });
  });
});
