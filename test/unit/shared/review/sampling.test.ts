import { expect, it } from 'vitest';
import { foldReview, type ImageReview } from '../../../../shared/review/fold-review';
import { type Candidate, drawSample } from '../../../../shared/review/sampling/draw-sample';
import { judgeBatch } from '../../../../shared/review/sampling/judge-batch';
import type { Batch, SamplingPlan } from '../../../../shared/schema/batch';
import type { BatchId, ImageId, LabelId, ProjectId } from '../../../../shared/schema/ids';
import type { ReviewEvent, Verdict } from '../../../../shared/schema/review';
import { testId } from '../../renderer/persistence/persistence-fixture';

const CAR = 'aaaaaaaa-1111-4111-8111-111111111111' as LabelId;
const SIGN = 'bbbbbbbb-1111-4111-8111-111111111111' as LabelId;
const imageId = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as ImageId;

function candidates(count: number): Candidate[] {
  return Array.from({ length: count }, (_, n) => ({
    imageId: imageId(n),
    // Signs are rare: every tenth picture.
    labelIds: n % 10 === 0 ? [CAR, SIGN] : [CAR],
    risk: { disagreement: n === 7 ? 1 : 0, findings: n === 3 ? 1 : 0, labeller: 0 },
  }));
}

function drawn(plan: SamplingPlan, from = candidates(1000)) {
  const sample = drawSample(from, plan);
  if (!sample.ok) throw new Error(sample.error.message);
  return sample.value;
}

it('draws the same pictures for a seed in whatever order they come, others for another', () => {
  const plan: SamplingPlan = { kind: 'random', count: 20, seed: 'a' };
  const first = drawn(plan).imageIds;
  expect(new Set(first).size).toBe(20);
  expect([...drawn(plan, candidates(1000).reverse()).imageIds].sort()).toEqual([...first].sort());
  expect(drawn({ ...plan, seed: 'b' }).imageIds).not.toEqual(first);
});

it('draws every picture about equally often', () => {
  const hits = new Map<string, number>();
  for (let seed = 0; seed < 2000; seed += 1) {
    for (const id of drawn({ kind: 'random', count: 2, seed: String(seed) }, candidates(10)).imageIds) {
      hits.set(id, (hits.get(id) ?? 0) + 1);
    }
  }
  // 400 expected with a standard deviation of 18; five of them on either side.
  for (const count of hits.values()) expect(Math.abs(count - 400)).toBeLessThan(90);
});

it('draws enough pictures of rare labels', () => {
  const sample = drawn({ kind: 'stratified', perLabel: 5, labelIds: [SIGN], seed: 'x' });
  expect(sample.imageIds).toHaveLength(5);
  expect(sample.imageIds.every((id) => Number.parseInt(id.slice(24), 16) % 10 === 0)).toBe(true);
});

it('draws as many as ISO 2859-1 says for a lot of 1,000 at 1 %', () => {
  const sample = drawn({ kind: 'aql', level: 'II', severity: 'normal', aql: 1, seed: 'x' });
  expect(sample.imageIds).toHaveLength(80);
  expect(sample.acceptanceNumber).toBe(2);
});

it('draws what is most at risk first', () => {
  const weights = { disagreement: 2, findings: 1, labeller: 0 };
  expect(drawn({ kind: 'risk', count: 2, weights }).imageIds).toEqual([imageId(7), imageId(3)]);
});

const NEXT = testId() as BatchId;
const BATCH: Batch = {
  id: testId() as BatchId,
  projectId: testId() as ProjectId,
  name: 'Monday',
  imageIds: [0, 1, 2, 3].map(imageId),
  plan: { kind: 'all' },
  sample: [0, 1, 2].map(imageId),
  acceptanceNumber: 1,
  verdict: null,
  createdBy: { id: null, name: 'Lea' },
  createdAt: '2026-01-01T00:00:00.000Z',
};

function judged(
  n: number,
  verdict: Verdict,
  severity: 'minor' | 'major' | null = null,
  isMended = false,
): [ImageId, ImageReview] {
  const face = { at: '2026-01-01T00:00:00.000Z', by: 'Ria', personId: null };
  const seen = { revision: 1, count: 1, hash: '0'.repeat(64) as never };
  const events: ReviewEvent[] = [
    { ...face, id: testId(), kind: 'submitted', seen },
    { ...face, id: testId(), kind: 'batched', batchId: BATCH.id },
  ];
  if (severity !== null) {
    const defect = { code: 'looseBox', annotationId: null, place: null, note: '' } as const;
    events.push({ ...face, id: testId(), kind: 'defectMarked', defectId: testId(), severity, ...defect });
  }
  events.push({ ...face, id: testId(), kind: 'judged', verdict, seen, note: '' });
  if (isMended) {
    events.push({ ...face, id: testId(), kind: 'submitted', seen });
    // In the next batch, whose judgement is not this one's.
    events.push({ ...face, id: testId(), kind: 'batched', batchId: NEXT });
    events.push({ ...face, id: testId(), kind: 'judged', verdict: 'accepted', seen, note: '' });
  }
  return [imageId(n), foldReview(imageId(n), events, { reviewsNeeded: 1 })];
}

it.each([
  ['not all judged', [judged(0, 'accepted'), judged(1, 'accepted')], null, 0],
  [
    'one rejected of the one that is allowed',
    [judged(0, 'accepted'), judged(1, 'rejected'), judged(2, 'accepted')],
    'accepted',
    1,
  ],
  ['two rejected before the third was judged', [judged(0, 'rejected'), judged(1, 'rejected')], 'rejected', 2],
  [
    'an accepted picture with a major defect counts',
    [judged(0, 'fixed', 'major'), judged(1, 'rejected')],
    'rejected',
    2,
  ],
  [
    'what was rejected counts also when it was mended and accepted since',
    [judged(0, 'rejected', null, true), judged(1, 'rejected', null, true)],
    'rejected',
    2,
  ],
  [
    'a minor defect does not',
    [judged(0, 'accepted', 'minor'), judged(1, 'accepted'), judged(2, 'accepted')],
    'accepted',
    0,
  ],
] as const)('batch: %s', (_, reviews, verdict, nonconforming) => {
  expect(judgeBatch(BATCH, new Map(reviews))).toMatchObject({ verdict, nonconforming });
});
