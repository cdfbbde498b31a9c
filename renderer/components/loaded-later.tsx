import { type ComponentType, useEffect, useState } from 'react';

/** A component whose code is a chunk of its own. */
export interface LoadedLater {
  /** Begins to load it, e.g. while something else is waited for; ends when it can be shown at once. */
  load(): Promise<void>;
  readonly Component: ComponentType;
}

/**
 * Like React.lazy, without Suspense: React holds back what was suspended for up to 300 ms after it showed a fallback,
 * which was a third of the whole start. Until the code is there nothing is shown; a chunk that cannot be loaded is thrown
 * to the nearest error boundary.
 */
export function loadedLater(importModule: () => Promise<{ readonly default: ComponentType }>): LoadedLater {
  let loaded: ComponentType | null = null;
  let loading: Promise<void> | null = null;

  function load(): Promise<void> {
    loading ??= importModule().then(
      (module) => {
        loaded = module.default;
      },
      (thrown: unknown) => {
        // The next try loads again: a file that was locked may be free by then.
        loading = null;
        throw thrown;
      },
    );
    return loading;
  }

  function Component() {
    const [{ Loaded, error }, setState] = useState<{
      readonly Loaded: ComponentType | null;
      readonly error: unknown;
    }>(() => ({ Loaded: loaded, error: null }));
    useEffect(() => {
      if (Loaded !== null) return;
      load().then(
        () => setState({ Loaded: loaded, error: null }),
        (thrown: unknown) => setState({ Loaded: null, error: thrown }),
      );
    }, [Loaded]);
    if (error !== null) throw error;
    return Loaded === null ? null : <Loaded />;
  }

  return { load, Component };
}
