import { useEffect, useState } from 'react';
import type { PublicKey } from '../../shared/schema/person';
import { useObservable } from '../app/observable';
import { useServices } from '../app/services';

/** The key by which packages of whoever is at the app are known; null while it is read, or cannot be. */
export function useOwnKey(): PublicKey | null {
  const { bridge, people } = useServices();
  const { session } = useObservable(people.state);
  const [key, setKey] = useState<PublicKey | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another session has another key
  useEffect(() => {
    let isCurrent = true;
    setKey(null);
    void bridge.invoke('people.ownKey', {}).then((told) => {
      // A key that cannot be opened is said in words where something must be signed.
      if (isCurrent && told.ok) setKey(told.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge, session]);
  return key;
}
