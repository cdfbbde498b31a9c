import path from 'node:path';
import { powerMonitor, safeStorage } from 'electron';
import type { Log } from '../log/log-file';
import { openAttemptCounter } from './attempts';
import { createIdleLock, type IdleLock } from './idle-lock';
import { type Installation, openInstallation } from './installation';
import { openPeopleStore, type PeopleStore } from './people-store';
import { createSessionKeeper, type SessionKeeper } from './session-keeper';

export interface OpenedPeople {
  readonly people: PeopleStore;
  readonly keeper: SessionKeeper;
  readonly installation: Installation;
  readonly idleLock: IdleLock;
}

/** The system's key ring; asked only when a key is made or opened, since it may ask the person in turn. */
const keyRing = {
  isAvailable: () => safeStorage.isEncryptionAvailable(),
  encrypt: (text: string) => safeStorage.encryptString(text),
  decrypt: (encrypted: Buffer) => safeStorage.decryptString(encrypted),
};

/** Reads who may sign in: four small files of the profile folder, most often none of them there. */
export async function openPeople(profile: string, log: Log): Promise<OpenedPeople> {
  const [installation, attempts] = await Promise.all([
    openInstallation(path.join(profile, 'installation.json'), {
      keyRing,
      onDamaged: (keptAs) =>
        log.write('error', 'The installation’s key file was damaged; it was put aside.', {
          keptAs: path.basename(keptAs),
        }),
    }),
    openAttemptCounter(path.join(profile, 'people-attempts.json')),
  ]);
  const people = await openPeopleStore({ file: path.join(profile, 'people.json'), installation, attempts });
  if (people.problem !== null) log.write('error', people.problem.message, { kind: people.problem.kind });
  const keeper = createSessionKeeper(people);
  return { people, keeper, installation, idleLock: createIdleLock(keeper.lock) };
}

/** Locks with the computer. After the app is ready. */
export function lockWithSystem(keeper: SessionKeeper): void {
  powerMonitor.on('lock-screen', () => keeper.lock());
  powerMonitor.on('suspend', () => keeper.lock());
}
