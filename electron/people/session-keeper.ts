import type { KeyObject } from 'node:crypto';
import type { SessionState } from '../../shared/ipc/channels/people';
import type { PersonId } from '../../shared/schema/ids';
import type { Person } from '../../shared/schema/person';

/** Who is at the app. Their private key is here alone, and only while they are signed in and not away. */
export interface SessionKeeper {
  state(): SessionState;
  /** Null while nobody is signed in or the person is away. */
  signingKey(): KeyObject | null;
  /** The person who is signed in or away. */
  personId(): PersonId | null;
  begin(person: Person, privateKey: KeyObject): void;
  lock(): void;
  end(): void;
  /** The store changed a person: whoever is signed in has the new name and role at once, and a retired one is out. */
  refresh(person: Person): void;
  subscribe(listener: (state: SessionState) => void): void;
}

export function createSessionKeeper(people: {
  hasProfiles(): boolean;
  readonly problem: SessionState['problem'];
}): SessionKeeper {
  let current: { readonly person: Person; readonly privateKey: KeyObject | null } | null = null;
  const listeners = new Set<(state: SessionState) => void>();

  const state = (): SessionState => {
    const { problem } = people;
    if (current === null) {
      return { kind: people.hasProfiles() ? 'signedOut' : 'open', session: null, problem };
    }
    const { id, name, role } = current.person;
    return {
      kind: current.privateKey === null ? 'locked' : 'signedIn',
      session: { personId: id, name, role },
      problem,
    };
  };
  const set = (next: typeof current) => {
    current = next;
    for (const listener of listeners) listener(state());
  };
  return {
    state,
    signingKey: () => current?.privateKey ?? null,
    personId: () => current?.person.id ?? null,
    begin: (person, privateKey) => set({ person, privateKey }),
    lock() {
      if (current !== null && current.privateKey !== null) set({ ...current, privateKey: null });
    },
    end() {
      if (current !== null) set(null);
    },
    refresh(person) {
      if (current?.person.id === person.id) set(person.isRetired ? null : { ...current, person });
    },
    subscribe: (listener) => void listeners.add(listener),
  };
}
