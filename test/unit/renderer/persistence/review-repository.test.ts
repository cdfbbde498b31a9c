import { describe, expect, it } from 'vitest';
import type { Persistence } from '../../../../renderer/persistence/ports';
import { hashOfAnnotations } from '../../../../shared/document/hash';
import type { ImageId, PersonId } from '../../../../shared/schema/ids';
import type { Role, Session } from '../../../../shared/schema/person';
import type { ReviewDeed } from '../../../../shared/schema/review';
import { DEFAULT_REVIEW_POLICY } from '../../../../shared/schema/review-policy';
import {
  annotation,
  edit,
  failureOf,
  openAnotherWindow,
  openFixture,
  projectWithImages,
  testId,
  unwrap,
} from './persistence-fixture';

const WORDS = { code: 'review.test', label: 'Test' };
const person = (name: string, role: Role): Session => ({ personId: testId() as PersonId, name, role });
const LIV = person('Liv', 'labeller');
const RIA = person('Ria', 'reviewer');
const LEA = person('Lea', 'lead');

async function seenOf(persistence: Persistence, imageId: ImageId) {
  const set = unwrap(await persistence.annotations.load(imageId));
  return {
    revision: set.revision,
    count: set.annotations.length,
    hash: hashOfAnnotations(set.annotations),
  };
}

/** Three pictures, the first with a box that Liv handed in. */
async function handedIn() {
  const { persistence, bridge } = await openFixture();
  const { project, images } = await projectWithImages(persistence, ['a.jpg', 'b.jpg', 'c.jpg']);
  const [first, second, third] = images;
  if (first === undefined || second === undefined || third === undefined) throw new Error('no images');
  persistence.setSession(LIV);
  const box = annotation();
  unwrap(await edit(persistence, first, { added: [box] }));
  const seen = await seenOf(persistence, first.id);
  unwrap(await persistence.reviews.act(project.id, [first.id], [{ kind: 'submitted', seen }], WORDS));
  return { persistence, bridge, project, first, second, third, box, seen };
}

const judge = (seen: Awaited<ReturnType<typeof seenOf>>, verdict: 'accepted' | 'rejected'): ReviewDeed => ({
  kind: 'judged',
  verdict,
  seen,
  note: '',
});

