import { describe, expect, it } from 'vitest';
import { foldReview } from '../../../../shared/review/fold-review';
import { reasonAgainstDeed } from '../../../../shared/review/reason-against-deed';
import type { BatchId, ImageId, PersonId } from '../../../../shared/schema/ids';
import type { Role, Session } from '../../../../shared/schema/person';
import type { ReviewDeed, ReviewEvent } from '../../../../shared/schema/review';
import { DEFAULT_REVIEW_POLICY } from '../../../../shared/schema/review-policy';
import { testId } from '../../renderer/persistence/persistence-fixture';

const IMAGE = testId() as ImageId;
const session = (name: string, role: Role): Session => ({
  personId: `00000000-0000-4000-9000-${name.length.toString(16).padStart(12, '0')}` as PersonId,
  name,
  role,
});
const LIV = session('Liv', 'labeller');
const RIA_ = session('Riaa', 'reviewer');
const LEA__ = session('Leaaa', 'lead');
const SEEN = { revision: 3, count: 2, hash: '0'.repeat(64) as never };

/** Does deeds one after the other, each refused or not by the rules; gives what is left of it. */
function doAll(deeds: readonly (readonly [Session, ReviewDeed])[], policy = DEFAULT_REVIEW_POLICY) {
  const events: ReviewEvent[] = [];
  const refused: string[] = [];
  for (const [who, deed] of deeds) {
    const review = foldReview(IMAGE, events, policy);
    const reason = reasonAgainstDeed(review, deed, { session: who, policy, stored: SEEN, events });
    if (reason !== null) refused.push(reason.code);
    else {
      const at = `2026-01-01T00:00:0${events.length}.000Z`;
      events.push({
        ...deed,
        id: `00000000-0000-4000-a000-00000000000${events.length}`,
        at,
        by: who.name,
        personId: who.personId,
      });
    }
  }
  return { review: foldReview(IMAGE, events, policy), refused, events };
}

const submit: ReviewDeed = { kind: 'submitted', seen: SEEN };
const judge = (verdict: 'accepted' | 'rejected'): ReviewDeed => ({
  kind: 'judged',
  verdict,
  seen: SEEN,
  note: '',
});

