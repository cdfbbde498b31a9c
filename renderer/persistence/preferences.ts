import type { Preferences } from './ports';

const PREFIX = 'groundmark:';

/** The part of `window` that preferences need; absent where there is no window, and then they live in memory. */
export interface PreferenceHome {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Calls back with the storage key when another window set it. */
  listen(listener: (key: string | null) => void): void;
}

export function createPreferences(home: PreferenceHome | null): Preferences {
  const values = new Map<string, string>();
  const listeners = new Map<string, Set<() => void>>();
  const tell = (key: string): void => {
    for (const listener of listeners.get(key) ?? []) listener();
  };
  home?.listen((key) => {
    if (key?.startsWith(PREFIX)) tell(key.slice(PREFIX.length));
  });
  return {
    get<T>(key: string, fallback: T): T {
      const text = home === null ? values.get(key) : home.storage.getItem(PREFIX + key);
      if (text === null || text === undefined) return fallback;
      try {
        const value: unknown = JSON.parse(text);
        // A preference from another version may have another form; the fallback's form is what the caller can use.
        const isAlike = typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback);
        return fallback === null || fallback === undefined || isAlike ? (value as T) : fallback;
      } catch {
        return fallback;
      }
    },
    set(key, value) {
      const text = JSON.stringify(value);
      if (home === null) values.set(key, text);
      else {
        try {
          home.storage.setItem(PREFIX + key, text);
        } catch {
          // A full disk must not stop work for the width of a rail; the default comes back at the next start.
        }
      }
      tell(key);
    },
    observe(key, listener) {
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set);
      set.add(listener);
      return () => set.delete(listener);
    },
  };
}

export function windowPreferenceHome(): PreferenceHome | null {
  if (typeof window === 'undefined' || typeof localStorage === 'undefined') return null;
  return {
    storage: localStorage,
    listen: (listener) => window.addEventListener('storage', (event) => listener(event.key)),
  };
}
