import { describe, expect, it } from 'vitest';
import { denseTableOf, forEachAtRest } from '../../../../renderer/canvas/dense-table';
import { createPalette } from '../../../../renderer/canvas/palette';
import type { Annotation } from '../../../../shared/schema/annotation';
import { UNLABELLED_STATUS } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId } from '../../../../shared/schema/ids';
import { annotation, boxAt, testId } from '../../../harness/annotations';
import { CAR, PERSON, STREET_SCHEMA } from '../../../harness/label-schema';

const palette = createPalette(STREET_SCHEMA, { colourBy: 'label', fillOpacity: 0.1 }, '#a3aab3');
const everything = { x: 0, y: 0, width: 1000, height: 1000 };
const nothing = { selection: new Set<AnnotationId>(), isolated: null };
const id = (n: number) => testId(n) as AnnotationId;

function documentOf(annotations: readonly Annotation[]) {
  return {
    imageId: testId(1) as ImageId,
    size: { width: 1000, height: 1000 },
    annotations: new Map(annotations.map((one) => [one.id, one])),
    status: UNLABELLED_STATUS,
  };
}

const DOCUMENT = documentOf([
  annotation(1, boxAt(0, 0, 10, 10), { labelId: CAR.id }),
  annotation(2, boxAt(100, 100, 50, 50), { labelId: PERSON.id }),
  annotation(3, { type: 'ellipse', cx: 500, cy: 500, rx: 20, ry: 10, rotation: 0 }, { labelId: CAR.id }),
  annotation(4, boxAt(0, 0, 10, 10), { isHidden: true }),
  annotation(5, { type: 'tag' }),
]);

function drawn(seen = everything, session: Parameters<typeof forEachAtRest>[2] = nothing) {
  const table = denseTableOf(DOCUMENT, palette);
  const rows: (AnnotationId | undefined)[] = [];
  forEachAtRest(
    table,
    seen,
    session,
    () => {},
    (row) => rows.push(table.ids[row]),
  );
  return rows;
}

describe('what a dense frame draws', () => {
  it('goes colour by colour, without what is hidden or has no place', () => {
    expect(drawn()).toEqual([id(1), id(3), id(2)]);
  });

  it('is what meets the view', () => {
    expect(drawn({ x: 90, y: 90, width: 20, height: 20 })).toEqual([id(2)]);
    expect(drawn({ x: 470, y: 489, width: 10, height: 1 })).toEqual([id(3)]);
    expect(drawn({ x: 470, y: 489, width: 9, height: 1 })).toEqual([]);
  });

  it('leaves out what lies on the overlay, and all that is not isolated', () => {
    expect(drawn(everything, { selection: new Set([id(3)]), isolated: null })).toEqual([id(1), id(2)]);
    const isolated = new Set([id(2), id(3)]);
    expect(drawn(everything, { selection: new Set([id(3)]), isolated })).toEqual([id(2)]);
  });

  it('is laid out anew only for another document or palette', () => {
    const table = denseTableOf(DOCUMENT, palette);
    expect(denseTableOf(DOCUMENT, palette)).toBe(table);
    expect(denseTableOf({ ...DOCUMENT }, palette)).not.toBe(table);
  });
});
