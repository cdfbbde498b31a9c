import { describe, expect, it } from 'vitest';
import { createJobs } from '../../../../renderer/app/jobs';
import { createToasts } from '../../../../renderer/app/toasts';
import {
  applyVerdict,
  assign,
  createBatch,
  removeBatch,
  takeVerdictBack,
} from '../../../../renderer/review/batches/batch-deeds';
import { CHOICE_OF_ALL } from '../../../../renderer/review/batches/image-choice';
import { readChosen } from '../../../../renderer/review/batches/read-chosen';
import { candidatesOf, type Tally, tallyVerdicts } from '../../../../renderer/review/batches/read-risks';
import { queueForLabeller } from '../../../../renderer/review/queues/queue-for-labeller';
import { hashOfAnnotations } from '../../../../shared/document/hash';
import type { SamplingPlan } from '../../../../shared/schema/batch';
import type { PersonId } from '../../../../shared/schema/ids';
import type { Role, Session } from '../../../../shared/schema/person';
import type { ReviewDeed } from '../../../../shared/schema/review';
import {
  annotation,
  edit,
  openFixture,
  projectWithImages,
  testId,
  unwrap,
} from '../persistence/persistence-fixture';

const WORDS = { code: 'review.test', label: 'Test' };
const person = (name: string, role: Role): Session => ({ personId: testId() as PersonId, name, role });
const LIV = person('Liv', 'labeller');
const LEA = person('Lea', 'lead');
const REF = { id: LIV.personId, name: 'Liv' };

/** Pictures, all but the last handed in by Liv; Lea is at the app. */
async function project(count: number) {
  const { persistence } = await openFixture();
  const keys = Array.from({ length: count }, (_, n) => `${String(n).padStart(2, '0')}.jpg`);
  const { project: made, images } = await projectWithImages(persistence, keys);
  const services = { persistence, toasts: createToasts(() => undefined), jobs: createJobs(() => undefined) };
  persistence.setSession(LIV);
  const seen = new Map<string, Extract<ReviewDeed, { kind: 'submitted' }>['seen']>();
  for (const image of images.slice(0, -1)) {
    unwrap(await edit(persistence, image, { added: [annotation()] }));
    const set = unwrap(await persistence.annotations.load(image.id));
    const hash = hashOfAnnotations(set.annotations);
    const what = { revision: set.revision, count: 1, hash };
    seen.set(image.id, what);
    unwrap(await persistence.reviews.act(made.id, [image.id], [{ kind: 'submitted', seen: what }], WORDS));
  }
  persistence.setSession(LEA);
  const ids = images.map(({ id }) => id);
  const plan: SamplingPlan = { kind: 'random', count: 2, seed: 'x' };
  const make = async (how: SamplingPlan = plan) => {
    const chosen = unwrap(
      await readChosen(persistence, made.id, CHOICE_OF_ALL, new Set(), new AbortController().signal),
    );
    const candidates = candidatesOf(chosen, null);
    return unwrap(await createBatch(services, made, { name: 'Monday', plan: how, candidates }));
  };
  const judge = async (id: (typeof ids)[number], verdict: 'accepted' | 'rejected') => {
    const what = seen.get(id);
    if (what === undefined) throw new Error('not handed in');
    const deed = { kind: 'judged', verdict, seen: what, note: '' } as const;
    unwrap(await persistence.reviews.act(made.id, [id], [deed], WORDS));
  };
  const undo = async () => {
    await services.toasts.shown.get().at(-1)?.action?.run();
  };
  const stored = async () => {
    const counts = unwrap(await persistence.reviews.counts(made.id));
    const records = unwrap(await persistence.records.list(made.id, 'batch'));
    return { counts, batches: records.map(({ value }) => value) };
  };
  return { persistence, services, project: made, ids, make, judge, undo, stored };
}

