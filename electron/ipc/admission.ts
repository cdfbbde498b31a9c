import type { SessionState } from '../../shared/ipc/channels/people';
import type { ChannelName } from '../../shared/ipc/contract';
import { type Deed, permit } from '../../shared/people/permissions';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Session } from '../../shared/schema/person';

/**
 * Answered while nobody is signed in or the person is away: coming back, the log, closing, and backups being written,
 * because work that is stored already must not miss its copy. Everything else waits for a passphrase.
 */
const ANSWERED_WHILE_LOCKED: ReadonlySet<ChannelName> = new Set([
  'people.session',
  'people.list',
  'people.signIn',
  'people.signOut',
  'app.info',
  'app.readyToClose',
  'log.write',
  'log.reveal',
  'menu.set',
  'backup.begin',
  'backup.append',
  'backup.finish',
]);

/**
 * Answered besides while the person is away: the next steps of what they began, which would otherwise stop half way.
 * Each names a job that only somebody who was signed in can have begun.
 */
const CONTINUED_WHILE_LOCKED: ReadonlySet<ChannelName> = new Set([
  'scan.acknowledge',
  'labels.acknowledge',
  'lake.publishAppend',
  'lake.publishFinish',
  'bundle.append',
  'bundle.finish',
  'bundle.read',
  'bundle.unpackPictures',
  'bundle.close',
  'thumbnail.put',
]);

/** Whether whoever is at the app may ask this channel; asked before anything else is looked at. */
export type Admit = (channel: ChannelName, deed: Deed | undefined) => Result<null>;

/** @param ownerName the name of everybody where there are no profiles. */
export function createAdmission(state: () => SessionState, ownerName: string): Admit {
  return (channel, deed) => {
    const now = state();
    const { kind, session } = now;
    const isContinued = kind === 'locked' && CONTINUED_WHILE_LOCKED.has(channel);
    if (isShut(now) && !isContinued && !ANSWERED_WHILE_LOCKED.has(channel)) {
      return err(
        appError(
          'people.not-permitted',
          kind === 'locked'
            ? `${session?.name ?? 'The person'} is away and the app is locked. Unlock it first.`
            : 'Nobody is signed in. Sign in first.',
          { reason: kind },
        ),
      );
    }
    return deed === undefined ? ok(null) : permit(sessionOf(now, ownerName), deed);
  };
}

/** Whether the app waits for a passphrase. */
export function isShut({ kind }: SessionState): boolean {
  return kind === 'signedOut' || kind === 'locked';
}

/** Who is asked about where a session is needed: the owner where there are no profiles. */
export function sessionOf({ kind, session }: SessionState, ownerName: string): Session {
  if (session !== null) return session;
  return { personId: null, name: ownerName, role: kind === 'open' ? 'admin' : 'labeller' };
}
