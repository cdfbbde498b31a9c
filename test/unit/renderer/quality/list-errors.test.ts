import { expect, test } from 'vitest';
import { compareSets } from '../../../../renderer/quality/engine/compare-sets';
import { createComparisonTable } from '../../../../renderer/quality/engine/comparison-table';
import { ERROR_KINDS, listErrors } from '../../../../renderer/quality/engine/list-errors';
import { figuresOf } from '../../../../renderer/quality/engine/quality-figures';
import type { Annotation } from '../../../../shared/schema/annotation';
import type { AnnotationId, ImageId, LabelId } from '../../../../shared/schema/ids';

const [CAR, BUS] = ['car', 'bus'] as LabelId[] as [LabelId, LabelId];

function boxes(list: readonly (readonly [LabelId, number, string?])[]): Annotation[] {
  return list.map(([labelId, x, colour], index) => ({
    id: `${index}` as AnnotationId,
    labelId,
    shape: { type: 'box', x, y: 0, width: 100, height: 50 },
    attributes: colour === undefined ? {} : { colour },
    isLocked: false,
    isHidden: false,
    isOccluded: false,
    isTruncated: false,
    isCrowd: false,
    origin: 'person',
    createdBy: index % 2 === 0 ? 'Ada' : 'Ben',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-02T00:00:00.000Z',
    revision: 0,
  }));
}

/** Two images: one with every kind of error, one without any. */
function table() {
  const found = createComparisonTable(0.8);
  const images = [
    {
      truth: boxes([
        [CAR, 0],
        [CAR, 200],
        [BUS, 400],
        [CAR, 600, 'red'],
        [CAR, 1000],
      ]),
      labels: boxes([
        [CAR, 0],
        // 100 wide and moved by 20: IoU 80 / 120.
        [CAR, 220],
        [CAR, 400],
        [CAR, 600, 'blue'],
        [BUS, 800],
      ]),
    },
    { truth: boxes([[BUS, 0]]), labels: boxes([[BUS, 0]]) },
  ];
  for (const [ordinal, sets] of images.entries()) {
    const id = `image ${ordinal}` as ImageId;
    found.put({
      ...sets,
      subject: 'labels',
      labelsId: id,
      imageId: id,
      ordinal,
      compared: compareSets({ ...sets, imageSize: { width: 1200, height: 50 } }, 0.5, (label) => label),
      person: 'Cy',
      batchId: null,
      day: '2026-01-01',
    });
  }
  return found;
}

test('each error is listed by its kind, in the order of images', () => {
  const { total, places } = listErrors(table(), { subject: 'labels', kinds: ERROR_KINDS }, 0.8, 100);
  expect(total).toBe(5);
  expect(places.map(({ kinds }) => kinds.join()).sort()).toEqual([
    'attributesDiffer',
    'extra',
    'lowOverlap',
    'mislabelled',
    'missing',
  ]);
  expect(places.every(({ comparison }) => comparison.ordinal === 0)).toBe(true);
});

test('kinds, a person, a label and a cell of the matrix narrow the list; the limit does not change the count', () => {
  const all = table();
  const kindsOf = (filter: Partial<Parameters<typeof listErrors>[1]>, lowOverlap = 0.8) =>
    listErrors(all, { subject: 'labels', kinds: ERROR_KINDS, ...filter }, lowOverlap, 100)
      .places.map(({ kinds }) => kinds.join())
      .sort();
  expect(kindsOf({ kinds: ['missing'] })).toEqual(['missing']);
  // Nobody drew what is missing: it counts for who answers for the image.
  expect(kindsOf({ person: 'Cy' })).toEqual(['missing']);
  expect(kindsOf({ person: 'Ben' })).toEqual(['attributesDiffer', 'lowOverlap']);
  expect(kindsOf({ labelId: BUS })).toEqual(['extra', 'mislabelled']);
  expect(kindsOf({ cell: { truth: BUS, label: CAR } })).toEqual(['mislabelled']);
  expect(kindsOf({ cell: { truth: BUS, label: BUS } })).toEqual(['right']);
  expect(kindsOf({ cell: { truth: null, label: BUS } })).toEqual(['extra']);
  // The pair with an IoU of two thirds is loose only below that.
  expect(kindsOf({ kinds: ['lowOverlap'] }, 0.6)).toEqual([]);
  const limited = listErrors(all, { subject: 'labels', kinds: ERROR_KINDS }, 0.8, 2);
  expect([limited.places.length, limited.total]).toEqual([2, 5]);
});

test('figures by hand: 4 right of 6 in the truth and 6 labelled', () => {
  const figures = figuresOf(table(), 'labels');
  expect(figures.comparisons).toBe(2);
  expect(figures.overall).toMatchObject({
    valid: 4,
    referenceCount: 6,
    candidateCount: 6,
    missing: 1,
    extra: 1,
    mislabelled: 1,
    precision: 4 / 6,
    recall: 4 / 6,
    accuracy: 4 / 7,
  });
  expect(figures.low).toBe(1);
  expect(figures.byPerson.map(({ key, valid, extra, missing }) => [key, valid, extra, missing])).toEqual([
    ['Ada', 2, 1, 0],
    ['Ben', 2, 0, 0],
    ['Cy', 0, 0, 1],
  ]);
  expect(figures.byAttribute).toMatchObject([{ attributeId: 'colour', compared: 1, equal: 0 }]);
  expect(figures.byDay.map(({ key }) => key)).toEqual(['2026-01-01', '2026-01-02']);
});