describe('a batch', () => {
  it('is made with its sample and its seed on record, and is gone after one undo', async () => {
    const { persistence, project: made, make, undo, stored, services } = await project(6);
    const batch = await make();
    if (batch === null) throw new Error('not made');
    const [kept] = (await stored()).batches;
    expect(kept?.sample).toHaveLength(2);
    expect(kept?.plan).toEqual({ kind: 'random', count: 2, seed: 'x' });
    const inBatch = async () =>
      unwrap(await persistence.images.list(made.id, { review: { batchId: batch.id } })).total;
    expect(await inBatch()).toBe(6);
    expect(services.toasts.shown.get().at(-1)?.message).toContain('2 of them to review');
    await undo();
    expect(await inBatch()).toBe(0);
    expect((await stored()).batches).toEqual([]);
  });

  it('decides over what nobody looked at, keeps verdicts of its sample, and is taken back whole', async () => {
    const { services, project: made, ids, make, judge, undo, stored } = await project(6);
    const batch = await make();
    const [first, second] = (batch?.sample ?? []).filter((id) => id !== ids.at(-1));
    if (batch === null || first === undefined) throw new Error('not made');
    await judge(first, 'accepted');
    if (second !== undefined) await judge(second, 'accepted');
    const before = await stored();
    expect(await applyVerdict(services, made, batch, 'rejected')).toBe(true);
    const judged = second === undefined ? 1 : 2;
    // Five were handed in; the sixth is still new.
    expect((await stored()).counts).toEqual({
      'annotation.new': 1,
      'accepted.accepted': judged,
      'annotation.rejected': 5 - judged,
    });
    expect((await stored()).batches[0]?.verdict).toBe('rejected');
    await undo();
    expect(await stored()).toEqual(before);
    await applyVerdict(services, made, batch, 'accepted');
    expect((await stored()).counts['accepted.accepted']).toBe(5);
    expect(await takeVerdictBack(services, made, { ...batch, verdict: 'accepted' })).toBe(true);
    expect(await stored()).toEqual(before);
  });

  it('is removed without its images losing anything, and comes back by one undo', async () => {
    const { services, project: made, make, undo, stored } = await project(4);
    const batch = await make();
    if (batch === null) throw new Error('not made');
    const before = await stored();
    await removeBatch(services, made, batch);
    expect(await stored()).toEqual({ counts: before.counts, batches: [] });
    await undo();
    expect(await stored()).toEqual(before);
  });

  it('with every image judged has its verdict put though no image is left to decide over', async () => {
    const { services, project: made, ids, make, judge, stored } = await project(3);
    const batch = await make({ kind: 'all' });
    if (batch === null) throw new Error('not made');
    for (const id of ids.slice(0, -1)) await judge(id, 'accepted');
    expect(await applyVerdict(services, made, batch, 'accepted')).toBe(true);
    expect((await stored()).batches[0]?.verdict).toBe('accepted');
    expect((await stored()).counts).toEqual({ 'annotation.new': 1, 'accepted.accepted': 2 });
  });
});

it('assigns to several, and one undo gives each image back to whoever had it', async () => {
  const { persistence, services, project: made, ids, undo } = await project(3);
  const [first = testId() as never, ...others] = ids;
  await assign(services, made, [{ imageIds: [first], labeller: REF, reviewer: undefined }]);
  const bea = { id: null, name: 'Bea' };
  await assign(services, made, [
    { imageIds: [first], labeller: bea, reviewer: bea },
    { imageIds: others, labeller: null, reviewer: bea },
  ]);
  expect(unwrap(await persistence.reviews.get(first))).toMatchObject({ labeller: bea, reviewer: bea });
  await undo();
  expect(unwrap(await persistence.reviews.get(first))).toMatchObject({ labeller: REF, reviewer: null });
});

it('counts verdicts for whoever had handed the image in, and not those that were taken back', () => {
  const face = { at: '2026-01-01T00:00:00.000Z', personId: null };
  const seen = { revision: 1, count: 1, hash: '0'.repeat(64) as never };
  const submitted = (by: string) => ({ ...face, id: testId(), by, kind: 'submitted', seen }) as const;
  const judged = (verdict: 'accepted' | 'rejected', id = testId()) =>
    ({ ...face, id, by: 'Ria', kind: 'judged', verdict, seen, note: '' }) as const;
  const mistaken = testId();
  const tallies = new Map<string, Tally>();
  tallyVerdicts(tallies, [submitted('Liv'), judged('rejected'), submitted('Lou'), judged('accepted')]);
  tallyVerdicts(tallies, [
    submitted('Liv'),
    judged('rejected', mistaken),
    { ...face, id: testId(), by: 'Ria', kind: 'retracted', eventId: mistaken },
    judged('accepted'),
  ]);
  expect(tallies.get('name:Liv')).toEqual({ name: 'Liv', judged: 2, rejected: 1 });
  expect(tallies.get('name:Lou')).toEqual({ name: 'Lou', judged: 1, rejected: 0 });
});

it('narrows the list of labellers only, and only where the project says so', () => {
  const policy = { showsOnlyAssigned: true };
  expect(queueForLabeller(policy, LIV)).toEqual({ labeller: [LIV.personId, 'nobody'] });
  expect(queueForLabeller(policy, LEA)).toBeUndefined();
  expect(queueForLabeller({ showsOnlyAssigned: false }, LIV)).toBeUndefined();
});
