import path from 'node:path';
import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, writePictures } from '../harness/label-page';

/** Fingers as Chromium hears them from a touch screen. */
test.describe
  .serial('touch', () => {
    let launched: LaunchedApp;
    let page: Page;
    let label: LabelPage;
    let devtools: CDPSession;

    interface Finger {
      readonly x: number;
      readonly y: number;
      readonly radiusX?: number;
      readonly radiusY?: number;
    }
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...fingers: readonly Finger[]) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: fingers.map((finger, id) => ({ radiusX: 12, radiusY: 12, ...finger, id })),
      });
    const zoom = async () =>
      Number.parseFloat((await page.getByTestId('zoom').textContent())?.replace('%', '') ?? '');

    test.beforeAll(async () => {
      const folder = path.join(temporaryFolder('pictures'), 'street');
      writePictures(folder, 1);
      launched = await launchApp();
      page = launched.page;
      await page.setViewportSize({ width: 1280, height: 800 });
      label = await createProject(launched, { name: 'Touch', folder, images: 1 });
      devtools = await page.context().newCDPSession(page);
      await label.press('r');
    });
    test.afterAll(() => launched.close());

    test('one finger draws a box', async () => {
      const [from, to] = [await label.at(100, 100), await label.at(200, 180)];
      await touch('touchStart', from);
      await touch('touchMove', to);
      await touch('touchEnd');
      await expect(label.objects.getByRole('option')).toHaveCount(1);
    });

    test('a second finger gives up what the first began, and the two zoom', async () => {
      const before = await zoom();
      const [a, b] = [await label.at(250, 240), await label.at(350, 240)];
      await touch('touchStart', a);
      await touch('touchMove', { x: a.x + 10, y: a.y + 10 });
      await touch('touchStart', { x: a.x + 10, y: a.y + 10 }, b);
      await touch('touchMove', { x: a.x - 100, y: a.y }, { x: b.x + 100, y: b.y });
      await touch('touchEnd');
      expect(await zoom()).toBeGreaterThan(before * 1.5);
      await expect(label.objects.getByRole('option')).toHaveCount(1);
    });

    test('a palm draws nothing', async () => {
      const [from, to] = [await label.at(400, 100), await label.at(500, 180)];
      await touch('touchStart', { ...from, radiusX: 50, radiusY: 60 });
      await touch('touchMove', { ...to, radiusX: 50, radiusY: 60 });
      await touch('touchEnd');
      await expect(label.objects.getByRole('option')).toHaveCount(1);
    });
  });
