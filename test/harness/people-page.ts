import { expect, type Page } from '@playwright/test';
import type { PersonId } from '../../shared/schema/ids';
import type { Role } from '../../shared/schema/person';
import { callMain } from './bridge-calls';

export interface TestPerson {
  readonly name: string;
  readonly role: Role;
  readonly passphrase: string;
}

/** Profiles as the window handles them. */
export interface PeoplePage {
  /**
   * Makes a profile through the window's bridge, as the settings do. The first one is admin and signed in by it; later
   * ones need an admin who is signed in.
   */
  createPerson(person: TestPerson): Promise<PersonId>;
  /** By the sign-in screen, which must be on screen: after a start, a sign-out or a lock. */
  signIn(person: Pick<TestPerson, 'name' | 'passphrase'>): Promise<void>;
  /** By the menu of whoever is signed in; ends when the sign-in screen is there. */
  signOut(): Promise<void>;
  /** By the same menu; ends when the app is covered. */
  lock(): Promise<void>;
}

export function peoplePage(page: Page): PeoplePage {
  const screen = page.getByRole('dialog', { name: 'Sign in' });
  const choose = async (item: RegExp) => {
    await page.getByRole('button', { name: /^Signed in as/ }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  return {
    async createPerson(person) {
      const made = await callMain(page, 'people.create', person);
      if (!made.ok) throw new Error(made.error.message);
      return made.value.id;
    },
    async signIn({ name, passphrase }) {
      await screen.getByRole('radio', { name, exact: true }).check();
      await screen.getByLabel('Passphrase').fill(passphrase);
      await screen.getByRole('button', { name: /^(Sign in|Unlock)$/ }).click();
      // scrypt is meant to take its time, the more so on a computer that is busy.
      await expect(screen).toBeHidden({ timeout: 30_000 });
    },
    async signOut() {
      await choose(/^Sign out/);
      await expect(screen).toBeVisible();
    },
    async lock() {
      await choose(/^Lock/);
      await expect(screen).toBeVisible();
    },
  };
}
