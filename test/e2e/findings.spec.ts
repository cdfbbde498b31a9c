import path from 'node:path';
import { expect, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, writePictures } from '../harness/label-page';
import type { TestBox } from '../harness/pages/quality';
import { newestManifest } from '../harness/published-manifest';

const SHOTS = 'build/e2e-shots';

/** Labels of the road scene template by place: 0 is car, 1 truck. Pictures of 640 × 480 px. */
const CAR: TestBox = [0, 40, 40, 100, 80];
const TRUCK: TestBox = [1, 440, 240, 120, 100];

/** What is wrong with each image is known. */
const IMAGES: readonly (readonly TestBox[])[] = [
  [CAR, TRUCK],
  // The same car twice.
  [CAR, CAR, TRUCK],
  [CAR, CAR],
  // 60 px of 100 are right of the picture.
  [[0, 600, 40, 100, 80], TRUCK],
  // A slip of one px.
  [CAR, [0, 300, 300, 1, 40]],
  // A sliver of 400 : 10.
  [[1, 100, 200, 400, 10]],
  // 90 of 100 px of width in common: IoU 0.9, one label.
  [CAR, [0, 40, 40, 90, 80]],
];

test.describe
  .serial('findings of a project', () => {
    let launched: LaunchedApp;
    let label: LabelPage;
    const folder = path.join(temporaryFolder('pictures'), 'street');
    const rule = (name: string) =>
      launched.page
        .getByRole('navigation', { name: 'Rules' })
        .getByRole('button')
        .filter({ has: launched.page.getByText(name, { exact: true }) });
    const rows = () => launched.page.getByRole('listbox', { name: 'Findings' }).getByRole('option');
    const shots = async (name: string) => {
      for (const scheme of ['dark', 'light'] as const) {
        await launched.page.evaluate((value) => {
          document.documentElement.dataset.mantineColorScheme = value;
        }, scheme);
        await launched.page.waitForTimeout(200);
        await launched.page.screenshot({ path: `${SHOTS}/findings-${name}-${scheme}.png` });
        expect(await accessibilityViolations(launched.page)).toEqual([]);
      }
      await launched.page.evaluate(() => {
        document.documentElement.dataset.mantineColorScheme = 'dark';
      });
    };
    const showFindings = async () => {
      await launched.page.keyboard.press('Alt+q');
      await launched.page.getByRole('tab', { name: 'Findings', exact: true }).click();
      await expect(launched.page.getByText(/checked\./)).toBeVisible();
    };

    test.beforeAll(async () => {
      writePictures(folder, IMAGES.length);
      launched = await launchApp();
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      label = await createProject(launched, { name: 'Streets', folder, images: IMAGES.length });
      const { page } = launched;
      await page.goto('app://bundle/test/quality.html');
      await page.waitForSelector('html[data-ready]', { state: 'attached' });
      await page.evaluate(
        (images) => window.qualityPage.seedCompared(images.map((labels) => ({ truth: [], labels }))),
        IMAGES,
      );
      await page.goto('app://bundle/index.html');
    });
    test.afterAll(() => launched.close());

    test('every seeded fault is listed under its rule, and nothing else is an error or a warning', async () => {
      const { page } = launched;
      await showFindings();
      await expect(rule('Same object twice')).toContainText('2');
      await expect(rule('Shape leaves the picture')).toContainText('1');
      await expect(rule('Shape is tiny')).toContainText('1');
      // The slip of 1 × 40 px is a sliver, too.
      await expect(rule('Shape is a sliver')).toContainText('2');
      await expect(rule('Probably the same object twice')).toContainText('1');
      // Two labels, each in fewer than 29 images.
      await expect(rule('Label has few examples')).toContainText('2');
      await expect(rule('All findings')).toContainText('9');
      await expect(rows()).toHaveCount(9);
      await expect(page.getByText('7 pictures were not looked at yet')).toBeVisible();
      await shots('all');
    });

    test('a rule is set as its parameters say, and what it found follows', async () => {
      const { page } = launched;
      await rule('Shape is a sliver').click();
      const form = page.getByRole('region', { name: 'Settings of Shape is a sliver' });
      await shots('rule');
      // 400 : 10 is 40, 40 : 1 as well.
      await form.getByRole('textbox', { name: 'Most, long to short side' }).fill('50');
      await expect(rule('Shape is a sliver')).toContainText('0');
      await form.getByRole('button', { name: 'Back to the defaults' }).click();
      await expect(rule('Shape is a sliver')).toContainText('2');
    });

    test('all of a rule are mended as one change, and one undo brings them back', async () => {
      const { page } = launched;
      await rule('Same object twice').click();
      await expect(rows()).toHaveCount(2);
      await page.getByRole('button', { name: 'Delete the upper one, all 2' }).click();
      await expect(page.getByText('2 objects in 2 images changed.').first()).toBeVisible();
      await expect(rule('Same object twice')).toContainText('0');
      await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click();
      await expect(rule('Same object twice')).toContainText('2');
    });

    test('a finding is waived with a reason, is listed as waived, and comes back', async () => {
      const { page } = launched;
      await rule('Shape is tiny').click();
      await expect(rows()).toHaveCount(1);
      await page.getByRole('button', { name: 'Waive…' }).click();
      await page.getByRole('textbox', { name: 'Why it is right as it is' }).fill('A pole far away');
      await shots('waive');
      await page.getByRole('button', { name: 'Waive', exact: true }).click();
      await expect(rule('Shape is tiny')).toContainText('0');
      await page.getByText('Waived', { exact: true }).click();
      await expect(page.getByText('Waived: A pole far away')).toBeVisible();
      await page.getByRole('button', { name: 'Take the waiver back' }).click();
      await page.getByText('Open', { exact: true }).first().click();
      await expect(rule('Shape is tiny')).toContainText('1');
    });

    test('Enter opens the image with the object selected; a mend there is known here', async () => {
      const { page } = launched;
      await rule('Shape leaves the picture').click();
      await expect(rows()).toHaveCount(1);
      await page.getByRole('listbox', { name: 'Findings' }).focus();
      await page.keyboard.press('Enter');
      await expect(label.images.getByRole('option', { selected: true })).toContainText('003.png');
      await expect(label.objects.getByRole('option', { selected: true })).toHaveCount(1);
      await page.keyboard.press('Delete');
      await expect(label.objects.getByRole('option')).toHaveCount(1);
      await showFindings();
      await expect(rule('Shape leaves the picture')).toContainText('0');
    });

    test('a finding is waived beside the picture, and Undo takes the waiver back', async () => {
      const { page } = launched;
      await rule('Shape is tiny').click();
      await page.getByRole('listbox', { name: 'Findings' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: /^Findings/ }).click();
      const panel = page.getByRole('list', { name: 'Findings' }).getByRole('listitem');
      const tiny = panel.filter({ hasText: 'Shape is tiny' });
      await expect(tiny).toHaveCount(1);
      await tiny.getByRole('button', { name: 'Waive…' }).click();
      await tiny.getByRole('textbox', { name: 'Why it is right as it is' }).fill('A pole far away');
      await page.screenshot({ path: `${SHOTS}/findings-waive-beside.png` });
      await tiny.getByRole('button', { name: 'Waive', exact: true }).click();
      await expect(tiny).toHaveCount(0);
      const notices = page.getByRole('region', { name: 'Notifications' });
      await expect(notices.getByText('The finding is waived.').last()).toBeVisible();
      await notices.getByRole('button', { name: 'Undo' }).last().click();
      await expect(tiny).toHaveCount(1);
    });

    test('errors hold up publishing until somebody says why', async () => {
      const { page } = launched;
      await page.getByRole('button', { name: 'Datasets' }).click();
      const form = page.getByRole('form', { name: 'Publish a version' });
      await expect(form.getByText('The rules found 2 errors')).toBeVisible();
      await expect(form.getByRole('button', { name: 'Publish', exact: true })).toBeDisabled();
      await form.getByRole('button', { name: 'Show findings' }).click();
      await expect(page.getByRole('tab', { name: 'Findings', exact: true, selected: true })).toBeVisible();
      await page.getByRole('button', { name: 'Datasets' }).click();
      await form.getByRole('textbox', { name: 'Publish anyway, because' }).fill('A mirror shows them twice');
      await shots('gate');
      await form.getByRole('button', { name: 'Publish', exact: true }).click();
      await expect(page.getByText(/Version [0-9a-f]{8} is published/).first()).toBeVisible();
      expect(newestManifest(launched.home)).toMatchObject({
        review: { gate: { reason: 'A mirror shows them twice' }, agreement: null },
      });
    });

    test('pictures are looked at once, and look-alikes are known then', async () => {
      const { page } = launched;
      await showFindings();
      await page.getByRole('button', { name: 'Look for look-alikes' }).click();
      // All pictures are of one grey: nothing by which they could be told apart, so nothing is said of them.
      await expect(page.getByText('7 pictures were looked at.').first()).toBeVisible();
      await expect(page.getByText('were not looked at yet')).toHaveCount(0);
      await expect(rule('Look-alikes in different splits')).toContainText('0');
    });
  });
