import { isPermitted } from '../../shared/people/permissions';
import type { CommandContext } from './command';

/** Labellers must not see what they are measured by. */
export function mayEditTruth({ services }: CommandContext): true | string {
  const session = services.persistence.session();
  return (
    (session !== null && isPermitted(session.role, 'quality.editGroundTruth')) || 'Leads and admins do this.'
  );
}
