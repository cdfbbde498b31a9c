import type { Session } from '../../../shared/schema/person';
import type { ReviewPolicy } from '../../../shared/schema/review-policy';
import type { ReviewFilter } from '../../persistence/ports';
import { personKey } from '../../persistence/review-marks';

/**
 * What narrows the list of whoever labels: where the project shows only what is assigned, a labeller sees what is
 * assigned to them or to nobody. Undefined where nothing is held back: whoever reviews or leads sees every image.
 */
export function queueForLabeller(
  policy: Pick<ReviewPolicy, 'showsOnlyAssigned'>,
  session: Session | null,
): ReviewFilter | undefined {
  if (!policy.showsOnlyAssigned || session === null || session.role !== 'labeller') return undefined;
  return { labeller: [personKey({ id: session.personId, name: session.name }), 'nobody'] };
}
