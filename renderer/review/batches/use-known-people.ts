import { useMemo } from 'react';
import type { PersonRef } from '../../../shared/schema/person';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';

/** Whoever has a profile here and may work; where there are no profiles, the person at the app. */
export function useKnownPeople(): readonly PersonRef[] {
  const { people, persistence } = useServices();
  const profiles = useObservable(people.list);
  const session = persistence.session();
  return useMemo(() => {
    const listed = profiles.filter(({ isRetired }) => !isRetired).map(({ id, name }) => ({ id, name }));
    if (profiles.length > 0 || session === null) return listed;
    return [{ id: session.personId, name: session.name }];
  }, [profiles, session]);
}
