import type { Navigation } from '../app/navigation';
import type { Bridge } from '../bridge/bridge';
import type { Persistence } from '../persistence/ports';
import type { People } from './people';

/** Tells main after how many idle minutes to lock: what the policy of the project at hand says. */
export function keepIdleLock(services: {
  readonly bridge: Bridge;
  readonly persistence: Persistence;
  readonly navigation: Navigation;
  readonly people: People;
}): () => void {
  const { bridge, persistence, navigation, people } = services;
  const tell = async () => {
    const { projectId } = navigation.route.get();
    if (projectId === null || people.state.get().kind !== 'signedIn') return;
    const policy = await persistence.reviews.policy(projectId);
    // A project that cannot be read says so on its screen; main keeps its default meanwhile.
    if (policy.ok) await bridge.invoke('people.setIdleLock', { minutes: policy.value.lockAfterMinutes });
  };
  void tell();
  const stops = [navigation.route.subscribe(() => void tell()), people.state.subscribe(() => void tell())];
  return () => {
    for (const stop of stops) stop();
  };
}
