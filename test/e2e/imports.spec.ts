import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { writeCoco, writeCocoFolder } from '../harness/coco-folder';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { answerFolderDialog } from '../harness/shell';

const PICTURES = 4;

test.describe
  .serial('images and labels coming in', () => {
    let launched: LaunchedApp;
    let page: Page;
    const root = temporaryFolder('imports');
    const folder = path.join(root, 'street');
    const images = () => page.getByRole('listbox', { name: 'Images' });
    const preview = () => page.getByRole('dialog', { name: /^Labels found in/ });
    const figure = (term: string) =>
      preview()
        .locator('dl > div')
        .filter({ has: page.getByText(term, { exact: true }) })
        .locator('dd');

    test.beforeAll(async () => {
      writeCocoFolder(folder, PICTURES, [
        { picture: 0, category: 'car', box: [10, 20, 100, 50] },
        { picture: 0, category: 'Person', box: [200, 50, 30, 80] },
        { picture: 1, category: 'zebra', box: [5, 5, 40, 40] },
      ]);
      // Two that cannot become images: cut off after its signature, and empty.
      fs.writeFileSync(
        path.join(folder, 'cut.png'),
        fs.readFileSync(path.join(folder, '000.png')).subarray(0, 60),
      );
      fs.writeFileSync(path.join(folder, 'empty.jpg'), '');
      fs.copyFileSync(path.join(folder, '002.png'), path.join(folder, 'twin.png'));
      launched = await launchApp();
      page = launched.page;
      await page.setViewportSize({ width: 1280, height: 800 });
      await answerFolderDialog(launched.app, folder);
      await page.getByRole('button', { name: 'New project' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Imports');
      await page.getByRole('button', { name: 'Create and add a folder…' }).click();
    });
    test.afterAll(() => launched.close());

    test('labels beside the pictures are found without asking, and the preview counts what would be added', async () => {
      await expect(preview()).toBeVisible({ timeout: 30_000 });
      await expect(preview().getByRole('combobox', { name: 'Read as' })).toHaveValue(/COCO/);
      await expect(figure('Annotations to add')).toHaveText('3');
      // The two pictures that the file lists without boxes were looked at and hold nothing.
      await expect(figure('Confirmed empty')).toHaveText('2');
      await expect(figure('New labels')).toHaveText('1');
      const row = (name: string) => preview().getByRole('row').filter({ hasText: name });
      await expect(row('Person')).toContainText('means the same');
      await expect(row('Person').getByRole('combobox')).toHaveValue('pedestrian');
      await expect(row('zebra')).toContainText('new label');
      await expect(row('zebra').getByRole('textbox', { name: /^Name of the new label/ })).toHaveValue(
        'zebra',
      );
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath('preview.png') });
    });

    test('what a class becomes can be changed, and pictures show what would come in', async () => {
      await preview().getByRole('combobox', { name: 'Label for zebra' }).click();
      await page.getByRole('option', { name: 'Leave out' }).click();
      await expect(figure('Annotations to add')).toHaveText('2');
      await expect(figure('New labels')).toHaveText('0');
      await preview()
        .getByRole('tab', { name: /^What to look at/ })
        .click();
      await expect(preview()).toContainText('1 annotation of classes that are left out.');
      await preview()
        .getByRole('tab', { name: /^Pictures/ })
        .click();
      const pictures = preview().getByRole('region', { name: 'Pictures with the labels to come' });
      await expect(pictures.getByRole('figure')).toHaveCount(2);
      await expect(pictures.getByText('2 objects')).toBeVisible();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath('pictures.png') });
      await preview()
        .getByRole('tab', { name: /^Labels/ })
        .click();
      await preview().getByRole('combobox', { name: 'Label for zebra' }).click();
      await page.getByRole('option', { name: 'New label' }).click();
      await expect(figure('Annotations to add')).toHaveText('3');
    });

    test('importing is one change, and Undo takes all of it back', async () => {
      await preview().getByRole('button', { name: 'Import 3 annotations' }).click();
      await expect(preview()).toBeHidden();
      const toast = page.getByRole('region', { name: 'Notifications' });
      await expect(toast).toContainText('Imported 3 annotations in 4 images.');
      await expect(images().getByRole('option').first()).toBeVisible();
      await toast
        .getByText(/Imported 3/)
        .locator('..')
        .getByRole('button', { name: 'Undo' })
        .click();
      await expect(toast).toContainText('The import was undone.');
    });

    test('files that cannot be images are listed with file and reason', async () => {
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused();
      await page.keyboard.type('files with problems');
      await page.keyboard.press('Enter');
      const drawer = page.getByRole('dialog', { name: 'Files with problems' });
      await expect(drawer.getByText('empty.jpg')).toBeVisible();
      await expect(drawer.getByText('cut.png')).toBeVisible();
      await drawer.getByLabel('Filter by file or reason').fill('0 bytes');
      await expect(drawer.getByText('cut.png')).toBeHidden();
      await expect(drawer.getByText('empty.jpg')).toBeVisible();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(drawer).toBeHidden();
    });

    test('a second import shows conflicts and leaves out what is there already', async () => {
      const labels = path.join(root, 'labels');
      writeCoco(path.join(labels, 'instances.json'), PICTURES, [
        { picture: 0, category: 'car', box: [10, 20, 100, 50] },
        { picture: 0, category: 'car', box: [300, 200, 60, 60] },
      ]);
      await answerFolderDialog(launched.app, labels);
      const importAgain = async () => {
        await page.keyboard.press('Control+Shift+i');
        await expect(preview()).toBeVisible();
      };
      await importAgain();
      await expect(figure('Annotations to add')).toHaveText('2');
      await preview().getByRole('button', { name: 'Import 2 annotations' }).click();
      await expect(preview()).toBeHidden();
      await importAgain();
      await expect(preview()).toContainText('1 image already with annotations');
      await expect(figure('Annotations to add')).toHaveText('0');
      await expect(preview().getByText('There is nothing to import with this choice.')).toBeVisible();
      await preview().getByText('Replace theirs').click();
      await expect(figure('Annotations to add')).toHaveText('2');
      await preview().getByRole('button', { name: 'Do not import' }).click();
      await expect(preview()).toBeHidden();
    });

    test('files that say nothing of themselves are asked about, and read as the person says', async () => {
      const unknown = path.join(root, 'unknown');
      fs.mkdirSync(unknown);
      fs.writeFileSync(path.join(unknown, 'notes.txt'), 'nothing to see here');
      await answerFolderDialog(launched.app, unknown);
      await page.keyboard.press('Control+Shift+i');
      const question = page.getByRole('dialog', { name: /^Labels in unknown/ });
      await expect(question).toContainText('No labels were recognised here.');
      expect(await accessibilityViolations(page)).toEqual([]);
      await expect(question.getByRole('button', { name: 'Read the labels' })).toBeDisabled();
      await question.getByRole('combobox', { name: 'Read as' }).fill('coco');
      await page.getByRole('option', { name: 'COCO', exact: true }).click();
      await question.getByRole('button', { name: 'Read the labels' }).click();
      await expect(preview()).toBeVisible();
      await expect(preview().getByText('There is nothing to import with this choice.')).toBeVisible();
      await preview().getByRole('button', { name: 'Do not import' }).click();
      await expect(preview()).toBeHidden();
    });

    test('a moved folder shows a banner, and locating it brings the pictures back with their labels', async () => {
      const { home, profile } = launched;
      await launched.close();
      const moved = path.join(root, 'somewhere else');
      fs.renameSync(folder, moved);
      launched = await launchApp({ home, profile });
      page = launched.page;
      await page.setViewportSize({ width: 1280, height: 800 });
      const banner = page.getByRole('status').filter({ hasText: 'was moved or is not connected' });
      await expect(banner).toContainText('Labels are safe.');
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath('moved.png') });
      await answerFolderDialog(launched.app, moved);
      await banner.getByRole('button', { name: 'Locate the folder…' }).click();
      await expect(banner).toBeHidden({ timeout: 20_000 });
      await page
        .getByRole('navigation', { name: 'Screens' })
        .getByRole('button', { name: 'Projects' })
        .click();
      await expect(page.getByRole('listitem').filter({ hasText: 'Imports' })).toContainText('2 annotations');
    });

    /** Puts the pictures one folder deeper under a new name, so that no key is as it was. */
    const rearrange = (from: string, to: string) => {
      const deeper = path.join(to, 'camera 1');
      fs.mkdirSync(deeper, { recursive: true });
      for (const name of fs.readdirSync(from, { recursive: true, encoding: 'utf8' })) {
        if (!/\.png$/.test(name)) continue;
        fs.renameSync(path.join(from, name), path.join(deeper, `new ${path.basename(name)}`));
      }
      fs.rmSync(from, { recursive: true });
    };
    const openImports = () => page.getByRole('button', { name: /^Imports/ }).click();
    const facts = () => page.getByRole('listitem').filter({ hasText: 'Imports' });
    const banner = () => page.getByRole('status').filter({ hasText: 'was moved or is not connected' });

    test('locating a folder whose files have other names finds every picture by its content', async () => {
      const before = (await facts().textContent())?.match(/\d+ images/)?.[0];
      const other = path.join(root, 'renamed');
      const { home, profile } = launched;
      await openImports();
      await launched.close();
      rearrange(path.join(root, 'somewhere else'), other);
      launched = await launchApp({ home, profile });
      page = launched.page;
      await page.setViewportSize({ width: 1280, height: 800 });
      await expect(banner()).toBeVisible({ timeout: 20_000 });
      await answerFolderDialog(launched.app, other);
      await banner().getByRole('button', { name: 'Locate the folder…' }).click();
      await expect(banner()).toBeHidden({ timeout: 20_000 });
      await expect(images().getByRole('option', { name: /^new 000\.png/ })).toContainText('2 objects');
      await page.keyboard.press('Alt+1');
      await expect(facts()).toContainText(`${before} · 2 annotations`);
    });

    test('adding the renamed folder as if it were new does the same, and makes no copies', async () => {
      const before = (await facts().textContent())?.match(/\d+ images/)?.[0];
      const other = path.join(root, 'as new');
      rearrange(path.join(root, 'renamed'), other);
      await openImports();
      await expect(images().getByRole('option').first()).toBeVisible();
      await answerFolderDialog(launched.app, other);
      await page.keyboard.press('Control+o');
      await expect(page.getByText(/found again in a new place/).first()).toBeVisible({ timeout: 20_000 });
      await expect(images().getByRole('option', { name: /^new new 000\.png/ })).toContainText('2 objects');
      await expect(banner()).toBeHidden();
      await page.keyboard.press('Alt+1');
      await expect(facts()).toContainText(`${before} · 2 annotations`);
    });
  });
