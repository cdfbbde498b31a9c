import { type KeyObject, randomUUID } from 'node:crypto';
import { checkPassphrase } from '../../shared/people/passphrase';
import { type AppError, appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import { PersonId } from '../../shared/schema/ids';
import type { Person, PublicKey, Role } from '../../shared/schema/person';
import type { AttemptCounter } from './attempts';
import type { Installation } from './installation';
import { lockKey, OWASP_COST, type ScryptCost, unlockKey } from './locked-key';
import { openProfiles, type ProfilesProblem } from './open-profiles';
import { hashToSeal, type Profile, writeProfileFile } from './profile-file';
import { createKeyPair } from './signatures';

/** The profiles of this installation: who may sign in, with which passphrase and role. Passphrases are never kept. */
export interface PeopleStore {
  /** What is wrong with the files; in safe mode nothing about people can be changed. */
  readonly problem: ProfilesProblem | null;
  /** Whether there are profiles, or were: in safe mode there may be none left to list, and nobody is the owner. */
  hasProfiles(): boolean;
  list(): readonly Person[];
  /** The person whose key this is or was. */
  findByKey(publicKey: PublicKey): Person | null;
  /** The first one becomes admin. `people.weak-passphrase`, `people.duplicate-name`. */
  create(input: {
    readonly name: string;
    readonly role: Role;
    readonly passphrase: string;
  }): Promise<Result<{ readonly person: Person; readonly privateKey: KeyObject }>>;
  /**
   * The person and their key. `people.locked-out` after too many tries, `people.wrong-passphrase`; `people.unknown` and
   * `people.not-permitted` for who is not there or retired.
   */
  authenticate(
    id: PersonId,
    passphrase: string,
  ): Promise<Result<{ readonly person: Person; readonly privateKey: KeyObject }>>;
  setRole(id: PersonId, role: Role): Promise<Result<Person>>;
  rename(id: PersonId, name: string): Promise<Result<Person>>;
  setRetired(id: PersonId, isRetired: boolean): Promise<Result<Person>>;
  /** Locks the same key with another passphrase. */
  changePassphrase(id: PersonId, current: string, next: string): Promise<Result<null>>;
  /** A new passphrase with a new key: the old one opens with the old passphrase alone. */
  resetPassphrase(id: PersonId, passphrase: string): Promise<Result<Person>>;
}

export async function openPeopleStore(services: {
  /** `people.json` of the profile folder; its copy lies beside it. */
  readonly file: string;
  readonly installation: Installation;
  readonly attempts: AttemptCounter;
  readonly cost?: ScryptCost;
}): Promise<PeopleStore> {
  const { file, installation, attempts, cost = OWASP_COST } = services;
  const opened = await openProfiles(file, installation);
  let { profiles, revision } = opened;

  /** Changes and tries follow one another: what was checked still holds when it is written. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  const refuseInSafeMode = (): AppError | null =>
    opened.problem?.kind === 'safeMode' ? appError('people.not-permitted', opened.problem.message) : null;

  /** File, copy, revision, in this order: a start after a crash in between finds a file that is new enough. */
  async function save(next: readonly Profile[]): Promise<Result<null>> {
    const sealed = { revision: revision + 1, profiles: [...next] };
    const seal = await installation.sign('people', hashToSeal(sealed));
    if (!seal.ok) return seal;
    try {
      await writeProfileFile(file, sealed, seal.value.signature);
      profiles = next;
      revision = sealed.revision;
      await writeProfileFile(`${file}.copy`, sealed, seal.value.signature);
      await installation.setPeopleRevision(revision);
      return ok(null);
    } catch (thrown) {
      const reason = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
      return err(
        appError(
          'file.not-writable',
          'The profiles could not be saved whole. Make room on the disk that holds your user profile and try again.',
          { reason },
        ),
      );
    }
  }

  const find = (id: PersonId): Result<Profile> => {
    const profile = profiles.find(({ person }) => person.id === id);
    return profile === undefined
      ? err(appError('people.unknown', 'There is no such profile on this computer.', { personId: id }))
      : ok(profile);
  };

  async function change(
    id: PersonId,
    makeNext: (profile: Profile) => Promise<Result<Profile>> | Result<Profile>,
  ): Promise<Result<Person>> {
    const refusal = refuseInSafeMode();
    if (refusal !== null) return err(refusal);
    const found = find(id);
    if (!found.ok) return found;
    const next = await makeNext(found.value);
    if (!next.ok) return next;
    const saved = await save(profiles.map((profile) => (profile === found.value ? next.value : profile)));
    return saved.ok ? ok(next.value.person) : saved;
  }

  const changePerson = (id: PersonId, part: Partial<Person>): Promise<Result<Person>> =>
    change(id, (profile) => {
      const next = { ...profile, person: { ...profile.person, ...part } };
      const others = profiles.filter((other) => other !== profile);
      return [...others, next].some(isActiveAdmin)
        ? ok(next)
        : err(
            appError(
              'people.not-permitted',
              `${profile.person.name} is the last admin; without one nobody could change anything about people. Make somebody else admin first.`,
              { personId: id },
            ),
          );
    });

  async function newKey(id: PersonId, passphrase: string) {
    const pair = createKeyPair();
    return { ...pair, locked: await lockKey(pair.privateKey, passphrase, ownerOf(id, pair.publicKey), cost) };
  }

  async function tryPassphrase(profile: Profile, passphrase: string): Promise<Result<KeyObject>> {
    const { person } = profile;
    const allowed = await attempts.begin(person.id);
    if (!allowed.ok) return allowed;
    const key = await unlockKey(profile.key, passphrase, ownerOf(person.id, person.publicKey));
    if (key === null) {
      return err(
        appError('people.wrong-passphrase', `This is not the passphrase of ${person.name}.`, {
          personId: person.id,
        }),
      );
    }
    await attempts.succeeded(person.id);
    return ok(key);
  }

  return {
    problem: opened.problem,
    hasProfiles: () => profiles.length > 0 || opened.problem?.kind === 'safeMode',
    list: () => profiles.map(({ person }) => person),
    findByKey: (publicKey) =>
      profiles.find(
        ({ person, formerKeys }) => person.publicKey === publicKey || formerKeys.includes(publicKey),
      )?.person ?? null,

    create: ({ name, role, passphrase }) =>
      inTurn(async () => {
        const refusal = refuseInSafeMode() ?? refuseName(profiles, name, null);
        if (refusal !== null) return err(refusal);
        const strong = checkPassphrase(passphrase, name);
        if (!strong.ok) return strong;
        const id = PersonId.parse(randomUUID());
        const { publicKey, privateKey, locked } = await newKey(id, passphrase);
        const person: Person = {
          id,
          name: name.trim(),
          role: profiles.length === 0 ? 'admin' : role,
          publicKey,
          createdAt: new Date().toISOString(),
          isRetired: false,
        };
        const saved = await save([...profiles, { person, key: locked, formerKeys: [] }]);
        return saved.ok ? ok({ person, privateKey }) : saved;
      }),

    authenticate: (id, passphrase) =>
      inTurn(async () => {
        const found = find(id);
        if (!found.ok) return found;
        const { person } = found.value;
        if (person.isRetired) {
          return err(
            appError('people.not-permitted', `${person.name} is retired and cannot sign in.`, {
              personId: id,
            }),
          );
        }
        const key = await tryPassphrase(found.value, passphrase);
        if (!key.ok) return key;
        // Without its seal, the file may say anything about anybody's role.
        const isBelieved = opened.problem?.kind !== 'safeMode';
        return ok({
          person: isBelieved ? person : { ...person, role: 'labeller' },
          privateKey: key.value,
        });
      }),

    setRole: (id, role) => inTurn(() => changePerson(id, { role })),
    setRetired: (id, isRetired) => inTurn(() => changePerson(id, { isRetired })),
    rename: (id, name) =>
      inTurn(async () => {
        const refusal = refuseName(profiles, name, id);
        return refusal === null ? changePerson(id, { name: name.trim() }) : err(refusal);
      }),

    changePassphrase: (id, current, next) =>
      inTurn(async () => {
        const changed = await change(id, async (profile) => {
          const { person } = profile;
          const strong = checkPassphrase(next, person.name);
          if (!strong.ok) return strong;
          const key = await tryPassphrase(profile, current);
          if (!key.ok) return key;
          const locked = await lockKey(key.value, next, ownerOf(id, person.publicKey), cost);
          return ok({ ...profile, key: locked });
        });
        return changed.ok ? ok(null) : changed;
      }),

    resetPassphrase: (id, passphrase) =>
      inTurn(async () => {
        const changed = await change(id, async (profile) => {
          const { person, formerKeys } = profile;
          const strong = checkPassphrase(passphrase, person.name);
          if (!strong.ok) return strong;
          const { publicKey, locked } = await newKey(id, passphrase);
          return ok({
            person: { ...person, publicKey },
            key: locked,
            formerKeys: [...formerKeys, person.publicKey],
          });
        });
        if (changed.ok) await attempts.succeeded(id);
        return changed;
      }),
  };
}

/** What a private key is bound to: neither it nor its public half can be given to another profile. */
function ownerOf(id: PersonId, publicKey: PublicKey): string {
  return `${id} ${publicKey}`;
}

function isActiveAdmin({ person }: Profile): boolean {
  return person.role === 'admin' && !person.isRetired;
}

/** Names that look the same are the same, also those of retired people: what they did keeps their name. */
function refuseName(profiles: readonly Profile[], name: string, of: PersonId | null): AppError | null {
  const folded = (text: string) => text.normalize('NFKC').trim().toLowerCase();
  if (folded(name) === '') return appError('people.duplicate-name', 'Give the profile a name.');
  const twin = profiles.find(({ person }) => person.id !== of && folded(person.name) === folded(name));
  if (twin === undefined) return null;
  return appError(
    'people.duplicate-name',
    `There is a profile of this name already${twin.person.isRetired ? ', of somebody who is retired' : ''}. The history tells people apart by their names; take another.`,
  );
}
