import { describe, expect, it } from 'vitest';
import type { Persistence } from '../../../../renderer/persistence/ports';
import { readPolicy, reviewRow } from '../../../../renderer/persistence/review-rows';
import { hashOfAnnotations } from '../../../../shared/document/hash';
import type { Batch } from '../../../../shared/schema/batch';
import type { BatchId, ImageId, PersonId, ProjectId } from '../../../../shared/schema/ids';
import type { ImageRecord } from '../../../../shared/schema/image';
import type { Role, Session } from '../../../../shared/schema/person';
import type { ReviewDeed } from '../../../../shared/schema/review';
import { DEFAULT_REVIEW_POLICY, type ReviewPolicy } from '../../../../shared/schema/review-policy';
import {
  annotation,
  edit,
  failureOf,
  openFixture,
  openRawDatabase,
  projectWithImages,
  testId,
  unwrap,
} from './persistence-fixture';

const WORDS = { code: 'review.test', label: 'Test' };
const person = (name: string, role: Role): Session => ({ personId: testId() as PersonId, name, role });
const LIV = person('Liv', 'labeller');
const LOU = person('Lou', 'labeller');
const RIA = person('Ria', 'reviewer');
const ROB = person('Rob', 'reviewer');
const LEA = person('Lea', 'lead');

async function handIn(persistence: Persistence, image: ImageRecord): Promise<ReviewDeed> {
  unwrap(await edit(persistence, image, { added: [annotation()] }));
  const { revision, annotations } = unwrap(await persistence.annotations.load(image.id));
  const seen = { revision, count: annotations.length, hash: hashOfAnnotations(annotations) };
  unwrap(await persistence.reviews.act(image.projectId, [image.id], [{ kind: 'submitted', seen }], WORDS));
  return { kind: 'judged', verdict: 'accepted', seen, note: '' };
}

/** Four pictures that Liv handed in, and the acceptance of each. */
async function handedIn() {
  const { persistence } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
  persistence.setSession(LIV);
  const acceptances: ReviewDeed[] = [];
  for (const image of images) acceptances.push(await handIn(persistence, image));
  const keysOf = async (review: object) => {
    const list = unwrap(await persistence.images.list(project.id, { review }));
    return (await list.window(0, list.total)).map(({ key }) => key);
  };
  const as = async (session: Session, index: number, verdict: 'accepted' | 'rejected' = 'accepted') => {
    persistence.setSession(session);
    const [image, deed] = [images[index], acceptances[index]];
    if (image === undefined || deed?.kind !== 'judged') throw new Error('no such image');
    return persistence.reviews.act(project.id, [image.id], [{ ...deed, verdict }], WORDS);
  };
  return { persistence, project, images, ids: images.map(({ id }) => id), keysOf, as };
}

const batchOf = (projectId: ProjectId, imageIds: readonly ImageId[], sample: readonly ImageId[]): Batch => ({
  id: testId() as BatchId,
  projectId,
  name: 'Monday',
  imageIds: [...imageIds],
  plan: { kind: 'random', count: sample.length, seed: 'x' },
  sample: [...sample],
  acceptanceNumber: 0,
  verdict: null,
  createdBy: { id: LEA.personId, name: 'Lea' },
  createdAt: '2026-01-01T00:00:00.000Z',
});

async function putPolicy(persistence: Persistence, projectId: ProjectId, part: Partial<ReviewPolicy>) {
  persistence.setSession(LEA);
  const value = { ...DEFAULT_REVIEW_POLICY, ...part };
  return persistence.records.put(projectId, [{ kind: 'policy', id: 'policy', value }], WORDS);
}

