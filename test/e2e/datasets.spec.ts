import fs from 'node:fs';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LabelledBox, writeCocoFolder } from '../harness/coco-folder';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { answerFolderDialog, answerSaveDialog } from '../harness/shell';

const PICTURES = 12;
/** Two cars on every picture, and a bus on every third. */
const BOXES: LabelledBox[] = Array.from({ length: PICTURES }, (_, picture) => [
  { picture, category: 'car', box: [10, 20, 100, 50] } as const,
  { picture, category: 'car', box: [200, 50, 30.5, 80.25] } as const,
  ...(picture % 3 === 0 ? [{ picture, category: 'bus', box: [5, 300, 300, 100] } as const] : []),
]).flat();

test.describe
  .serial('datasets', () => {
    let launched: LaunchedApp;
    let page: Page;
    const root = temporaryFolder('datasets');
    const panel = () => page.getByRole('form', { name: 'Publish a version' });
    const versions = () => page.getByRole('list', { name: 'Versions, newest first' }).getByRole('listitem');
    const go = (name: string) =>
      page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click();

    test.beforeAll(async () => {
      const folder = path.join(root, 'street');
      writeCocoFolder(folder, PICTURES, BOXES);
      launched = await launchApp();
      page = launched.page;
      await page.setViewportSize({ width: 1280, height: 800 });
      await answerFolderDialog(launched.app, folder);
      await page.getByRole('button', { name: 'New project' }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('Versions');
      await page.getByRole('button', { name: 'Create and add a folder…' }).click();
      await page.getByRole('button', { name: `Import ${BOXES.length} annotations` }).click();
      await expect(
        page.getByText(`Imported ${BOXES.length} annotations in ${PICTURES} images.`).first(),
      ).toBeVisible();
      await go('Datasets');
    });
    test.afterAll(() => launched.close());

    test('the form shows the counts that publishing would give, and refuses shares that do not add up', async () => {
      const table = panel().getByRole('table');
      await expect(table.getByRole('row', { name: /^Images/ })).toContainText(String(PICTURES));
      await expect(table.getByRole('row', { name: /^Annotations/ })).toContainText(String(BOXES.length));
      await expect(table.getByRole('row', { name: /^bus/ })).toContainText('4');
      await expect(page.getByText('No versions yet')).toBeVisible();
      expect(await accessibilityViolations(page)).toEqual([]);
      await panel().getByLabel('Train, %').fill('50');
      await expect(panel().getByText('The shares add up to 70 %, not 100 %.')).toBeVisible();
      await expect(panel().getByRole('button', { name: 'Publish' })).toBeDisabled();
      await panel().getByLabel('Train, %').fill('80');
    });

    test('publishes by keyboard and lists the version; the same content again makes no second one', async () => {
      await panel().getByLabel('Message').fill('First boxes');
      await panel().getByRole('button', { name: 'Publish' }).focus();
      await page.keyboard.press('Enter');
      await expect(versions()).toHaveCount(1, { timeout: 30_000 });
      await expect(versions().first()).toContainText('First boxes');
      await expect(versions().first()).toContainText(`${PICTURES} images · ${BOXES.length} annotations`);
      expect(await accessibilityViolations(page)).toEqual([]);
      await panel().getByRole('button', { name: 'Publish' }).click();
      await expect(page.getByText(/Nothing changed since the last version/).first()).toBeVisible({
        timeout: 30_000,
      });
      await expect(versions()).toHaveCount(1);
    });

    test('a version after a change says what changed', async () => {
      await go('Schema');
      await page.getByRole('option', { name: /^bus/ }).click();
      await page.getByRole('combobox', { name: 'Merge bus into' }).click();
      await page.getByRole('option', { name: 'truck', exact: true }).click();
      await page.getByRole('button', { name: 'Merge', exact: true }).click();
      await go('Datasets');
      await panel().getByLabel('Message').fill('Buses count as trucks');
      await panel().getByRole('button', { name: 'Publish' }).click();
      await expect(versions()).toHaveCount(2, { timeout: 30_000 });
      await page.getByRole('tab', { name: 'Compare' }).click();
      const totals = page.getByRole('table', { name: 'Totals of the changes' });
      await expect(totals.getByRole('row', { name: 'Annotations relabelled' })).toContainText('4');
      await expect(totals.getByRole('row', { name: 'Annotations added' })).toContainText('0');
      await page.getByText(/^First \d+ changes$/).click();
      await expect(page.getByText(/relabelled/).last()).toBeVisible();
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath('compare.png') });
    });

    for (const format of ['COCO', 'YOLO']) {
      test(`exports ${format}, reads it back and reports`, async () => {
        const destination = path.join(root, `export ${format}`);
        fs.mkdirSync(destination);
        await answerFolderDialog(launched.app, destination);
        await page.getByRole('tab', { name: 'Export' }).click();
        await page.getByRole('combobox', { name: 'Format', exact: true }).click();
        await page
          .getByRole('option', { name: new RegExp(format) })
          .first()
          .click();
        const outlook = page.getByRole('table', { name: 'What this export keeps' });
        await expect(outlook.getByRole('row', { name: /^Bounding box/ })).toContainText(
          `${BOXES.length}${format === 'COCO' ? 'kept, exactly' : 'rounded, within'}`,
        );
        await page.getByRole('button', { name: 'Export…' }).click();
        const report = page.getByRole('region', { name: 'Export report' });
        await expect(report).toBeVisible({ timeout: 30_000 });
        await expect(report.getByRole('row', { name: /Annotations matched/ })).toContainText(
          `${BOXES.length} of ${BOXES.length}`,
        );
        await expect(report.getByRole('row', { name: /^Missing/ })).toContainText('0');
        await expect(report.getByRole('row', { name: /^Overlap of areas/ })).toContainText(
          /(100|99\.99) %, /,
        );
        expect(fs.readdirSync(destination).length).toBeGreaterThan(0);
        expect(await accessibilityViolations(page)).toEqual([]);
        if (format === 'YOLO') {
          // One line an object: each category's own group of categories has no place in YOLO.
          await report.getByRole('button', { name: /^Supercategories not written/ }).click();
          const times = await report
            .getByRole('button', { name: /^Supercategories not written/ })
            .textContent();
          await expect(report.getByRole('heading', { name: /^What was dropped/ })).toContainText(
            /\d+$/.exec(times ?? '')?.[0] ?? 'a number',
          );
        }
        const saved = path.join(root, `report ${format}.json`);
        await answerSaveDialog(launched.app, saved);
        await report.getByRole('button', { name: 'Save as JSON…' }).click();
        await expect(page.getByText(/^The report is in/).first()).toBeVisible();
        expect(JSON.parse(fs.readFileSync(saved, 'utf8'))).toMatchObject({
          formatId: format.toLowerCase(),
          readBack: { matched: BOXES.length, extra: 0 },
        });
        await page.screenshot({ path: test.info().outputPath(`export-${format}.png`) });
      });
    }

    test('backs up and restores beside the project that is there', async () => {
      await page.keyboard.press('Control+,');
      await page.getByRole('button', { name: 'Back up now' }).click();
      const rows = page.getByRole('table', { name: 'Backups, newest first' }).getByRole('row');
      await expect(rows).toHaveCount(2, { timeout: 30_000 });
      await expect(rows.nth(1)).toContainText('Versions');
      expect(await accessibilityViolations(page)).toEqual([]);
      await rows
        .nth(1)
        .getByRole('button', { name: /^Restore/ })
        .click();
      await expect(page.getByText(/Restored as “/).first()).toBeVisible({ timeout: 30_000 });
      await go('Projects');
      await expect(page.getByRole('list', { name: 'Projects' }).getByRole('listitem')).toHaveCount(2);
    });
  });
