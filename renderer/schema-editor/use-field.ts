import { useEffect, useState } from 'react';
import type { AppError } from '../../shared/result/app-error';

/** A text field that is stored when it is left or Enter is pressed, goes back on Escape, and shows why it was refused. */
export interface Field {
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: {
    readonly key: string;
    readonly currentTarget: { blur(): void };
    stopPropagation(): void;
  }) => void;
}

export function useField(
  stored: string,
  save: (value: string) => Promise<AppError | null>,
  isMultiline = false,
): Field {
  const [draft, setDraft] = useState(stored);
  const [error, setError] = useState<string | null>(null);
  // Undo and edits elsewhere change what is stored; what is shown follows.
  useEffect(() => {
    setDraft(stored);
    setError(null);
  }, [stored]);
  return {
    value: draft,
    error,
    onChange(event) {
      setDraft(event.currentTarget.value);
      setError(null);
    },
    onBlur() {
      if (draft === stored) return;
      void save(draft).then((failure) => setError(failure?.message ?? null));
    },
    onKeyDown(event) {
      if (event.key === 'Enter' && !isMultiline) event.currentTarget.blur();
      if (event.key === 'Escape') {
        event.stopPropagation();
        setDraft(stored);
        setError(null);
      }
    },
  };
}
