import { createObservable, type Observable } from './observable';

export type ToastTone = 'neutral' | 'success' | 'error';

export interface ToastInput {
  /** What happened; for a failure: what, where, and how to mend it. */
  readonly message: string;
  readonly tone?: ToastTone;
  readonly action?: { readonly label: string; readonly run: () => void | Promise<void> };
  /** How long it stays, in ms. Left out: 8 s with an action, 5 s without; errors stay until closed. */
  readonly staysForMs?: number;
}

export interface Toast extends ToastInput {
  readonly id: number;
}

export interface Toasts {
  readonly shown: Observable<readonly Toast[]>;
  /** Shows a toast and returns the way to close it early. */
  show(toast: ToastInput): () => void;
  close(id: number): void;
  /** Takes all away: what is offered in them was offered to somebody who has left. */
  clear(): void;
}

/** More than this at once hides the work; the oldest go first. */
const MOST_TOASTS = 4;

function lifetimeInMs(toast: ToastInput): number | null {
  if (toast.staysForMs !== undefined) return toast.staysForMs;
  if (toast.tone === 'error') return null;
  return toast.action === undefined ? 5_000 : 8_000;
}

export function createToasts(
  schedule: (run: () => void, ms: number) => void = (run, ms) => setTimeout(run, ms),
): Toasts {
  const shown = createObservable<readonly Toast[]>([]);
  let nextId = 1;
  const close = (id: number) => shown.update((toasts) => toasts.filter((toast) => toast.id !== id));
  return {
    shown,
    close,
    clear: () => shown.set([]),
    show(input) {
      const toast: Toast = { ...input, id: nextId++ };
      // Said again it is news again, but not twice on screen.
      shown.update((toasts) =>
        [...toasts.filter(({ message }) => message !== input.message), toast].slice(-MOST_TOASTS),
      );
      const lifetime = lifetimeInMs(input);
      if (lifetime !== null) schedule(() => close(toast.id), lifetime);
      return () => close(toast.id);
    },
  };
}
