import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, writePictures } from '../harness/label-page';

const IMAGES = 3;

const goToProjects = (page: Page) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Projects' }).click();

test.describe
  .serial('the start page', () => {
    let launched: LaunchedApp;
    let page: Page;

    test.beforeAll(async () => {
      launched = await launchApp();
      page = launched.page;
      await page.setViewportSize({ width: 1280, height: 800 });
    });
    test.afterAll(() => launched.close());

    test('welcomes with three steps and one primary action, in both themes', async () => {
      const welcome = page.getByRole('region', { name: 'Welcome' });
      await expect(welcome.getByRole('listitem')).toHaveCount(3);
      await expect(welcome.getByRole('button', { name: 'Open the sample project' })).toBeVisible();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.keyboard.press('Control+,');
      await page.getByText('Light', { exact: true }).click();
      await goToProjects(page);
      await expect(welcome).toBeVisible();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.keyboard.press('Control+,');
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.getByText('Dark', { exact: true }).click();
      await goToProjects(page);
    });

    test('a new project needs a name and says so beside the field', async () => {
      await page.getByRole('button', { name: 'New project' }).click();
      const dialog = page.getByRole('dialog', { name: 'New project' });
      await expect(dialog.getByLabel('Name')).toBeFocused();
      await dialog.getByRole('button', { name: 'Create without images' }).click();
      await expect(dialog.getByText('Give the project a name.')).toBeVisible();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    });

    test('is made with a folder, and listed with its counts', async () => {
      const folder = path.join(temporaryFolder('pictures'), 'street');
      writePictures(folder, IMAGES);
      await createProject(launched, { name: 'Streets', folder, images: IMAGES });
      await goToProjects(page);
      const row = page.getByRole('list', { name: 'Projects' }).getByRole('listitem').first();
      await expect(row).toContainText('Streets');
      await expect(row).toContainText(`${IMAGES} images · 0 annotations`);
      await expect(row.getByRole('img', { name: `${IMAGES} to do` })).toBeVisible();
      expect(await accessibilityViolations(page)).toEqual([]);
    });

    test('renames in place with F2, goes back on Escape, and undoes with Ctrl+Z', async () => {
      const open = page.getByRole('button', { name: /^Streets/ });
      await open.focus();
      await page.keyboard.press('F2');
      await page.keyboard.type('Something else');
      await page.keyboard.press('Escape');
      await expect(open).toBeVisible();
      await open.focus();
      await page.keyboard.press('F2');
      await page.keyboard.type('City streets');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: /^City streets/ })).toBeVisible();
      await page.keyboard.press('Control+z');
      await expect(open).toBeVisible();
    });

    test('archives and takes out of the archive', async () => {
      await page.getByRole('button', { name: 'More for Streets' }).click();
      await page.getByRole('menuitem', { name: 'Archive' }).click();
      await expect(page.getByRole('button', { name: /^Streets/ })).toBeHidden();
      await page.getByRole('button', { name: /Archived\s*1/ }).click();
      await page.getByRole('button', { name: 'More for Streets' }).click();
      await page.getByRole('menuitem', { name: 'Take out of the archive' }).click();
      await expect(
        page.getByRole('list', { name: 'Projects' }).getByRole('button', { name: /^Streets/ }),
      ).toBeVisible();
    });

    test('deletes with an Undo that brings everything back', async () => {
      await page.getByRole('button', { name: /^Streets/ }).focus();
      await page.keyboard.press('Delete');
      await expect(page.getByRole('button', { name: /^Streets/ })).toBeHidden();
      await page
        .getByRole('region', { name: 'Notifications' })
        .getByText(/Deleted “Streets”/)
        .locator('..')
        .getByRole('button', { name: 'Undo' })
        .click();
      await expect(page.getByRole('button', { name: /^Streets/ })).toBeVisible();
    });

    test('keeps a deleted project until it is erased, which is asked about', async () => {
      await page.getByRole('button', { name: 'More for Streets' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('button', { name: /Deleted\s*1/ }).click();
      await page.getByRole('button', { name: 'Erase for good…' }).click();
      const question = page.getByRole('dialog');
      await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
      await question.getByRole('button', { name: 'Keep it' }).click();
      await page.getByRole('button', { name: 'Restore' }).click();
      await expect(page.getByRole('button', { name: /^Streets/ })).toBeVisible();
    });

    test('opens the sample: drawn pictures, two thirds of them labelled', async () => {
      test.setTimeout(120_000);
      await page.getByRole('button', { name: 'Open sample project' }).click();
      await expect(page.getByRole('listbox', { name: 'Images' })).toBeVisible({ timeout: 90_000 });
      await goToProjects(page);
      const row = page.getByRole('listitem').filter({ hasText: 'Sample: street scenes' });
      const facts = (await row.textContent()) ?? '';
      const images = Number(/(\d+) images/.exec(facts)?.[1]);
      const todo = Number(/(\d+) to do/.exec(facts)?.[1]);
      expect(images).toBeGreaterThanOrEqual(24);
      expect(todo).toBe(Math.floor(images / 3));
      expect(Number(/(\d+) annotations/.exec(facts)?.[1])).toBeGreaterThan(100);
      // A second time it opens what is there.
      await page.getByRole('button', { name: 'Open sample project' }).click();
      await expect(page.getByRole('listbox', { name: 'Images' })).toBeVisible();
      await goToProjects(page);
      await expect(page.getByRole('listitem').filter({ hasText: 'Sample: street scenes' })).toHaveCount(1);
    });
  });
