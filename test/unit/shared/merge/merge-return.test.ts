import { describe, expect, it } from 'vitest';
import { type MergedImage, mergeReturn, type ReturnedImage } from '../../../../shared/merge/merge-return';
import type { Annotation } from '../../../../shared/schema/annotation';
import { annotation, boxAt, testId } from '../../../harness/annotations';
import { PERSON } from '../../../harness/label-schema';

const LENA = { id: null, name: 'Lena' };
const status = { state: 'inProgress' as const, decidedBy: null, decidedAt: null };
const car = annotation(1, boxAt(10, 10, 40, 30));
const imageOf = (...annotations: Annotation[]) => ({ annotations, status });

function from(n: number, theirs: readonly Annotation[], base: readonly Annotation[] = [car]): ReturnedImage {
  return {
    packageId: testId(500 + n),
    number: 1,
    by: { id: null, name: `Person ${n}` },
    base: imageOf(...base),
    theirs: imageOf(...theirs),
  };
}

function merged(own: readonly Annotation[], ...returns: readonly ReturnedImage[]): MergedImage {
  let image: MergedImage = { result: imageOf(...own), conflicts: [], memory: null };
  for (const incoming of returns) image = mergeReturn(image.memory, image.result, incoming, LENA);
  return image;
}

/** As an edit leaves it. */
const edited = (one: Annotation, fields: Partial<Annotation>): Annotation => ({
  ...one,
  ...fields,
  revision: one.revision + 1,
});

describe('an object that two people changed', () => {
  it('has both changes when they are of different fields', () => {
    const { result, conflicts } = merged(
      [edited(car, { labelId: PERSON.id })],
      from(1, [edited(car, { shape: boxAt(12, 10, 40, 30) })]),
    );
    expect(conflicts).toEqual([]);
    expect(result.annotations).toEqual([
      { ...car, labelId: PERSON.id, shape: boxAt(12, 10, 40, 30), revision: 2 },
    ]);
  });

  it('stays as it is here, and is asked about, when both changed the same field', () => {
    const [ours, theirs] = [edited(car, { note: 'parked' }), edited(car, { note: 'moving' })];
    const { result, conflicts } = merged([ours], from(1, [theirs]));
    expect(result.annotations).toEqual([ours]);
    expect(conflicts).toEqual([
      {
        annotationId: car.id,
        base: car,
        sides: [
          { annotation: ours, by: LENA, packageId: null },
          { annotation: theirs, by: { id: null, name: 'Person 1' }, packageId: testId(501) },
        ],
      },
    ]);
  });

  it('shows the base again when a second return contradicts the first', () => {
    const first = from(1, [edited(car, { note: 'parked' })]);
    const second = from(2, [edited(car, { note: 'moving' })]);
    expect(merged([car], first).result.annotations[0]?.note).toBe('parked');
    const both = merged([car], first, second);
    expect(both.result.annotations).toEqual([car]);
    expect(both.conflicts[0]?.sides.map(({ annotation: one }) => one?.note)).toEqual([
      undefined,
      'parked',
      'moving',
    ]);
  });

  it('is asked about when one deleted it and another changed it, and otherwise goes', () => {
    const changed = edited(car, { isOccluded: true });
    expect(merged([changed], from(1, [])).conflicts).toHaveLength(1);
    expect(merged([changed], from(1, [])).result.annotations).toEqual([changed]);
    expect(merged([], from(1, [changed])).conflicts).toHaveLength(1);
    expect(merged([car], from(1, [])).result.annotations).toEqual([]);
  });

  it('is not overwritten when a value was put back here to what it had been', () => {
    const marked = edited(car, { note: 'parked' });
    const first = merged([car], from(1, [marked]));
    const { note: _, ...without } = marked;
    const putBack = { ...without, revision: 2 };
    const second = mergeReturn(first.memory, imageOf(putBack), from(2, [marked]), LENA);
    expect(second.result.annotations).toEqual([putBack]);
    expect(second.conflicts).toHaveLength(1);
  });
});
