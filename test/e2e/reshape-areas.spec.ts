import { expect, test } from '@playwright/test';
import type { LaunchedApp } from '../harness/electron-app';
import type { LabelPage } from '../harness/label-page';
import { storedShapes } from '../harness/stored-shapes';
import { isReal, openStreetPhoto, p, type StreetPhoto, TWO_JOINTS } from '../harness/street-photo';

test.describe
  .serial(
    isReal ? 'areas on a street photo' : 'areas on a plain picture (skipped: no real photos here)',
    () => {
      let launched: LaunchedApp;
      let label: LabelPage;
      let shot: StreetPhoto['shot'];

      const types = () => storedShapes(launched.page).then((shapes) => shapes.map(({ type }) => type).sort());
      const stored = (...expected: readonly string[]) => expect.poll(types).toEqual([...expected]);

      test.beforeAll(async () => {
        ({ launched, label, shot } = await openStreetPhoto(TWO_JOINTS));
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
        await shot('areas-convert');
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
        await shot('areas-subtracted');
        await label.press('Control+z');
        await expect.poll(maskNow).toEqual(before.find(({ type }) => type === 'mask'));
      });
    },
  );
