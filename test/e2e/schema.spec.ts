import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';

test.describe
  .serial('the label schema editor', () => {
    let launched: LaunchedApp;
    let page: Page;
    const rows = () => page.getByRole('listbox', { name: /^Labels/ }).getByRole('option');
    const names = () => rows().evaluateAll((all) => all.map((row) => row.children[1]?.textContent));
    const detail = (name: string) => page.getByRole('region', { name: `Label ${name}`, exact: true });

    test.beforeAll(async () => {
      launched = await launchApp();
      page = launched.page;
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('button', { name: 'New project' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Schema');
      await page.getByRole('button', { name: 'Create without images' }).click();
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Schema' }).click();
      await expect(rows().first()).toBeVisible();
    });
    test.afterAll(() => launched.close());

    test('shows the template and passes axe in both themes', async () => {
      await expect(rows()).toHaveCount(11);
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.evaluate(() => {
        document.documentElement.dataset.mantineColorScheme = 'light';
      });
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.evaluate(() => {
        document.documentElement.dataset.mantineColorScheme = 'dark';
      });
    });

    test('adds a label under the next class number and refuses a name that is taken', async () => {
      const field = page.getByLabel('Name of a new label');
      await field.fill('Car');
      await page.keyboard.press('Enter');
      await expect(page.getByText('There is already a label named “car”.')).toBeVisible();
      await field.fill('tram');
      await page.keyboard.press('Enter');
      await expect(rows()).toHaveCount(12);
      await expect(detail('tram')).toContainText('Class number 11');
    });

    test('renames, undoes and does it again; the class number stays', async () => {
      const name = detail('tram').getByLabel('Name', { exact: true });
      await name.fill('streetcar');
      await page.keyboard.press('Enter');
      await expect(detail('streetcar')).toContainText('formerly tram');
      await expect(detail('streetcar')).toContainText('Class number 11');
      await page.getByRole('listbox', { name: /^Labels/ }).focus();
      await page.keyboard.press('Control+z');
      await expect(detail('tram')).toBeVisible();
      await page.keyboard.press('Control+Shift+z');
      await expect(detail('streetcar')).toBeVisible();
    });

    test('says beside the field which label has a key', async () => {
      const key = detail('streetcar').getByLabel('Key');
      await key.fill('1');
      await page.keyboard.press('Enter');
      await expect(detail('streetcar').getByText(/“1” already selects “car”/)).toBeVisible();
      await key.fill('t');
      await page.keyboard.press('Enter');
      await expect(rows().last()).toContainText('T');
    });

    test('recolours from the palette and warns about a colour that is easily confused', async () => {
      await detail('streetcar')
        .getByRole('button', { name: /^Colour/ })
        .click();
      await page.getByRole('button', { name: '#ff3c00, in use' }).click();
      await expect(detail('streetcar')).toContainText('Hard to tell from “truck”');
      await expect(detail('streetcar').getByRole('button', { name: /^Colour #ff3c00/ })).toBeVisible();
    });

    test('adds a list attribute with a default, and refuses options that repeat', async () => {
      await detail('streetcar').getByRole('button', { name: 'Add attribute' }).click();
      await page.getByRole('menuitem', { name: 'List' }).click();
      const options = page.getByLabel('Options, one a line');
      await options.fill('short\nlong\nShort');
      await options.blur();
      await expect(page.getByText('Each option can stand in the list once.').first()).toBeVisible();
      await options.fill('short\nlong');
      await options.blur();
      await expect(detail('streetcar').getByText('List: short, long')).toBeVisible();
      await page.getByRole('combobox', { name: 'Default' }).click();
      await page.getByRole('option', { name: 'long', exact: true }).click();
      await expect(page.getByRole('combobox', { name: 'Default' })).toHaveValue('long');
    });

    test('moves a label by Alt and arrow, and only the order changes', async () => {
      await rows().nth(1).click();
      await page.keyboard.press('Alt+ArrowUp');
      await expect.poll(names).toEqual(expect.arrayContaining(['truck', 'car']));
      await expect.poll(async () => (await names()).slice(0, 2)).toEqual(['truck', 'car']);
      await expect(detail('truck')).toContainText('Class number 1 ');
    });

    test('merges and retires; both stay in the list of those out of use and come back', async () => {
      await rows().filter({ hasText: 'streetcar' }).click();
      await page.getByRole('combobox', { name: 'Merge streetcar into' }).click();
      await page.getByRole('option', { name: 'train', exact: true }).click();
      await page.getByRole('button', { name: 'Merge', exact: true }).click();
      await expect(rows()).toHaveCount(11);
      await expect(detail('train')).toBeVisible();
      await page.getByRole('button', { name: 'Retire' }).click();
      await expect(rows()).toHaveCount(10);
      await page.getByRole('switch', { name: 'Retired and merged (2)' }).check();
      await expect(rows()).toHaveCount(12);
      await rows().filter({ hasText: 'streetcar' }).click();
      await page.getByRole('button', { name: 'Restore' }).click();
      await expect(detail('streetcar').getByRole('button', { name: 'Retire' })).toBeVisible();
    });

    test('goes out to JSON and comes back in; a damaged file is refused naming the place', async () => {
      const file = path.join(temporaryFolder('schema'), 'labels.json');
      await launched.app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
      }, file);
      await page.getByRole('button', { name: 'Export…' }).click();
      await expect(page.getByText('Wrote labels.json.')).toBeVisible();
      const written = JSON.parse(fs.readFileSync(file, 'utf8'));
      expect(written.format).toBe('groundmark-label-schema');
      const names = written.schema.labels.map((label: { name: string }) => label.name);
      expect(names).toContain('streetcar');

      const car = written.schema.labels.find((label: { name: string }) => label.name === 'car');
      car.color = 'blue';
      fs.writeFileSync(file, JSON.stringify(written));
      await page.getByRole('button', { name: 'Import…' }).click();
      await expect(page.getByRole('alert')).toContainText(/schema\.labels\[\d+\]\.color/);

      car.color = '#123456';
      car.name = 'automobile';
      fs.writeFileSync(file, JSON.stringify(written));
      await page.getByRole('button', { name: 'Import…' }).click();
      await expect(rows().filter({ hasText: 'automobile' })).toBeVisible();
      await page.getByRole('listbox', { name: /^Labels/ }).focus();
      await page.keyboard.press('Control+z');
      await expect(rows().filter({ hasText: 'automobile' })).toHaveCount(0);
    });

    test('keeps what was done, and the way back, across a restart', async () => {
      const { home, profile } = launched;
      await launched.close();
      launched = await launchApp({ home, profile });
      page = launched.page;
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Schema' }).click();
      await expect(rows().filter({ hasText: 'streetcar' })).toBeVisible();
      await page.getByRole('listbox', { name: /^Labels/ }).focus();
      await page.keyboard.press('Control+z');
      await expect(page.getByText(/Undone: Restore streetcar/)).toBeVisible();
    });
  });