describe('batches', () => {
  it('are stored with what they do to their images, in one transaction or not at all', async () => {
    const { persistence, project, ids, keysOf } = await handedIn();
    const batch = batchOf(project.id, ids.slice(0, 3), ids.slice(1, 2));
    const put = { kind: 'batch', id: batch.id, value: batch } as const;
    const batched = { kind: 'batched', batchId: batch.id } as const;
    const make = (value = put) =>
      persistence.reviews.act(project.id, batch.imageIds, [batched], WORDS, [value]);
    const refused = unwrap(await make());
    expect(refused.done).toEqual([]);
    expect(refused.refused.map(({ error }) => error.code)).toContain('people.not-permitted');
    persistence.setSession(LEA);
    const damaged = { ...put, value: { ...batch, name: '' } };
    expect(failureOf(await make(damaged)).code).toBe('usage.bad-arguments');
    expect(await keysOf({ batchId: batch.id })).toEqual([]);

    unwrap(await make());
    expect(await keysOf({ batchId: batch.id })).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
    expect(await keysOf({ inSampleOf: batch.id })).toEqual(['b.jpg']);
    expect(await keysOf({ inSampleOf: testId() as BatchId })).toEqual([]);
    expect(unwrap(await persistence.records.list(project.id, 'batch')).map(({ value }) => value)).toEqual([
      batch,
    ]);
    expect(unwrap(await persistence.journal.verifyChain(project.id)).length).toBeGreaterThan(8);
  });

  it('find the sample also where ids do not say their place', async () => {
    const { persistence, project, ids, keysOf } = await handedIn();
    const batch = batchOf(project.id, ids, [ids[3] ?? testId()] as ImageId[]);
    persistence.setSession(LEA);
    const batched = { kind: 'batched', batchId: batch.id } as const;
    const puts = [{ kind: 'batch', id: batch.id, value: batch }] as const;
    unwrap(await persistence.reviews.act(project.id, ids, [batched], WORDS, puts));
    expect(await keysOf({ inSampleOf: batch.id })).toEqual(['d.jpg']);

    // An id from elsewhere, as a project of another computer has it.
    const foreign = 'ffffffff-0000-4000-8000-000000000000' as ImageId;
    const db = await openRawDatabase();
    const row = await db.reviews
      .where('imageId')
      .equals(ids[2] ?? '')
      .first();
    if (row === undefined) throw new Error('no review');
    await db.reviews.put({ ...row, imageId: foreign });
    const record = await db.records.get([project.id, 'batch', batch.id]);
    if (record === undefined) throw new Error('no record');
    const text = JSON.stringify({ ...batch, sample: [foreign, ids[0]] });
    await db.records.put({ ...record, text });
    db.close();
    expect(await keysOf({ inSampleOf: batch.id })).toEqual(['a.jpg', 'c.jpg']);
  });

  it('are judged by reviewers, who change nothing else in them', async () => {
    const { persistence, project, images, ids, keysOf, as } = await handedIn();
    const batch = batchOf(project.id, ids, ids.slice(0, 1));
    persistence.setSession(LEA);
    const putOf = (value: Batch) => [{ kind: 'batch', id: batch.id, value }] as const;
    const batched = { kind: 'batched', batchId: batch.id } as const;
    unwrap(await persistence.reviews.act(project.id, ids, [batched], WORDS, putOf(batch)));
    unwrap(await as(RIA, 0));
    const widened = putOf({ ...batch, acceptanceNumber: 3, verdict: 'accepted' });
    expect(failureOf(await persistence.records.put(project.id, widened, WORDS)).code).toBe(
      'people.not-permitted',
    );
    const deed = { kind: 'batchJudged', batchId: batch.id, verdict: 'accepted' } as const;
    const judged = putOf({ ...batch, verdict: 'accepted' });
    unwrap(await persistence.reviews.act(project.id, ids.slice(1), [deed], WORDS, judged));
    expect(unwrap(await persistence.reviews.counts(project.id))).toMatchObject({ 'accepted.accepted': 4 });
    expect(unwrap(await persistence.records.get(project.id, 'batch', batch.id))?.verdict).toBe('accepted');
    // What was accepted with the batch is what was handed in: a later edit is noticed as of any accepted image.
    expect(await keysOf({ isChanged: true })).toEqual([]);
    const last = images[3];
    if (last === undefined) throw new Error('no image');
    unwrap(await edit(persistence, last, { added: [annotation()] }));
    expect(await keysOf({ isChanged: true })).toEqual(['d.jpg']);
  });

  it('have no verdict while one of their images is refused', async () => {
    const { persistence, project, ids } = await handedIn();
    const batch = batchOf(project.id, ids.slice(0, 3), ids.slice(0, 1));
    persistence.setSession(LEA);
    const batched = { kind: 'batched', batchId: batch.id } as const;
    unwrap(await persistence.reviews.act(project.id, batch.imageIds, [batched], WORDS));
    const deed = { kind: 'batchJudged', batchId: batch.id, verdict: 'accepted' } as const;
    const puts = [{ kind: 'batch', id: batch.id, value: { ...batch, verdict: 'accepted' } }] as const;
    const acted = unwrap(await persistence.reviews.act(project.id, ids.slice(1), [deed], WORDS, puts));
    expect(acted.done).toEqual(ids.slice(1, 3));
    expect(acted.refused.map(({ imageId }) => imageId)).toEqual(ids.slice(3));
    expect(unwrap(await persistence.records.get(project.id, 'batch', batch.id))).toBeNull();
  });
});