describe('reviews', () => {
  it('are found by queues, counted, and said in the journal with who did them', async () => {
    const { persistence, project, first, seen } = await handedIn();
    const toReview = { review: { stages: [{ stage: 'review', state: 'new' }] } } as const;
    const queue = unwrap(await persistence.images.list(project.id, toReview));
    expect((await queue.window(0, 10)).map(({ key }) => key)).toEqual(['a.jpg']);
    const fresh = { review: { stages: [{ stage: 'annotation', state: 'new' }] } } as const;
    expect(unwrap(await persistence.images.list(project.id, fresh)).total).toBe(2);
    expect(unwrap(await persistence.reviews.counts(project.id))).toEqual({
      'annotation.new': 2,
      'review.new': 1,
    });

    persistence.setSession(RIA);
    unwrap(await persistence.reviews.act(project.id, [first.id], [judge(seen, 'accepted')], WORDS));
    expect(unwrap(await persistence.reviews.get(first.id))).toMatchObject({ stage: 'accepted', rounds: 1 });
    expect(unwrap(await persistence.images.list(project.id, toReview)).total).toBe(0);
    const lines = await persistence.journal.history(first.id, 10);
    expect(lines.map(({ actor, personId, body }) => [actor, personId, body.kind])).toEqual([
      ['Ria', RIA.personId, 'review'],
      ['Liv', LIV.personId, 'review'],
      ['Liv', LIV.personId, 'annotations'],
    ]);
    expect(unwrap(await persistence.journal.verifyChain(project.id)).length).toBe(4);
  });

  it('refuse a labeller who judges and a verdict on labels that changed, and change nothing', async () => {
    const { persistence, project, first, seen } = await handedIn();
    const act = (deed: ReviewDeed) => persistence.reviews.act(project.id, [first.id], [deed], WORDS);
    expect(failureOf(await act(judge(seen, 'accepted'))).code).toBe('people.not-permitted');
    persistence.setSession(RIA);
    unwrap(await edit(persistence, first, { added: [annotation()] }));
    expect(failureOf(await act(judge(seen, 'accepted'))).code).toBe('record.conflict');
    expect(unwrap(await persistence.reviews.events(first.id))).toHaveLength(1);
    persistence.setSession(null);
    expect(failureOf(await act(judge(seen, 'accepted'))).code).toBe('people.not-permitted');
  });

  it('keep what was handed in from its labeller until it is given back', async () => {
    const { persistence, project, first, seen } = await handedIn();
    expect(failureOf(await edit(persistence, first, { added: [annotation()] })).code).toBe(
      'people.not-permitted',
    );
    const many = await persistence.annotations.editMany(
      project.id,
      {
        code: 'annotation.test',
        label: 'Test',
        imageIds: [first.id],
        change: () => {
          throw new Error('must not be asked');
        },
        hasFinding: () => false,
      },
      () => undefined,
    );
    expect(unwrap(many).refused.map(({ error }) => error.code)).toEqual(['people.not-permitted']);
    persistence.setSession(RIA);
    unwrap(await persistence.reviews.act(project.id, [first.id], [judge(seen, 'rejected')], WORDS));
    persistence.setSession(LIV);
    unwrap(await edit(persistence, first, { added: [annotation()] }));
  });

  it('put into the queue again what was changed after it was accepted, and nothing else', async () => {
    const { persistence, project, first, seen } = await handedIn();
    persistence.setSession(RIA);
    unwrap(await persistence.reviews.act(project.id, [first.id], [judge(seen, 'accepted')], WORDS));
    const changed = { review: { isChanged: true } };
    expect(unwrap(await persistence.images.list(project.id, changed)).total).toBe(0);
    unwrap(await edit(persistence, first, { added: [annotation()] }));
    expect(unwrap(await persistence.images.list(project.id, changed)).total).toBe(1);
  });

  it('do the same to many images in one line, and list those that it cannot be done to', async () => {
    const { persistence, project, first, second, third, seen } = await handedIn();
    persistence.setSession(LEA);
    const to = { id: LIV.personId, name: 'Liv' };
    const ids = [first.id, second.id, third.id];
    unwrap(
      await persistence.reviews.act(project.id, ids, [{ kind: 'assigned', task: 'annotation', to }], WORDS),
    );
    const mine = { review: { labeller: LIV.personId ?? '' } };
    expect(unwrap(await persistence.images.list(project.id, mine)).total).toBe(3);
    const nobody = { review: { labeller: 'nobody' } };
    expect(unwrap(await persistence.images.list(project.id, nobody)).total).toBe(0);
    const judged = unwrap(await persistence.reviews.act(project.id, ids, [judge(seen, 'rejected')], WORDS));
    expect(judged.done).toEqual([first.id]);
    expect(judged.refused.map(({ error }) => error.code)).toEqual(['review.not-now', 'review.not-now']);
  });

  it('are seen by another window', async () => {
    const { bridge, first } = await handedIn();
    const other = await openAnotherWindow(bridge);
    expect(unwrap(await other.reviews.get(first.id)).stage).toBe('review');
  });
});

describe('layers', () => {
  it('hold annotations of their own, with undo of their own, and leave the image alone', async () => {
    const { persistence, project, first, box } = await handedIn();
    persistence.setSession(RIA);
    const [layer] = unwrap(
      await persistence.layers.create(
        project.id,
        [{ imageId: first.id, purpose: 'proposal', from: 'image' }],
        WORDS,
      ),
    );
    if (layer === undefined) throw new Error('no layer');
    expect(unwrap(await persistence.annotations.load(layer.id)).annotations).toEqual([box]);
    const moved = { ...box, shape: { ...box.shape, x: 11 } } as typeof box;
    unwrap(await edit(persistence, { ...first, id: layer.id }, { updated: [[box, moved]] }));
    expect(unwrap(await persistence.annotations.load(layer.id)).annotations).toEqual([moved]);
    expect(unwrap(await persistence.annotations.load(first.id)).annotations).toEqual([box]);
    const stacks = await persistence.journal.stacks(`image:${layer.id}`);
    expect(stacks.undo).toHaveLength(1);
    expect(unwrap(await persistence.projects.get(project.id)).counts.annotations).toBe(1);
    expect(unwrap(await persistence.layers.list(project.id, { imageId: first.id }))).toEqual([layer]);
    const receipt = unwrap(await persistence.annotations.receipt(layer.id));
    expect(receipt).toMatchObject({ revision: 2, count: 1 });
  });

  it('are begun and changed only by those whom their purpose names', async () => {
    const { persistence, project, first } = await handedIn();
    const begin = (purpose: 'groundTruth' | 'proposal' | 'consensus') =>
      persistence.layers.create(project.id, [{ imageId: first.id, purpose, from: 'empty' }], WORDS);
    expect(failureOf(await begin('groundTruth')).code).toBe('people.not-permitted');
    expect(failureOf(await begin('proposal')).code).toBe('people.not-permitted');
    const [answer] = unwrap(await begin('consensus'));
    if (answer === undefined) throw new Error('no layer');
    persistence.setSession(person('Lou', 'labeller'));
    const layerImage = { ...first, id: answer.id };
    expect(failureOf(await edit(persistence, layerImage, { added: [annotation()] })).code).toBe(
      'people.not-permitted',
    );
    persistence.setSession(LIV);
    unwrap(await edit(persistence, layerImage, { added: [annotation()] }));
    unwrap(await persistence.layers.setSubmitted(answer.id, true));
    unwrap(await persistence.layers.remove(project.id, [answer.id], WORDS));
    expect((await persistence.annotations.load(answer.id)).ok).toBe(false);
  });
});

