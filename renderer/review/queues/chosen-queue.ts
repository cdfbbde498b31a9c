import { z } from 'zod';
import { BatchId, type ProjectId } from '../../../shared/schema/ids';
import type { Session } from '../../../shared/schema/person';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import type { Preferences, ReviewFilter } from '../../persistence/ports';
import { QUEUE_IDS, queueFilter } from './review-queues';

/** Where one reviews: a queue, or the sample of a batch. */
const ChosenQueue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queue'), id: z.enum(QUEUE_IDS) }),
  z.object({ kind: z.literal('batch'), batchId: BatchId }),
]);
export type ChosenQueue = z.infer<typeof ChosenQueue>;

const FIRST: ChosenQueue = { kind: 'queue', id: 'toReview' };

/** The preference that holds the queue of a project; whoever sets it sends the person there. */
export const queueKey = (projectId: ProjectId): string => `review.queue.${projectId}`;

export function chosenQueue(preferences: Preferences, projectId: ProjectId): ChosenQueue {
  const stored = ChosenQueue.safeParse(preferences.get<unknown>(queueKey(projectId), FIRST));
  return stored.success ? stored.data : FIRST;
}

export function filterOfQueue(queue: ChosenQueue, session: Session, policy: ReviewPolicy): ReviewFilter {
  return queue.kind === 'queue' ? queueFilter(queue.id, session, policy) : { inSampleOf: queue.batchId };
}