describe('the way of a picture', () => {
  it('goes from new over rejected to accepted in its second round', () => {
    const steps: (readonly [Session, ReviewDeed])[] = [
      [LIV, submit],
      [RIA_, judge('rejected')],
      [LIV, submit],
      [RIA_, judge('accepted')],
    ];
    const states = steps.map((_, n) => {
      const { review } = doAll(steps.slice(0, n + 1));
      return `${review.stage}.${review.state}`;
    });
    expect(states).toEqual(['review.new', 'annotation.rejected', 'review.new', 'accepted.accepted']);
    const { review, refused } = doAll(steps);
    expect(refused).toEqual([]);
    expect(review.rounds).toBe(2);
    expect(review.labeller?.name).toBe('Liv');
  });

  it('needs two different people where two reviews are needed', () => {
    const policy = { ...DEFAULT_REVIEW_POLICY, reviewsNeeded: 2 };
    const once = doAll(
      [
        [LIV, submit],
        [RIA_, judge('accepted')],
        [RIA_, judge('accepted')],
      ],
      policy,
    );
    expect(once.review.stage).toBe('review');
    const twice = doAll(
      [
        [LIV, submit],
        [RIA_, judge('accepted')],
        [LEA__, judge('accepted')],
      ],
      policy,
    );
    expect(twice.review.stage).toBe('accepted');
  });

  it('stands as before when a verdict is taken back', () => {
    const { events } = doAll([
      [LIV, submit],
      [RIA_, judge('accepted')],
    ]);
    const { review, refused } = doAll([
      [LIV, submit],
      [RIA_, judge('accepted')],
      [RIA_, { kind: 'retracted', eventId: events[1]?.id ?? '' }],
    ]);
    expect(refused).toEqual([]);
    expect(review.stage).toBe('review');
    expect(review.lastJudgement).toBeNull();
  });

  it('lets a batch decide over what nobody judged, and only over that', () => {
    const batchId = testId() as BatchId;
    const batched = { kind: 'batched', batchId } as const;
    const batch = { kind: 'batchJudged', batchId, verdict: 'accepted' } as const;
    expect(
      doAll([
        [LIV, submit],
        [LEA__, batched],
        [LEA__, batch],
      ]).review.stage,
    ).toBe('accepted');
    const rejected = doAll([
      [LIV, submit],
      [LEA__, batched],
      [RIA_, judge('rejected')],
      [LEA__, batch],
    ]);
    expect(rejected.review.state).toBe('rejected');
    expect(rejected.refused).toEqual(['review.not-now']);
    const mended = doAll([
      [LIV, submit],
      [LEA__, batched],
      [RIA_, judge('rejected')],
      [LIV, submit],
      [LEA__, batch],
    ]);
    expect(mended.refused).toEqual(['review.not-now']);
    expect(mended.review).toMatchObject({ stage: 'review', state: 'new', judgements: [] });
    expect(mended.review.batchJudgements.map(({ judgement }) => judgement.verdict)).toEqual(['rejected']);
  });

  it('lets nobody accept their own work by the batch, nor pictures of another batch', () => {
    const batchId = testId() as BatchId;
    const steps = (verdict: 'accepted' | 'rejected', by: BatchId = batchId) =>
      [
        [RIA_, submit],
        [LEA__, { kind: 'batched', batchId }],
        [RIA_, { kind: 'batchJudged', batchId: by, verdict }],
      ] as const;
    expect(doAll(steps('accepted')).refused).toEqual(['review.own-work']);
    expect(doAll(steps('rejected')).review.state).toBe('rejected');
    const allowed = { ...DEFAULT_REVIEW_POLICY, allowsOwnReview: true };
    expect(doAll(steps('accepted'), allowed).review.state).toBe('accepted');
    expect(doAll(steps('rejected', testId() as BatchId)).refused).toEqual(['review.not-now']);
  });

  it('keeps threads with their answers and whether they are resolved', () => {
    const threadId = testId();
    const { review } = doAll([
      [
        RIA_,
        { kind: 'threadOpened', threadId, annotationId: null, place: { x: 4, y: 5 }, text: 'What is this?' },
      ],
      [LIV, { kind: 'commented', threadId, text: 'A sign' }],
      [RIA_, { kind: 'threadResolved', threadId }],
    ]);
    expect(review.threads).toHaveLength(1);
    expect(review.threads[0]?.comments.map(({ text }) => text)).toEqual(['What is this?', 'A sign']);
    expect(review.threads[0]?.resolved?.by.name).toBe('Riaa');
  });
});

describe('what is refused', () => {
  it.each([
    [
      'a labeller who judges',
      [
        [LIV, submit],
        [session('Livvvvv', 'labeller'), judge('accepted')],
      ],
      'people.not-permitted',
    ],
    [
      'own work',
      [
        [RIA_, submit],
        [RIA_, judge('accepted')],
      ],
      'review.own-work',
    ],
    ['what was not handed in', [[RIA_, judge('accepted')]], 'review.not-now'],
    [
      'handing in twice',
      [
        [LIV, submit],
        [LIV, submit],
      ],
      'review.not-now',
    ],
    [
      'labels that changed since they were seen',
      [
        [LIV, submit],
        [RIA_, { ...judge('accepted'), seen: { ...SEEN, revision: 2 } }],
      ],
      'record.conflict',
    ],
    [
      'a thread that is not there',
      [[RIA_, { kind: 'threadResolved', threadId: testId() }]],
      'review.unknown-thing',
    ],
    [
      'a labeller who assigns',
      [[LIV, { kind: 'assigned', task: 'review', to: null }]],
      'people.not-permitted',
    ],
    [
      'taking back what another did',
      [
        [LIV, submit],
        [RIA_, { kind: 'retracted', eventId: '00000000-0000-4000-a000-000000000000' }],
      ],
      'people.not-permitted',
    ],
  ] as [string, (readonly [Session, ReviewDeed])[], string][])('%s', (_, deeds, code) => {
    expect(doAll(deeds).refused).toEqual([code]);
  });

  it('allows own work where the policy says so, and always to reject it', () => {
    const policy = { ...DEFAULT_REVIEW_POLICY, allowsOwnReview: true };
    expect(
      doAll(
        [
          [RIA_, submit],
          [RIA_, judge('accepted')],
        ],
        policy,
      ).refused,
    ).toEqual([]);
    expect(
      doAll([
        [RIA_, submit],
        [RIA_, judge('rejected')],
      ]).refused,
    ).toEqual([]);
  });
});