describe('records', () => {
  it('are put, listed and removed with lines in the journal, by those who may', async () => {
    const { persistence, project } = await handedIn();
    const policy = { ...DEFAULT_REVIEW_POLICY, isReviewed: true };
    const put = () =>
      persistence.records.put(project.id, [{ kind: 'policy', id: 'policy', value: policy }], WORDS);
    expect(failureOf(await put()).code).toBe('people.not-permitted');
    persistence.setSession(LEA);
    unwrap(await put());
    expect(unwrap(await persistence.reviews.policy(project.id))).toEqual(policy);
    expect(unwrap(await persistence.records.list(project.id, 'policy'))).toEqual([
      { id: 'policy', value: policy },
    ]);
    unwrap(await persistence.records.put(project.id, [{ kind: 'policy', id: 'policy', value: null }], WORDS));
    expect(unwrap(await persistence.records.get(project.id, 'policy', 'policy'))).toBeNull();
    expect(unwrap(await persistence.journal.verifyChain(project.id)).length).toBe(5);
  });

  it('refuse what is none', async () => {
    const { persistence, project } = await handedIn();
    persistence.setSession(LEA);
    const value = { ...DEFAULT_REVIEW_POLICY, reviewsNeeded: 9 };
    const put = await persistence.records.put(project.id, [{ kind: 'policy', id: 'policy', value }], WORDS);
    expect(failureOf(put).code).toBe('usage.bad-arguments');
  });
});

it('are all in a backup, under new ids in a copy', async () => {
  const { persistence, project, first, box, seen } = await handedIn();
  persistence.setSession(RIA);
  unwrap(await persistence.reviews.act(project.id, [first.id], [judge(seen, 'accepted')], WORDS));
  const [layer] = unwrap(
    await persistence.layers.create(
      project.id,
      [{ imageId: first.id, purpose: 'proposal', from: 'image' }],
      WORDS,
    ),
  );
  persistence.setSession(LEA);
  const waiver = {
    findingId: `box-outside-image:${first.id}:${box.id}:`,
    imageId: first.id,
    reason: 'It is cut in the original',
    by: { id: null, name: 'Lea' },
    at: '2026-01-01T00:00:00.000Z',
    expiresAt: null,
  };
  const puts = [{ kind: 'waiver', id: waiver.findingId, imageId: first.id, value: waiver }] as const;
  unwrap(await persistence.records.put(project.id, puts, WORDS));

  const { id } = unwrap(await persistence.backups.backup(project.id, 'manual'));
  const copy = unwrap(await persistence.backups.restore(id));
  const [copied] = await unwrap(await persistence.images.list(copy.id, {})).window(0, 1);
  if (copied === undefined || layer === undefined) throw new Error('nothing was copied');
  expect(copied.id).not.toBe(first.id);
  expect(unwrap(await persistence.reviews.get(copied.id))).toMatchObject({ stage: 'accepted', rounds: 1 });
  expect(unwrap(await persistence.reviews.counts(copy.id))).toEqual({
    'annotation.new': 2,
    'accepted.accepted': 1,
  });
  const [copiedLayer] = unwrap(await persistence.layers.list(copy.id));
  expect(copiedLayer).toMatchObject({ imageId: copied.id, purpose: 'proposal', owner: { name: 'Ria' } });
  expect(copiedLayer?.id).not.toBe(layer.id);
  expect(unwrap(await persistence.annotations.load(copiedLayer?.id ?? first.id)).annotations).toEqual([box]);
  const [record] = unwrap(await persistence.records.list(copy.id, 'waiver', copied.id));
  expect(record?.value).toEqual({
    ...waiver,
    findingId: `box-outside-image:${copied.id}:${box.id}:`,
    imageId: copied.id,
  });
  expect(record?.id).toBe(record?.value.findingId);
  expect(unwrap(await persistence.journal.verifyChain(copy.id)).length).toBeGreaterThan(6);

  unwrap(await persistence.projects.setDeleted(project.id, true));
  unwrap(await persistence.projects.purge(project.id));
  const back = unwrap(await persistence.backups.restore(id));
  expect(back.id).toBe(project.id);
  expect(unwrap(await persistence.layers.list(back.id))).toEqual([layer]);
});
