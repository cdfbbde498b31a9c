import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, writePictures } from '../harness/label-page';

/** One app for the whole way; each test goes on where the one before stopped. */
test.describe
  .serial('keys of one’s own', () => {
    let launched: LaunchedApp;
    let page: Page;
    let label: LabelPage;

    const goTo = (screen: 'Label' | 'Settings') =>
      page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: screen }).click();
    const choosePreset = async (name: string) => {
      await page.getByLabel('Keys as in').click();
      await page.getByRole('option', { name }).click();
    };
    const shownImage = () => label.images.getByRole('option', { selected: true }).textContent();
    const row = (id: string) => page.locator(`[data-command="${id}"]`);

    test.beforeAll(async () => {
      const folder = path.join(temporaryFolder('pictures'), 'street');
      writePictures(folder, 3);
      launched = await launchApp();
      page = launched.page;
      await page.setViewportSize({ width: 1280, height: 800 });
      label = await createProject(launched, { name: 'Streets', folder, images: 3 });
    });
    test.afterAll(() => launched.close());

    test('with CVAT’s keys F goes on, D goes back and N draws', async () => {
      await goTo('Settings');
      await choosePreset('CVAT');
      await goTo('Label');
      await expect(label.canvas).toBeVisible();
      const first = await shownImage();
      await label.press('f');
      await expect.poll(shownImage).not.toBe(first);
      await label.press('d');
      await expect.poll(shownImage).toBe(first);
      await label.press('n');
      await label.drag([100, 100], [220, 180]);
      await expect(label.objects.getByRole('option')).toHaveCount(1);
    });

    test('tooltips and help show the keys in force', async () => {
      await expect(page.getByRole('button', { name: 'Next image' })).toHaveAttribute(
        'aria-keyshortcuts',
        'F',
      );
    });

    test('a key that is taken says whose it is before anything is saved', async () => {
      await goTo('Settings');
      await page.getByRole('button', { name: 'Add a key to “Box tool”' }).click();
      await page.keyboard.press('f');
      await expect(row('tool.box').getByRole('alert')).toHaveText(
        /F is the key of “Next image”, which would lose it/,
      );
      await page.getByRole('button', { name: 'Keep as it is' }).click();
      await expect(row('image.next')).toContainText('F');

      await page.getByRole('button', { name: 'Add a key to “Box tool”' }).click();
      await page.keyboard.press('f');
      await page.getByRole('button', { name: 'Take it over' }).click();
      await expect(row('tool.box')).toContainText('F');
      await expect(row('image.next').getByRole('button', { name: /^Take F / })).toHaveCount(0);
    });

    test('keys of the tools are refused with the reason', async () => {
      await page.getByRole('button', { name: 'Add a key to “Box tool”' }).click();
      await page.keyboard.press('Enter');
      await expect(row('tool.box').getByRole('alert')).toContainText('belong to the drawing tools');
      await page.getByRole('button', { name: 'Keep as it is' }).click();
    });

    test('the whole section passes axe', async () => {
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.screenshot({ path: 'build/e2e-shots/keymaps.png' });
    });

    test('keys go out to a file and come back in; a damaged file is refused', async () => {
      const file = path.join(temporaryFolder('keys'), 'keys.json');
      await launched.app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
      }, file);
      await page.getByRole('button', { name: 'Export keys…' }).click();
      await expect(page.getByText('Keys are in “keys.json”.')).toBeVisible();
      const written = JSON.parse(fs.readFileSync(file, 'utf8'));
      expect(written).toEqual({
        format: 'groundmark.keymap',
        version: 1,
        preset: 'cvat',
        keys: { 'tool.box': ['N', 'F'] },
      });

      await page.getByRole('button', { name: /^Reset/ }).click();
      await expect(row('image.next')).toContainText('F');
      await page.getByRole('button', { name: 'Import keys…' }).click();
      await expect(page.getByText('Keys of “keys.json” are in force.')).toBeVisible();
      await expect(row('tool.box')).toContainText('F');

      fs.writeFileSync(file, '{"format":"groundmark.keymap","version":1}');
      await page.getByRole('button', { name: 'Import keys…' }).click();
      await expect(page.getByText(/“keys.json”: This file is no keymap: preset/)).toBeVisible();
      await expect(row('tool.box')).toContainText('F');
    });

    test('they are kept over a restart', async () => {
      // Preferences reach the disk a moment after they were set.
      await page.waitForTimeout(1000);
      await launched.close();
      launched = await launchApp({ home: launched.home, profile: launched.profile });
      page = launched.page;
      await goTo('Settings');
      await expect(page.getByLabel('Keys as in')).toHaveValue('CVAT');
      await expect(row('tool.box')).toContainText('F');
    });
  });
