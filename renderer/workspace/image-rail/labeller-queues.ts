import type { PersonRef } from '../../../shared/schema/person';
import type { ReviewFilter } from '../../persistence/ports';
import { personKey } from '../../persistence/review-marks';

export const LABELLER_QUEUES = [
  'givenBack',
  'toLabel',
  'handedIn',
  'accepted',
  'questions',
  'suggestions',
] as const;
export type LabellerQueue = (typeof LABELLER_QUEUES)[number];

export const LABELLER_QUEUE_WORDS: Readonly<Record<LabellerQueue, string>> = {
  givenBack: 'Given back to me',
  toLabel: 'To label, mine or nobody’s',
  handedIn: 'Handed in by me',
  accepted: 'Mine, accepted',
  questions: 'Mine, with open threads',
  suggestions: 'Mine, with open suggestions',
};

/** Where the own images of whoever labels stand, as filters of the list. */
export function labellerQueue(queue: LabellerQueue, person: PersonRef): ReviewFilter {
  const labeller = personKey(person);
  switch (queue) {
    case 'givenBack':
      return { labeller, stages: [{ stage: 'annotation', state: 'rejected' }] };
    case 'toLabel':
      return {
        labeller: [labeller, 'nobody'],
        stages: [
          { stage: 'annotation', state: 'new' },
          { stage: 'annotation', state: 'inProgress' },
        ],
      };
    case 'handedIn':
      return {
        labeller,
        stages: [
          { stage: 'review', state: 'new' },
          { stage: 'review', state: 'inProgress' },
          { stage: 'review', state: 'done' },
        ],
      };
    case 'accepted':
      return { labeller, stages: [{ stage: 'accepted', state: 'accepted' }] };
    case 'questions':
      return { labeller, hasOpenThread: true };
    case 'suggestions':
      return { labeller, hasOpenProposal: true };
  }
}

/** Which of these a filter is; null for none of them. */
export function queueOfFilter(filter: ReviewFilter | undefined, person: PersonRef): LabellerQueue | null {
  const text = JSON.stringify(filter);
  return LABELLER_QUEUES.find((queue) => JSON.stringify(labellerQueue(queue, person)) === text) ?? null;
}
