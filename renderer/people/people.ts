import type { SessionState } from '../../shared/ipc/channels/people';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { PersonId } from '../../shared/schema/ids';
import type { Person } from '../../shared/schema/person';
import type { Jobs } from '../app/jobs';
import type { Navigation } from '../app/navigation';
import { createObservable, type Observable } from '../app/observable';
import type { Bridge } from '../bridge/bridge';
import type { Editor } from '../editor/editor';
import type { Persistence } from '../persistence/ports';

/** Who is at the app, as the main process says; and the ways in and out. */
export interface People {
  readonly state: Observable<SessionState>;
  /** Everyone of this installation, retired people included; empty where there are no profiles. */
  readonly list: Observable<readonly Person[]>;
  /** Whether the app waits for a passphrase: nothing but the sign-in screen may act. */
  isShut(): boolean;
  /** What was being edited is saved first, under the name of who edited it. */
  signIn(personId: PersonId, passphrase: string): Promise<Result<null>>;
  /** Refused while work runs or something is half drawn; saves first. */
  signOut(): Promise<Result<null>>;
  lock(): Promise<Result<null>>;
}

export function createPeople(
  outside: { readonly bridge: Bridge; readonly persistence: Persistence; readonly editor: Editor },
  parts: { readonly jobs: Jobs; readonly navigation: Navigation },
  first: SessionState,
): People {
  const { bridge, persistence, editor } = outside;
  const { jobs, navigation } = parts;
  const state = createObservable<SessionState>(first);
  const list = createObservable<readonly Person[]>([]);

  const readList = async () => {
    const read = await bridge.invoke('people.list', {});
    // Main answers this from memory; a failure is in its log, and the list stays as it was.
    if (read.ok) list.set(read.value);
  };

  /** Writes under a name wait for `settled`; a lock leaves the session, so that what is being saved still is. */
  const hand = (next: SessionState) => {
    if (next.session !== null) persistence.setSession(next.session);
    if (next.kind !== 'signedOut') return;
    void editor.settled().then(() => {
      if (state.get().kind === 'signedOut') persistence.setSession(null);
    });
  };
  hand(first);
  if (first.kind !== 'open') void readList();
  bridge.subscribe('people.sessionChanged', (next) => {
    state.set(next);
    hand(next);
    void readList();
  });

  return {
    state,
    list,
    isShut() {
      const { kind } = state.get();
      return kind === 'signedOut' || kind === 'locked';
    },

    async signIn(personId, passphrase) {
      const settled = await editor.settled();
      if (!settled.ok) return settled;
      const signedIn = await bridge.invoke('people.signIn', { personId, passphrase });
      return signedIn.ok ? ok(null) : signedIn;
    },

    async signOut() {
      const running = jobs.list.get().find((job) => job.state.kind === 'running');
      if (running !== undefined) return err(workGoesOn(running.title));
      // The start page has nothing of anybody in it, and the screen that is left may say that it must not be.
      navigation.go({ screen: 'start' });
      if (navigation.route.get().screen !== 'start') return err(halfDone());
      const settled = await editor.settled();
      if (!settled.ok) return settled;
      return bridge.invoke('people.signOut', {});
    },

    lock: () => bridge.invoke('people.lock', {}),
  };
}

function workGoesOn(title: string): AppError {
  return appError(
    'people.not-permitted',
    `“${title}” is running in your name. Wait for it or cancel it, then sign out; locking lets it run on.`,
  );
}

function halfDone(): AppError {
  return appError('people.not-permitted', 'Something is half done on this screen. Finish or drop it first.');
}
