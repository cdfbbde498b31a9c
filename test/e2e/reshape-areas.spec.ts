import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, labelPage, writePictures } from '../harness/label-page';
import { openUpLabels, storedShapes } from '../harness/stored-shapes';

const root = path.resolve(import.meta.dirname, '../..');
const FRAME = path.resolve(root, '../shared/data/bdd-frames/0ace96c3-48481887.jpg');
const SHOTS = path.join(root, 'build/e2e-shots');
const isReal = fs.existsSync(FRAME);
/** In image px. */
const SIZE = isReal ? { width: 1280, height: 720 } : { width: 640, height: 480 };
const K = SIZE.width / 1280;

test.describe
  .serial(
    isReal ? 'areas on a street photo' : 'areas on a plain picture (skipped: no real photos here)',
    () => {
      let launched: LaunchedApp;
      let label: LabelPage;

      const p = (x: number, y: number) => [x * K, y * K] as const;
      const types = () => storedShapes(launched.page).then((shapes) => shapes.map(({ type }) => type).sort());
      const stored = (...expected: readonly string[]) => expect.poll(types).toEqual([...expected]);

      test.beforeAll(async () => {
        fs.mkdirSync(SHOTS, { recursive: true });
        const folder = path.join(temporaryFolder('pictures'), 'street');
        if (isReal) {
          fs.mkdirSync(folder, { recursive: true });
          fs.copyFileSync(FRAME, path.join(folder, 'street.jpg'));
        } else {
          writePictures(folder, 1);
        }
        launched = await launchApp();
        await launched.page.setViewportSize({ width: 1440, height: 900 });
        await createProject(launched, { name: 'Streets', folder, images: 1 });
        await openUpLabels(launched.page, {
          joints: [
            { name: 'head', x: 0.5, y: 0 },
            { name: 'foot', x: 0.5, y: 1 },
          ],
          edges: [[0, 1]],
        });
        await launched.page.reload();
        label = labelPage(launched.page, SIZE);
        const row = launched.page.getByRole('button', { name: /^Streets/ });
        await expect(row.or(label.canvas).first()).toBeVisible();
        if (await row.isVisible()) await row.click();
        await expect(label.images.getByRole('option', { selected: true })).toBeVisible();
        await expect(label.canvas).toBeVisible();
        await label.canvas.focus();
        await label.press('r');
        await label.drag(p(200, 300), p(400, 420));
        await label.drag(p(330, 360), p(520, 480));
        await label.drag(p(700, 300), p(820, 380));
        await label.press('v', 'Escape');
        await stored('box', 'box', 'box');
      });

      test.afterAll(async () => {
        await launched.close();
      });

      test('two boxes are merged into one polygon, which becomes a mask by keyboard, and what is lost is said', async () => {
        await label.canvas.focus();
        await label.drag(p(150, 250), p(560, 520));
        await label.press('Control+m');
        await stored('box', 'polygon');
        await expect(
          launched.page.getByRole('region', { name: 'Notifications' }).getByText('Merged 2 objects.'),
        ).toBeVisible();
        await label.canvas.focus();
        await label.press('Alt+c');
        const form = launched.page.getByRole('dialog', { name: 'Convert objects' });
        await expect(form.getByRole('option', { name: 'Mask' })).toBeVisible();
        await launched.page.keyboard.press('ArrowUp');
        await expect(form.getByRole('option', { name: 'Mask' })).toHaveAttribute('aria-selected', 'true');
        await expect(form.getByRole('status')).toContainText(
          /what lies between whole pixels|Nothing is lost/,
        );
        await launched.page.screenshot({ path: path.join(SHOTS, 'areas-convert.png') });
        await launched.page.keyboard.press('Enter');
        await stored('box', 'mask');
        await expect(
          launched.page.getByRole('region', { name: 'Notifications' }).getByText(/^Converted to mask\./),
        ).toBeVisible();
      });

      test('a box that was cut out of a mask leaves a hole, and taking it back brings the mask back whole', async () => {
        const before = await storedShapes(launched.page);
        await label.canvas.focus();
        await label.press('r');
        await label.drag(p(230, 330), p(290, 390));
        await label.press('v', 'Escape');
        await stored('box', 'box', 'mask');
        // Its Undo would take back the new box instead.
        await expect(launched.page.getByText(/^Converted to mask\./)).toHaveCount(0);
        await label.click(p(500, 460));
        await launched.page.keyboard.down('Shift');
        await label.click(p(231, 360));
        await launched.page.keyboard.up('Shift');
        await label.press('Control+Alt+m');
        const maskNow = async () => (await storedShapes(launched.page)).find(({ type }) => type === 'mask');
        await expect.poll(maskNow).not.toEqual(before.find(({ type }) => type === 'mask'));
        await launched.page.screenshot({ path: path.join(SHOTS, 'areas-subtracted.png') });
        await label.press('Control+z');
        await expect.poll(maskNow).toEqual(before.find(({ type }) => type === 'mask'));
      });
    },
  );