it('lists what is assigned to somebody or to nobody', async () => {
  const { persistence, project, ids, keysOf } = await handedIn();
  persistence.setSession(LEA);
  const assign = (id: ImageId | undefined, to: Session | null) =>
    persistence.reviews.act(
      project.id,
      [id ?? ('' as ImageId)],
      [{ kind: 'assigned', task: 'annotation', to: to === null ? null : { id: to.personId, name: to.name } }],
      WORDS,
    );
  unwrap(await assign(ids[0], LIV));
  unwrap(await assign(ids[1], LOU));
  unwrap(await assign(ids[2], null));
  expect(await keysOf({ labeller: [LIV.personId, 'nobody'] })).toEqual(['a.jpg', 'c.jpg', 'd.jpg']);
  expect(await keysOf({ labeller: [LIV.personId, LOU.personId] })).toEqual(['a.jpg', 'b.jpg', 'd.jpg']);
});

describe('a policy that needs more reviews', () => {
  it('sends back what has too few, in the same transaction, and back again', async () => {
    const { persistence, project, images, keysOf, as } = await handedIn();
    unwrap(await as(RIA, 0));
    unwrap(await as(RIA, 1));
    unwrap(await as(ROB, 2, 'rejected'));
    const accepted = { stages: [{ stage: 'accepted', state: 'accepted' }] };
    const half = { stages: [{ stage: 'review', state: 'done' }] };
    expect(await keysOf(accepted)).toEqual(['a.jpg', 'b.jpg']);
    const heard: unknown[] = [];
    persistence.images.observe(project.id, ({ imageIds }) => heard.push(imageIds));

    unwrap(await putPolicy(persistence, project.id, { reviewsNeeded: 2 }));
    expect(heard).toEqual(['many']);
    expect(await keysOf(accepted)).toEqual([]);
    expect(await keysOf(half)).toEqual(['a.jpg', 'b.jpg']);
    expect(unwrap(await persistence.reviews.counts(project.id))).toEqual({
      'annotation.new': 0,
      'review.done': 2,
      'annotation.rejected': 1,
      'review.new': 1,
    });
    unwrap(await as(ROB, 0));
    expect(await keysOf(accepted)).toEqual(['a.jpg']);

    unwrap(await putPolicy(persistence, project.id, { reviewsNeeded: 1 }));
    expect(await keysOf(accepted)).toEqual(['a.jpg', 'b.jpg']);
    // What is stored is what writing each row anew would store.
    const db = await openRawDatabase();
    const policy = await readPolicy(db, project.id);
    for (const row of await db.reviews.toArray()) {
      const image = images[row.ordinal];
      if (image === undefined) throw new Error('no image');
      const revision = unwrap(await persistence.annotations.load(image.id)).revision;
      const events = unwrap(await persistence.reviews.events(image.id));
      const { text: _, ...rest } = row;
      expect(reviewRow({ ...image, revision }, events, policy).row).toMatchObject(rest);
    }
    db.close();
  });

  it('goes over more reviews than it reads at a time, and leaves a damaged one alone', async () => {
    const { persistence, project, as, images } = await handedIn();
    unwrap(await as(RIA, 0));
    const db = await openRawDatabase();
    const row = await db.reviews.get([project.id, 0]);
    const [first] = images;
    if (row === undefined || first === undefined) throw new Error('no review');
    const extra = Array.from({ length: 1200 }, (_, index) => ({
      ...row,
      ordinal: 10 + index,
      imageId: testId() as ImageId,
      text: index === 700 ? '{' : row.text,
    }));
    await db.reviews.bulkPut(extra);
    const head = await db.heads.get(project.id);
    if (head === undefined) throw new Error('no head');
    const reviewCounts = { ...head.reviewCounts, 'accepted.accepted': 1201 };
    await db.heads.put({ ...head, reviewCounts, counts: { ...head.counts, images: 1204 } });
    unwrap(await putPolicy(persistence, project.id, { reviewsNeeded: 3 }));
    expect(unwrap(await persistence.reviews.counts(project.id))).toMatchObject({
      'accepted.accepted': 1,
      'review.done': 1200,
      'review.new': 3,
    });
    expect((await db.reviews.get([project.id, 710]))?.stage).toBe('accepted');
    db.close();
  });

  it('is refused with nothing changed for who may not set it', async () => {
    const { persistence, project, keysOf, as } = await handedIn();
    unwrap(await as(RIA, 0));
    const value = { ...DEFAULT_REVIEW_POLICY, reviewsNeeded: 2 };
    const put = await persistence.records.put(project.id, [{ kind: 'policy', id: 'policy', value }], WORDS);
    expect(failureOf(put).code).toBe('people.not-permitted');
    expect(await keysOf({ stages: [{ stage: 'accepted', state: 'accepted' }] })).toEqual(['a.jpg']);
  });
});
