import { expect, test } from 'vitest';
import { timeByLabel, timeByPerson, yieldByPerson } from '../../../../renderer/quality/time/time-figures';
import { timeCsv, timeRows } from '../../../../renderer/quality/time/time-table';
import { foldReview } from '../../../../shared/review/fold-review';
import type { Activity } from '../../../../shared/schema/activity';
import type { ImageId } from '../../../../shared/schema/ids';
import type { ReviewDeed, ReviewEvent } from '../../../../shared/schema/review';
import { DEFAULT_REVIEW_POLICY } from '../../../../shared/schema/review-policy';

const work = [
  {
    projectId: 'p',
    day: '2026-11-29',
    personKey: 'a',
    personName: 'Ada, the first',
    imageId: 'i1',
    activeMs: 60_000,
    byLabel: { car: { shapes: 3, ms: 9_000 }, bus: { shapes: 1, ms: 7_000 } },
  },
  {
    projectId: 'p',
    day: '2026-11-30',
    personKey: 'a',
    personName: 'Ada, the first',
    imageId: 'i1',
    activeMs: 30_000,
    reviewMs: 5_000,
    byLabel: { car: { shapes: 1, ms: 3_000 } },
  },
  {
    projectId: 'p',
    day: '2026-11-30',
    personKey: 'b',
    personName: 'Ben',
    imageId: 'i2',
    activeMs: 200_000,
    byLabel: {},
  },
] as unknown as readonly Activity[];

test('time by person and label', () => {
  expect(timeByPerson(work)).toEqual([
    { key: 'b', name: 'Ben', activeMs: 200_000, reviewMs: 0, images: 1, shapes: 0, msAShape: null },
    {
      key: 'a',
      name: 'Ada, the first',
      activeMs: 90_000,
      reviewMs: 5_000,
      images: 1,
      shapes: 5,
      msAShape: 3_800,
    },
  ]);
  expect(timeByLabel(work)).toEqual([
    { labelId: 'car', shapes: 4, msAShape: 3_000 },
    { labelId: 'bus', shapes: 1, msAShape: 7_000 },
  ]);
});

test('the table has one row an image and day, and one a label, with names in quotes where they need them', () => {
  const rows = timeRows(work.slice(0, 2), (id) => id.toUpperCase());
  expect(timeCsv(rows)).toBe(
    [
      'day,person,image_id,label,active_ms,review_ms,shapes,shape_ms',
      '2026-11-29,"Ada, the first",i1,,60000,0,0,0',
      '2026-11-29,"Ada, the first",i1,CAR,0,0,3,9000',
      '2026-11-29,"Ada, the first",i1,BUS,0,0,1,7000',
      '2026-11-30,"Ada, the first",i1,,30000,5000,0,0',
      '2026-11-30,"Ada, the first",i1,CAR,0,0,1,3000',
      '',
    ].join('\n'),
  );
});

const seen = { revision: 1, count: 1, hash: 'a'.repeat(64) };
const submitted = { kind: 'submitted', seen } as unknown as ReviewDeed;
const judged = (verdict: string) => ({ kind: 'judged', verdict, seen, note: '' }) as unknown as ReviewDeed;

function reviewOf(id: string, deeds: readonly ReviewDeed[]) {
  const events = deeds.map((deed, index) => ({
    ...deed,
    id: `${id} ${index}`,
    at: `2026-11-30T00:00:0${index}.000Z`,
    by: deed.kind === 'submitted' ? 'Ada' : 'Rob',
    personId: null,
  })) as unknown as readonly ReviewEvent[];
  return { events, reworkedObjects: 0, review: foldReview(id as ImageId, events, DEFAULT_REVIEW_POLICY) };
}

test('first-pass yield and rework by who handed in', () => {
  const figures = yieldByPerson([
    reviewOf('accepted at once', [submitted, judged('accepted')]),
    reviewOf('accepted the second time', [submitted, judged('rejected'), submitted, judged('accepted')]),
    { ...reviewOf('rejected', [submitted, judged('rejected')]), reworkedObjects: 3 },
    reviewOf('not judged', [submitted]),
  ]);
  expect(figures).toEqual([
    { name: 'Ada', judged: 3, firstPass: 1, reworks: 1, rejections: 2, reworkedObjects: 3 },
  ]);
});
