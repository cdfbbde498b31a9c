import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { type AttemptCounter, openAttemptCounter } from '../../../../electron/people/attempts';
import { type Installation, type KeyRing, openInstallation } from '../../../../electron/people/installation';
import { openPeopleStore, type PeopleStore } from '../../../../electron/people/people-store';

/** The least that a profile file may hold: the tests' passphrases are not worth half a second each. */
const QUICK = { N: 2 ** 14, r: 8, p: 1 } as const;

export interface Opened {
  readonly people: PeopleStore;
  readonly installation: Installation;
  readonly attempts: AttemptCounter;
  readonly damaged: readonly string[];
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

/** A profile folder, to be opened as often as the app would be started; `clock.now` is the time in ms. */
export function profileFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-people-'));
  folders.push(folder);
  const file = (name: string) => path.join(folder, name);
  const clock = { now: Date.UTC(2026, 0, 1) };
  return {
    folder,
    clock,
    file,
    read: (name: string) => JSON.parse(fs.readFileSync(file(name), 'utf8')),
    write: (name: string, value: unknown) => fs.writeFileSync(file(name), JSON.stringify(value)),
    async open(keyRing: KeyRing | null = null): Promise<Opened> {
      const damaged: string[] = [];
      const installation = await openInstallation(file('installation.json'), {
        keyRing,
        onDamaged: (keptAs) => damaged.push(keptAs),
      });
      const attempts = await openAttemptCounter(file('people-attempts.json'), () => clock.now);
      const people = await openPeopleStore({
        file: file('people.json'),
        installation,
        attempts,
        cost: QUICK,
      });
      return { people, installation, attempts, damaged };
    },
  };
}

export const ADA = { name: 'Ada', role: 'admin', passphrase: 'correct horse battery' } as const;
export const BEN = { name: 'Ben', role: 'labeller', passphrase: 'staple of paper' } as const;

/** The value of a result that must be there. */
export function got<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.value;
}
