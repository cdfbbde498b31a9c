import { describe, expect, it } from 'vitest';
import { createObjectTable, OBJECT_FLAGS, type TableImage } from '../../../../renderer/objects/object-table';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId, LabelId } from '../../../../shared/schema/ids';

const CAR = '00000000-0000-4000-8000-00000000ca00' as LabelId;
const BUS = '00000000-0000-4000-8000-00000000b050' as LabelId;
const ID_A = 'A1B2C3D4-0000-4000-8000-0123456789ab' as AnnotationId;
const ID_B = '00000000-0000-4000-8000-000000000002' as AnnotationId;
const ID_C = 'ffffffff-ffff-4fff-bfff-fffffffffffe' as AnnotationId;

const image = (ordinal: number, part: Partial<TableImage> = {}): TableImage => ({
  id: `00000000-0000-4000-9000-00000000000${ordinal}` as ImageId,
  ordinal,
  width: 640,
  height: 480,
  state: 'inProgress',
  hasFinding: 0,
  revision: 1,
  ...part,
});

const box = (id: AnnotationId, part: Partial<Annotation> = {}): Annotation => ({
  id,
  labelId: CAR,
  shape: { type: 'box', x: 10, y: 20, width: 30, height: 40 },
  attributes: {},
  isLocked: false,
  isHidden: false,
  isOccluded: false,
  isTruncated: false,
  isCrowd: false,
  origin: 'person',
  createdBy: 'Ada',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  revision: 0,
  ...part,
});

describe('what the table keeps', () => {
  it('holds each object by row, with its id, its bounds and who made it', () => {
    const table = createObjectTable();
    table.putImage(image(0), [
      box(ID_A),
      box(ID_B, {
        labelId: BUS,
        createdBy: 'Grace',
        origin: 'model',
        score: 0.5,
        isOccluded: true,
        isCrowd: true,
        // A right triangle of legs 6 and 8: 24 px².
        shape: {
          type: 'polygon',
          parts: [
            {
              exterior: [
                { x: 0, y: 0 },
                { x: 6, y: 0 },
                { x: 0, y: 8 },
              ],
              holes: [],
            },
          ],
        },
      }),
    ]);
    expect(table.size).toBe(2);
    expect(table.labelIds).toEqual([CAR, BUS]);
    expect(table.people).toEqual(['Ada', 'Grace']);
    expect(table.idOf(0)).toBe('a1b2c3d4-0000-4000-8000-0123456789ab');
    expect(table.idOf(1)).toBe(ID_B);
    const columns = table.columns();
    expect([...columns.width.slice(0, 2)]).toEqual([30, 6]);
    expect([...columns.area.slice(0, 2)]).toEqual([1200, 24]);
    expect(columns.score[0]).toBeNaN();
    expect(columns.score[1]).toBe(0.5);
    // 2026-01-02 is 20,455 days after 1970-01-01.
    expect(columns.updatedAt[0]).toBe(20_455 * 86_400);
    expect(columns.flags[1]).toBe(OBJECT_FLAGS.occluded + OBJECT_FLAGS.crowd);
    expect([...columns.label.slice(0, 2)]).toEqual([0, 1]);
  });

  it('needs 55 bytes an object', () => {
    const table = createObjectTable();
    table.reserve(1000);
    expect(table.byteLength).toBe(55_000);
  });

  it('grows as it is filled', () => {
    const table = createObjectTable();
    const many = Array.from({ length: 3000 }, (_, n) =>
      box(`00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as AnnotationId, {
        shape: { type: 'box', x: n, y: 0, width: 1, height: 1 },
      }),
    );
    table.putImage(image(0), many);
    expect(table.size).toBe(3000);
    expect(table.columns().x[2999]).toBe(2999);
    expect(table.idOf(2999)).toBe('00000000-0000-4000-8000-000000000bb7');
  });
});

describe('edits', () => {
  it('leaves objects that stay in their rows, gives new ones new rows, and marks what is gone', () => {
    const table = createObjectTable();
    table.putImage(image(0), [box(ID_A), box(ID_B)]);
    table.putImage(image(1), [box(ID_C)]);
    const added = '00000000-0000-4000-8000-00000000000d' as AnnotationId;
    table.putImage(image(0, { revision: 2 }), [box(added), box(ID_B, { labelId: BUS })]);
    expect([...table.rowsOf(0)]).toEqual([3, 1]);
    expect([...table.rowsOf(1)]).toEqual([2]);
    expect(table.size).toBe(3);
    expect(table.rowCount).toBe(4);
    const { flags, label } = table.columns();
    expect([...flags.slice(0, 4)]).toEqual([OBJECT_FLAGS.gone, 0, 0, 0]);
    expect(label[1]).toBe(1);
    expect(table.images().revision[0]).toBe(2);
    expect(table.rowOf(0, ID_B)).toBe(1);
    expect(table.rowOf(0, ID_A)).toBe(-1);
  });

  it('brings a column of others to rows by id', () => {
    const table = createObjectTable();
    table.putImage(image(0), [box(ID_A), box(ID_B)]);
    const column = table.columnOf(new Map([[ID_B, 0.25]]));
    expect(column[0]).toBeNaN();
    expect(column[1]).toBe(0.25);
  });
});

it('finds images whose id says its place, and others', () => {
  const table = createObjectTable();
  table.putImage(image(3), []);
  expect(table.ordinalOf(image(3).id)).toBe(3);
  expect(table.ordinalOf(image(4).id)).toBe(-1);
  expect(table.imageIdAt(0)).toBeNull();
  expect(table.imageCount).toBe(4);
});
