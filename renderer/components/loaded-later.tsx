import { type ComponentType, useEffect, useState } from 'react';

/** A component whose code is a chunk of its own. */
export interface LoadedLater {
  /** Begins to load it, e.g. while something else is waited for; ends when it can be shown at once. */
  load(): Promise<ComponentType>;
  /** Null until it was loaded. */
  current(): ComponentType | null;
}

export function loadedLater(importModule: () => Promise<{ readonly default: ComponentType }>): LoadedLater {
  let loaded: ComponentType | null = null;
  let loading: Promise<ComponentType> | null = null;
  return {
    current: () => loaded,
    load() {
      loading ??= importModule().then(
        (module) => {
          loaded = module.default;
          return loaded;
        },
        (thrown: unknown) => {
          // The next try loads again: a file that was locked may be free by then.
          loading = null;
          throw thrown;
        },
      );
      return loading;
    },
  };
}

/**
 * Shows such a component; to be keyed by which. Like React.lazy, without Suspense: React holds back what was suspended
 * for up to 300 ms after it showed a fallback, which was a third of the whole start. Until the code is there nothing is
 * shown; a chunk that cannot be loaded is thrown to the nearest error boundary.
 */
export function ShownWhenLoaded({ part }: { readonly part: LoadedLater }) {
  const [{ Loaded, error }, setState] = useState<{
    readonly Loaded: ComponentType | null;
    readonly error: unknown;
  }>(() => ({ Loaded: part.current(), error: null }));
  useEffect(() => {
    if (Loaded !== null) return;
    part.load().then(
      (component) => setState({ Loaded: component, error: null }),
      (thrown: unknown) => setState({ Loaded: null, error: thrown }),
    );
  }, [part, Loaded]);
  if (error !== null) throw error;
  return Loaded === null ? null : <Loaded />;
}
