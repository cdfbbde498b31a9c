import type { SessionState } from '../../shared/ipc/channels/people';
import { isShut } from '../ipc/admission';

type Respond = (request: Request) => Promise<Response>;

/** Requests that wait for an unlock; a window has a few dozen under way at the most. */
const MOST_WAITING = 1000;

/**
 * Gives no picture to anybody while the app waits for a passphrase. While nobody is signed in a request is refused (403).
 * While the person is away it waits: what the window was loading must not look broken when they come back. It is looked
 * at again when somebody signs in, and refused when they sign out instead.
 */
export function guardAssets(
  respond: Respond,
  services: {
    readonly state: () => SessionState;
    /** Hears every change of the state. */
    readonly subscribe: (listener: () => void) => void;
    /** Hears of requests that were refused, for the log. */
    readonly onRefused: (url: string) => void;
  },
): Respond {
  const { state, subscribe, onRefused } = services;
  const waiting = new Set<() => void>();
  subscribe(() => {
    if (state().kind === 'locked') return;
    const woken = [...waiting];
    waiting.clear();
    for (const wake of woken) wake();
  });

  return async (request) => {
    if (state().kind === 'locked' && waiting.size < MOST_WAITING) {
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
      });
    }
    if (!isShut(state())) return respond(request);
    onRefused(request.url);
    return new Response('The app is locked. Sign in first.', {
      status: 403,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    });
  };
}
