import { createObservable, type Observable } from '../app/observable';
import type { Preferences } from '../persistence/ports';
import { CopiedObjects } from './copied-objects';

const KEY = 'clipboard.objects';

/** Longest text kept over restarts, in characters; preferences share a few MB. */
const MOST_KEPT = 1_000_000;

/** The objects copied last, in any project and any window. */
export interface Clipboard {
  readonly content: Observable<CopiedObjects | null>;
  /** False when it is too large to be kept over a restart; until then it can be pasted all the same. */
  write(copied: CopiedObjects): boolean;
}

export function createClipboard(preferences: Preferences): Clipboard {
  const content = createObservable(stored(preferences));
  let isWriting = false;
  preferences.observe(KEY, () => {
    if (!isWriting) content.set(stored(preferences));
  });
  return {
    content,
    write(copied) {
      const isKept = JSON.stringify(copied).length <= MOST_KEPT;
      isWriting = true;
      // What cannot be kept must not leave something older behind that a restart would bring back.
      preferences.set(KEY, isKept ? copied : null);
      isWriting = false;
      content.set(copied);
      return isKept;
    },
  };
}

/** Preferences come from disk and from other versions: what does not fit is no clipboard. */
function stored(preferences: Preferences): CopiedObjects | null {
  return CopiedObjects.safeParse(preferences.get<unknown>(KEY, null)).data ?? null;
}
