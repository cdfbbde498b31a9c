import type { SessionState, Signer } from '../../shared/ipc/channels/people';
import { permit } from '../../shared/people/permissions';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { PersonId } from '../../shared/schema/ids';
import type { Person, Session } from '../../shared/schema/person';
import type { ChannelHandlers, Emit } from '../ipc/answer-call';
import type { Log } from '../log/log-file';
import type { IdleLock } from './idle-lock';
import type { Installation } from './installation';
import type { PeopleStore } from './people-store';
import type { SessionKeeper } from './session-keeper';
import { isSignatureValid, signHash } from './signatures';

type PeopleChannelName = Extract<keyof ChannelHandlers, `people.${string}`>;

export interface PeopleServices {
  readonly people: PeopleStore;
  readonly keeper: SessionKeeper;
  readonly installation: Installation;
  readonly idleLock: IdleLock;
  /** Who works, the owner included; for permissions that depend on what is asked. */
  readonly session: () => Session;
  readonly log: Log;
  readonly emit: Emit;
}

/** Main's side of people. Roles are checked by the router before a handler runs; what was done goes to the log. */
export function createPeopleChannels(services: PeopleServices): Pick<ChannelHandlers, PeopleChannelName> {
  const { people, keeper, installation, idleLock, session, log, emit } = services;

  keeper.subscribe((state: SessionState) => {
    if (state.kind === 'signedIn') idleLock.start();
    else idleLock.stop();
    emit('people.sessionChanged', state);
  });

  const note = (what: string, person: Pick<Person, 'id' | 'name'>) =>
    log.write('info', what, { by: session().name, person: person.name, personId: person.id });

  async function changed(change: Promise<Result<Person>>, what: string): Promise<Result<Person>> {
    const result = await change;
    if (!result.ok) return result;
    note(what, result.value);
    keeper.refresh(result.value);
    // Others see the list anew, also when it is not themselves who changed.
    emit('people.sessionChanged', keeper.state());
    return result;
  }

  const signedIn = (): Result<PersonId> => {
    const id = keeper.personId();
    return id !== null && keeper.signingKey() !== null ? ok(id) : err(nobodySignedIn());
  };

  return {
    'people.list': async () => ok([...people.list()]),
    'people.session': async () => ok(keeper.state()),

    'people.create': async (input) => {
      const isFirst = !people.hasProfiles();
      const created = await people.create(input);
      if (!created.ok) return created;
      const { person, privateKey } = created.value;
      note('A profile was made.', person);
      if (isFirst) keeper.begin(person, privateKey);
      else emit('people.sessionChanged', keeper.state());
      return ok(person);
    },

    'people.signIn': async ({ personId, passphrase }) => {
      const proven = await people.authenticate(personId, passphrase);
      if (!proven.ok) return proven;
      const { person, privateKey } = proven.value;
      keeper.begin(person, privateKey);
      note('Somebody signed in.', person);
      return ok({ personId: person.id, name: person.name, role: person.role });
    },

    'people.signOut': async () => {
      const { session: leaving } = keeper.state();
      keeper.end();
      if (leaving !== null) log.write('info', 'Somebody signed out.', { by: leaving.name });
      return ok(null);
    },

    'people.lock': async () => {
      keeper.lock();
      return ok(null);
    },

    'people.setRole': ({ personId, role }) =>
      changed(people.setRole(personId, role), `A role was changed to ${role}.`),
    'people.rename': ({ personId, name }) => changed(people.rename(personId, name), 'A profile was renamed.'),
    'people.retire': ({ personId, isRetired }) =>
      changed(
        people.setRetired(personId, isRetired),
        isRetired ? 'A profile was retired.' : 'A retired profile was taken back.',
      ),

    'people.changePassphrase': async ({ current, next }) => {
      const id = signedIn();
      return id.ok ? people.changePassphrase(id.value, current, next) : id;
    },

    'people.resetPassphrase': async ({ personId, passphrase }) => {
      const reset = await people.resetPassphrase(personId, passphrase);
      if (!reset.ok) return reset;
      note('A passphrase was reset, with a new key.', reset.value);
      // Their session holds a key that is no longer theirs.
      if (keeper.personId() === personId) keeper.end();
      else emit('people.sessionChanged', keeper.state());
      return reset;
    },

    'people.setIdleLock': async ({ minutes }) => {
      idleLock.setMinutes(minutes);
      return ok(null);
    },

    'people.used': async () => {
      idleLock.used();
      return ok(null);
    },

    'people.sign': async ({ purpose, hash }) => {
      if (purpose === 'audit') {
        const permitted = permit(session(), 'audit.export');
        return permitted.ok ? installation.sign(purpose, hash) : permitted;
      }
      if (!people.hasProfiles()) return installation.sign(purpose, hash);
      const key = keeper.signingKey();
      const person = people.list().find(({ id }) => id === keeper.personId());
      if (key === null || person === undefined) return err(nobodySignedIn());
      return ok({ signature: signHash(key, purpose, hash), publicKey: person.publicKey });
    },

    'people.ownKey': async () => {
      if (!people.hasProfiles()) return installation.ensureKey();
      const person = people.list().find(({ id }) => id === keeper.personId());
      return person === undefined ? err(nobodySignedIn()) : ok(person.publicKey);
    },

    'people.verify': async (signed) => {
      const isValid = isSignatureValid(signed);
      const person = people.findByKey(signed.publicKey);
      const isOurs = signed.publicKey === installation.publicKey();
      const signer: Signer = {
        kind: person !== null ? 'person' : isOurs ? 'installation' : 'unknown',
        personId: person?.id ?? null,
        name: person?.name ?? null,
      };
      return ok({ isValid, signer });
    },
  };
}

function nobodySignedIn(): AppError {
  return appError('people.not-permitted', 'Nobody is signed in. Sign in first.');
}
