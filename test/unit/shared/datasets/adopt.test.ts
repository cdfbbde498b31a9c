import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { adoptAnnotations, type IncomingAnnotation } from '../../../../shared/datasets/adopt-annotations';
import { adoptLabels } from '../../../../shared/datasets/adopt-labels';
import { derivedId } from '../../../../shared/document/derived-id';
import type { ImageId, LabelId } from '../../../../shared/schema/ids';
import { uuidOf } from '../../../fixtures/publish-rows';

const CAR = uuidOf('car') as LabelId;
const BUS = uuidOf('bus') as LabelId;
const context = { imageId: uuidOf('image') as ImageId, author: 'Ada', at: '2026-01-01T00:00:00.000Z' };
const later = { ...context, author: 'Grace', at: '2026-02-02T00:00:00.000Z' };

const box = (labelId: LabelId, x: number, width = 20): IncomingAnnotation => ({
  labelId,
  shape: { type: 'box', x, y: 10, width, height: 20 },
  attributes: {},
  isOccluded: false,
  isTruncated: false,
  isCrowd: false,
});

describe('objects of an image that is published again', () => {
  it('keep their whole record when nothing changed, in whatever order they come', () => {
    const incoming = [box(CAR, 0), box(BUS, 100), box(CAR, 0)];
    const first = adoptAnnotations([], incoming, context);
    expect(new Set(first.map((one) => one.id)).size).toBe(3);
    const again = adoptAnnotations(first, [...incoming].reverse(), later);
    expect([...again].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      [...first].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  it('keep their id when they moved or got another label, and say when', () => {
    const [car, bus] = adoptAnnotations([], [box(CAR, 0), box(BUS, 100)], context);
    const [moved, relabelled, fresh] = adoptAnnotations(
      [car, bus].flatMap((one) => (one === undefined ? [] : [one])),
      [box(CAR, 3), box(CAR, 100), box(BUS, 300)],
      later,
    );
    expect(moved).toMatchObject({
      id: car?.id,
      createdBy: 'Ada',
      createdAt: context.at,
      updatedAt: later.at,
      revision: 1,
    });
    expect(relabelled).toMatchObject({ id: bus?.id, labelId: CAR, revision: 1 });
    expect(fresh).toMatchObject({ createdBy: 'Grace', createdAt: later.at, revision: 0 });
    expect([car?.id, bus?.id]).not.toContain(fresh?.id);
  });

  it('keep a note and a group where the files are silent, and take what they say', () => {
    const group = uuidOf('group');
    const first = adoptAnnotations([], [{ ...box(CAR, 0), note: 'near', groupId: group }], context);
    expect(first[0]).toMatchObject({ note: 'near', groupId: group, revision: 0 });
    expect(adoptAnnotations(first, [box(CAR, 0)], later)).toEqual(first);
    const [changed] = adoptAnnotations(first, [{ ...box(CAR, 0), note: 'far' }], later);
    expect(changed).toMatchObject({ id: first[0]?.id, note: 'far', groupId: group, revision: 1 });
  });
});

describe('labels of a dataset that is published', () => {
  const classes = (...entries: readonly (readonly [number, string])[]) =>
    entries.map(([classIndex, name]) => ({ classIndex, name, supercategory: null }));
  const numbered = (schema: ReturnType<typeof adoptLabels>['schema']) =>
    schema.labels.map((label) => [label.classIndex, label.name]);

  it('have the numbers of the dataset the first time, gaps included', () => {
    const { schema } = adoptLabels('p', null, classes([4, 'bus'], [0, 'car']));
    expect(numbered(schema)).toEqual([
      [0, 'car'],
      [4, 'bus'],
    ]);
    expect(schema.nextClassIndex).toBe(5);
  });

  it('keep their numbers when the dataset numbers them otherwise, and never share one', () => {
    const before = adoptLabels('p', null, classes([0, 'car'], [1, 'bus'])).schema;
    const { schema, labelIdByClass } = adoptLabels(
      'p',
      before,
      classes([0, 'bus'], [1, 'Car'], [2, 'tram'], [9, 'sign']),
    );
    expect(numbered(schema)).toEqual([
      [0, 'car'],
      [1, 'bus'],
      [2, 'tram'],
      [9, 'sign'],
    ]);
    expect(labelIdByClass.get(0)).toBe(before.labels[1]?.id);
    expect(adoptLabels('p', schema, classes([0, 'car'])).schema).toBe(schema);
    const clash = adoptLabels('p', before, classes([0, 'bicycle'])).schema;
    expect(numbered(clash).at(-1)).toEqual([2, 'bicycle']);
  });
});

describe('derived ids', () => {
  it('are UUIDs that tell their parts apart', () => {
    const ids = [derivedId('a', 'b'), derivedId('ab'), derivedId('a', 'b', ''), derivedId('b', 'a')];
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(z.uuid().safeParse(id).success).toBe(true);
    expect(derivedId('a', 'b')).toBe(ids[0]);
  });
});
