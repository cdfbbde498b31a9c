import { useEffect, useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import type { ProjectId } from '../../../shared/schema/ids';
import { useServices } from '../../app/services';

/**
 * Whether whoever works now is measured by honeypots in a project. Figures over all of its labels are not shown to them
 * then: a count that does not move with one's own work tells which pictures are honeypots. Null until it is known.
 */
export function useIsMeasured(projectId: ProjectId): boolean | null {
  const { persistence } = useServices();
  const role = persistence.session()?.role ?? 'labeller';
  const seesEveryone = isPermitted(role, 'quality.seeEveryone');
  const [isMeasured, setMeasured] = useState<boolean | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void persistence.reviews.policy(projectId).then((policy) => {
      if (isCurrent) setMeasured(policy.ok && policy.value.honeypotShare > 0);
    });
    return () => {
      isCurrent = false;
    };
  }, [persistence, projectId]);
  return seesEveryone ? false : isMeasured;
}
