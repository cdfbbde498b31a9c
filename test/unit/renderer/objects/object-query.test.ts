import { describe, expect, it } from 'vitest';
import { type ObjectQuery, queryObjects } from '../../../../renderer/objects/object-query';
import { createObjectTable, type TableImage } from '../../../../renderer/objects/object-table';
import { keysOfNumbers, orderedByKey } from '../../../../renderer/objects/order-by-key';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId, LabelId } from '../../../../shared/schema/ids';

const CAR = '00000000-0000-4000-8000-00000000ca00' as LabelId;
const BUS = '00000000-0000-4000-8000-00000000b050' as LabelId;

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as AnnotationId;

const image = (ordinal: number, part: Partial<TableImage> = {}): TableImage => ({
  id: `00000000-0000-4000-9000-00000000000${ordinal}` as ImageId,
  ordinal,
  width: 160,
  height: 160,
  state: 'inProgress',
  hasFinding: 0,
  revision: 1,
  ...part,
});

const box = (
  n: number,
  [x, y, width, height]: readonly [number, number, number, number],
  part: Partial<Annotation> = {},
): Annotation => ({
  id: idOf(n),
  labelId: CAR,
  shape: { type: 'box', x, y, width, height },
  attributes: {},
  isLocked: false,
  isHidden: false,
  isOccluded: false,
  isTruncated: false,
  isCrowd: false,
  origin: 'person',
  createdBy: 'Ada',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  revision: 0,
  ...part,
});

/** Rows 0 to 5; image 1 is read before image 0, as an edit would do. */
function sampleTable() {
  const table = createObjectTable();
  table.putImage(image(1, { state: 'labelled', hasFinding: 1 }), [
    // 10 x 10 at the lower right
    box(0, [140, 150, 10, 10], { score: 0.9, updatedAt: '2026-03-01T00:00:00.000Z' }),
    // 40 x 20 at the upper left
    box(1, [0, 0, 40, 20], { score: 0.1, labelId: BUS, createdBy: 'Grace' }),
  ]);
  table.putImage(image(0), [
    // 5 x 50 at the upper right
    box(2, [150, 0, 5, 50], { origin: 'model', updatedAt: '2026-02-01T00:00:00.000Z' }),
    // 30 x 30 in the middle of the left side
    box(3, [0, 70, 30, 30], { score: 0.5, labelId: BUS }),
  ]);
  return table;
}

const ask = (part: Partial<ObjectQuery>, others = {}) => [
  ...queryObjects(sampleTable(), { filter: {}, order: 'image', isDescending: false, ...part }, others),
];

describe('order', () => {
  it('is that of images, and of drawing in them', () => {
    expect(ask({})).toEqual([2, 3, 0, 1]);
    expect(ask({ isDescending: true })).toEqual([0, 1, 2, 3]);
  });
  it('by size, aspect and time', () => {
    // 100, 800, 250 and 900 px²
    expect(ask({ order: 'size' })).toEqual([0, 2, 1, 3]);
    expect(ask({ order: 'size', isDescending: true })).toEqual([3, 1, 2, 0]);
    // 1, 2, 0.1 and 1: equal ones stay in the order of images
    expect(ask({ order: 'aspect' })).toEqual([2, 3, 0, 1]);
    expect(ask({ order: 'time', isDescending: true })).toEqual([0, 2, 3, 1]);
  });
  it('by score, without one last both ways', () => {
    expect(ask({ order: 'score' })).toEqual([1, 3, 0, 2]);
    expect(ask({ order: 'score', isDescending: true })).toEqual([0, 3, 1, 2]);
  });
  it('by place, as one reads', () => {
    // Middles: 0 at y 155; 1 at y 10, x 20; 2 at y 25, x 152; 3 at y 85.
    expect(ask({ order: 'position' })).toEqual([1, 2, 3, 0]);
  });
  it('by a column from outside', () => {
    const disagreement = Float32Array.from([0.2, Number.NaN, 0.8, 0.5]);
    expect(ask({ order: 'disagreement', isDescending: true }, { disagreement })).toEqual([2, 3, 0, 1]);
  });
});

describe('filter', () => {
  it('lets through what has what is asked for', () => {
    expect(ask({ filter: { labelIds: [BUS] } })).toEqual([3, 1]);
    expect(ask({ filter: { people: ['Grace'] } })).toEqual([1]);
    expect(ask({ filter: { origins: ['model'] } })).toEqual([2]);
    expect(ask({ filter: { imageStates: ['labelled'] } })).toEqual([0, 1]);
    expect(ask({ filter: { shapeTypes: ['polygon'] } })).toEqual([]);
    expect(ask({ filter: { labelIds: [BUS], imageStates: ['inProgress'] } })).toEqual([3]);
  });
  it('asks the image for findings until rules said which objects have some', () => {
    expect(ask({ filter: { hasFinding: true } })).toEqual([0, 1]);
    const findings = Float32Array.from([Number.NaN, Number.NaN, 2, Number.NaN]);
    expect(ask({ filter: { hasFinding: true } }, { findings })).toEqual([2]);
  });
  it('never shows what was deleted', () => {
    const table = sampleTable();
    table.putImage(image(0, { revision: 2 }), []);
    const rows = queryObjects(table, { filter: {}, order: 'image', isDescending: false });
    expect([...rows]).toEqual([0, 1]);
  });
});

it('orders numbers of all signs and sizes, and keeps equal ones as they came', () => {
  const values = Float32Array.from([3, -1, 0, 1e30, -1e-30, 3, Number.NaN, -1e30]);
  const rows = Uint32Array.from(values, (_, index) => index);
  expect([...orderedByKey(rows, keysOfNumbers(values), false)]).toEqual([7, 1, 4, 2, 0, 5, 3, 6]);
  expect([...orderedByKey(rows, keysOfNumbers(values), true)]).toEqual([3, 0, 5, 2, 4, 1, 7, 6]);
});
