import { useCallback, useSyncExternalStore } from 'react';
import { useServices } from '../app/services';

/** A stored setting of a simple kind (text, number, true or false), and the way to change it. */
export function usePreference<T extends string | number | boolean>(
  key: string,
  fallback: T,
): readonly [T, (value: T) => void] {
  const { preferences } = useServices().persistence;
  const subscribe = useCallback(
    (listener: () => void) => preferences.observe(key, listener),
    [preferences, key],
  );
  const value = useSyncExternalStore(subscribe, () => preferences.get<T>(key, fallback));
  const set = useCallback((next: T) => preferences.set(key, next), [preferences, key]);
  return [value, set];
}
