import type { Navigation } from '../app/navigation';
import type { Bridge } from '../bridge/bridge';
import type { Persistence } from '../persistence/ports';
import type { People } from './people';

/** How often main hears that the window is used: a lock may come this much early. */
const TELL_EVERY_MS = 10_000;

const INPUT = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/**
 * Tells main after how many idle minutes to lock (what the policy of the project at hand says), and that the window is
 * used. Nothing is told where nobody is signed in.
 */
export function keepIdleLock(
  services: {
    readonly bridge: Bridge;
    readonly persistence: Persistence;
    readonly navigation: Navigation;
    readonly people: People;
  },
  target: EventTarget,
): () => void {
  const { bridge, persistence, navigation, people } = services;
  const isSignedIn = () => people.state.get().kind === 'signedIn';
  const tellMinutes = async () => {
    const { projectId } = navigation.route.get();
    if (projectId === null || !isSignedIn()) return;
    const policy = await persistence.reviews.policy(projectId);
    // A project that cannot be read says so on its screen; main keeps its default meanwhile.
    if (policy.ok) await bridge.invoke('people.setIdleLock', { minutes: policy.value.lockAfterMinutes });
  };

  // Runs on every pointer move: one comparison.
  let toldAt = Number.NEGATIVE_INFINITY;
  const tellUse = ({ timeStamp }: Event) => {
    if (timeStamp - toldAt < TELL_EVERY_MS || !isSignedIn()) return;
    toldAt = timeStamp;
    void bridge.invoke('people.used', {});
  };

  void tellMinutes();
  for (const kind of INPUT) target.addEventListener(kind, tellUse, { capture: true, passive: true });
  const stops = [
    navigation.route.subscribe(() => void tellMinutes()),
    people.state.subscribe(() => void tellMinutes()),
  ];
  return () => {
    for (const kind of INPUT) target.removeEventListener(kind, tellUse, { capture: true });
    for (const stop of stops) stop();
  };
}
