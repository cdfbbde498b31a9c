import type { Session } from '../../../shared/schema/person';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import type { ReviewFilter } from '../../persistence/ports';
import { personKey } from '../../persistence/review-marks';

export const QUEUE_IDS = [
  'toReview',
  'assigned',
  'changed',
  'questions',
  'suggestions',
  'givenBack',
  'toLabel',
  'accepted',
  'all',
] as const;
export type QueueId = (typeof QUEUE_IDS)[number];

export const QUEUE_WORDS: Readonly<Record<QueueId, string>> = {
  toReview: 'To review',
  assigned: 'To review, assigned to me',
  changed: 'Changed since judged',
  questions: 'With open threads',
  suggestions: 'With open suggestions',
  givenBack: 'Given back',
  toLabel: 'To label',
  accepted: 'Accepted',
  all: 'All images',
};

const IN_REVIEW = [
  { stage: 'review', state: 'new' },
  { stage: 'review', state: 'inProgress' },
  { stage: 'review', state: 'done' },
] as const;

/** Which images a queue holds for somebody: what they handed in themselves is for others, unless the project says otherwise. */
export function queueFilter(id: QueueId, session: Session, policy: ReviewPolicy): ReviewFilter {
  const me = personKey({ id: session.personId, name: session.name });
  const notOwn = policy.allowsOwnReview ? {} : { notSubmittedBy: me };
  switch (id) {
    case 'toReview':
      return { stages: IN_REVIEW, ...notOwn };
    case 'assigned':
      return { stages: IN_REVIEW, reviewer: me };
    case 'changed':
      return { isChanged: true };
    case 'questions':
      return { hasOpenThread: true };
    case 'suggestions':
      return { hasOpenProposal: true };
    case 'givenBack':
      return { stages: [{ stage: 'annotation', state: 'rejected' }] };
    case 'toLabel':
      return {
        stages: [
          { stage: 'annotation', state: 'new' },
          { stage: 'annotation', state: 'inProgress' },
        ],
      };
    case 'accepted':
      return { stages: [{ stage: 'accepted', state: 'accepted' }] };
    case 'all':
      return {};
  }
}
