import { expect, it } from 'vitest';
import { publishReviewOf } from '../../../../renderer/datasets/publish-review';
import { hashOfAnnotations } from '../../../../shared/document/hash';
import { foldReview } from '../../../../shared/review/fold-review';
import { UNLABELLED_STATUS } from '../../../../shared/schema/annotation';
import type { AnnotationSet } from '../../../../shared/schema/change';
import type { ImageId, PersonId, ProjectId } from '../../../../shared/schema/ids';
import type { ReviewDeed, ReviewEvent } from '../../../../shared/schema/review';
import { annotation, boxAt, testId } from '../../../harness/annotations';

const imageId = testId(1) as ImageId;
const box = annotation(10, boxAt(1, 2, 30, 40));
const set: AnnotationSet = {
  imageId,
  projectId: testId(2) as ProjectId,
  revision: 3,
  annotations: [box],
  status: UNLABELLED_STATUS,
};
const seen = { revision: 3, count: 1, hash: hashOfAnnotations([box]) };

const reviewOf = (...deeds: ReviewDeed[]) =>
  foldReview(
    imageId,
    deeds.map(
      (deed, index): ReviewEvent => ({
        ...deed,
        id: testId(100 + index),
        at: `2026-03-01T12:0${index}:00.000Z`,
        by: index === 0 ? 'Ben' : 'Ann',
        personId: testId(index === 0 ? 201 : 202) as PersonId,
      }),
    ),
    { reviewsNeeded: 1 },
  );
const accepted = reviewOf(
  { kind: 'submitted', seen },
  { kind: 'judged', verdict: 'accepted', seen, note: '' },
);

it('says of an image to which nothing happened that nothing did', () => {
  expect(publishReviewOf(undefined, set)).toEqual({
    stage: 'annotation',
    state: 'new',
    labeller: null,
    reviewer: null,
    submittedAt: null,
    judgedAt: null,
    verdict: null,
    rounds: 0,
    defects: 0,
    openThreads: 0,
    judgedRevision: null,
    isChangedSince: false,
  });
});

it('says who labelled and who judged what, and when', () => {
  expect(publishReviewOf(accepted, set)).toMatchObject({
    stage: 'accepted',
    labeller: 'Ben',
    reviewer: 'Ann',
    submittedAt: '2026-03-01T12:00:00.000Z',
    judgedAt: '2026-03-01T12:01:00.000Z',
    verdict: 'accepted',
    rounds: 1,
    judgedRevision: 3,
    isChangedSince: false,
  });
});

it('holds labels against what the batch accepted, not against what was given back a round before', () => {
  const batchId = testId(300) as never;
  const again = { ...seen, revision: 2, hash: '1'.repeat(64) as never };
  const withBatch = reviewOf(
    { kind: 'submitted', seen: again },
    { kind: 'judged', verdict: 'rejected', seen: again, note: '' },
    { kind: 'submitted', seen },
    { kind: 'batched', batchId },
    { kind: 'batchJudged', batchId, verdict: 'accepted' },
  );
  expect(publishReviewOf(withBatch, set)).toMatchObject({ stage: 'accepted', isChangedSince: false });
  const moved = { ...box, shape: boxAt(5, 2, 30, 40) };
  const edited = { ...set, revision: 4, annotations: [moved] };
  expect(publishReviewOf(withBatch, edited).isChangedSince).toBe(true);
});

it('tells labels that are not those that were judged, and an edit that was taken back from one that stands', () => {
  const moved = { ...box, shape: boxAt(5, 2, 30, 40) };
  expect(publishReviewOf(accepted, { ...set, revision: 4, annotations: [moved] }).isChangedSince).toBe(true);
  expect(publishReviewOf(accepted, { ...set, revision: 5 }).isChangedSince).toBe(false);
});
