import { type Deed, permit } from '../../shared/people/permissions';
import { appError } from '../../shared/result/app-error';
import type { Actor, IdSource, PersonId, Timestamp } from '../../shared/schema/ids';
import type { PersonRef, Session } from '../../shared/schema/person';
import type { GroundmarkDatabase } from './database';
import { Refusal } from './database-error';
import type { Notifier } from './notifier';
import type { PageCache } from './page-cache';

/** What every repository works with; made once by `openPersistence`. */
export interface PersistenceContext {
  readonly db: GroundmarkDatabase;
  readonly notifier: Notifier;
  readonly pages: PageCache;
  readonly newId: IdSource;
  readonly now: () => Timestamp;
  readonly actor: () => Actor;
  /** Who works; null while nobody is signed in although there are profiles. */
  readonly session: () => Session | null;
}

/** Throws a refusal when who works may not do this: the one place where the window's writes ask the table. */
export function demand(context: Pick<PersistenceContext, 'session'>, deed: Deed): Session {
  const session = context.session();
  if (session === null) {
    throw new Refusal(
      appError(
        'people.not-permitted',
        'Nobody is signed in. Sign in, then repeat this; nothing was changed.',
        {
          deed,
        },
      ),
    );
  }
  const permitted = permit(session, deed);
  if (!permitted.ok) throw new Refusal(permitted.error);
  return session;
}

/** What every line of the journal says about who did it. */
export function signature(context: Pick<PersistenceContext, 'session' | 'actor'>): {
  readonly actor: Actor;
  readonly personId?: PersonId;
} {
  const session = context.session();
  const actor = session?.name ?? context.actor();
  return session?.personId == null ? { actor } : { actor, personId: session.personId };
}

export function personOf(session: Session): PersonRef {
  return { id: session.personId, name: session.name };
}
