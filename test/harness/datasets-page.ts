import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator } from '@playwright/test';
import type { LaunchedApp } from './electron-app';
import { answerFolderDialog } from './shell';

/** The datasets screen as a person sees and handles it. */
export interface DatasetsPage {
  readonly versions: Locator;
  open(): Promise<void>;
  /** Publishes with the form as it stands and waits until there are `expected` versions. */
  publish(message: string, expected: number): Promise<void>;
  /** The totals of what the newest version changed, by their words; those that are 0 left out. */
  changes(): Promise<Record<string, number>>;
  /** Exports the newest version; gives the folder that was written and what reading it back found, by its words. */
  exportAs(format: string): Promise<{ readonly folder: string; readonly report: Record<string, string> }>;
}

export function datasetsPage({ app, page }: LaunchedApp, workFolder: string): DatasetsPage {
  const panel = page.getByRole('form', { name: 'Publish a version' });
  const versions = page.getByRole('list', { name: 'Versions, newest first' }).getByRole('listitem');
  return {
    versions,
    open: () =>
      page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Datasets' }).click(),

    async publish(message, expected) {
      await panel.getByLabel('Message').fill(message);
      await panel.getByRole('button', { name: 'Publish' }).click();
      await expect(versions).toHaveCount(expected, { timeout: 30_000 });
      await expect(versions.first()).toContainText(message);
    },

    async changes() {
      await page.getByRole('tab', { name: 'Compare' }).click();
      const table = page.getByRole('table', { name: 'Totals of the changes' });
      await expect(table).toBeVisible();
      const totals = Object.entries(await cellsOf(table)).map(
        ([what, total]) => [what, Number(total)] as const,
      );
      return Object.fromEntries(totals.filter(([, total]) => total !== 0));
    },

    async exportAs(format) {
      const destination = fs.mkdtempSync(path.join(workFolder, `${format}-`));
      await answerFolderDialog(app, destination);
      await page.getByRole('tab', { name: 'Export' }).click();
      await page.getByRole('combobox', { name: 'Format', exact: true }).click();
      await page
        .getByRole('option', { name: new RegExp(format) })
        .first()
        .click();
      await page.getByRole('button', { name: 'Export…' }).click();
      const table = page.getByRole('table', { name: 'Read back' });
      await expect(table).toBeVisible({ timeout: 30_000 });
      // Beside the export there may be the list of what was lost.
      const written = fs.readdirSync(destination).filter((name) => !name.endsWith('.losses.jsonl'));
      expect(written).toHaveLength(1);
      const losses = await page
        .getByRole('list', { name: 'Losses by kind' })
        .getByRole('button')
        .evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.textContent ?? '')));
      return {
        folder: path.join(destination, written[0] ?? ''),
        report: {
          ...(await cellsOf(table)),
          ...Object.fromEntries(losses.map(([what = '', times = '']) => [what, times] as const)),
        },
      };
    },
  };
}

/** The second cell of each row by the first. */
async function cellsOf(table: Locator): Promise<Record<string, string>> {
  const rows = await table
    .getByRole('row')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('th,td')].map((cell) => cell.textContent ?? '')),
    );
  return Object.fromEntries(rows.map(([what = '', value = '']) => [what, value] as const));
}

/** Every file below a folder that ends so, in order. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => path.join(folder, name));
}
