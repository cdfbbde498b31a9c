import { useMemo } from 'react';
import { type Deed, isPermitted } from '../../../shared/people/permissions';
import type { PersonRef } from '../../../shared/schema/person';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';

/**
 * Whoever has a profile here and may work; where there are no profiles, the person at the app.
 * @param deed leaves out whose role may not do it.
 */
export function useKnownPeople(deed: Deed | null = null): readonly PersonRef[] {
  const { people, persistence } = useServices();
  const profiles = useObservable(people.list);
  const session = persistence.session();
  return useMemo(() => {
    if (profiles.length === 0) return session === null ? [] : [{ id: session.personId, name: session.name }];
    return profiles
      .filter(({ isRetired, role }) => !isRetired && (deed === null || isPermitted(role, deed)))
      .map(({ id, name }) => ({ id, name }));
  }, [profiles, session, deed]);
}
