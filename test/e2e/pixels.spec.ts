import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { loadVips } from '../../electron/media/vips';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, labelPage } from '../harness/label-page';

const SIZE = { width: 640, height: 480 };
const WIDE = { width: 8400, height: 600 };
const SHOTS = path.resolve('build/e2e-shots');

/** A bright disc of radius 120 in the middle of a dark picture, with bits of a 12-bit camera in the deep one. */
const isInDisc = (x: number, y: number) => Math.hypot(x + 0.5 - 320, y + 0.5 - 240) < 120;

async function writePictures(folder: string): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const vips = await loadVips();
  const shallow = new Uint8Array(SIZE.width * SIZE.height * 3);
  const deep = new Uint16Array(SIZE.width * SIZE.height);
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++) {
      const at = y * SIZE.width + x;
      shallow.set(isInDisc(x, y) ? [200, 160, 60] : [40, 50, 60], at * 3);
      deep[at] = isInDisc(x, y) ? 3000 + (x % 7) : 600;
    }
  }
  fs.writeFileSync(
    path.join(folder, '0-shallow.png'),
    vips.Image.newFromMemory(shallow, SIZE.width, SIZE.height, 3, vips.BandFormat.uchar)
      .copy({ interpretation: 'srgb' })
      .writeToBuffer('.png'),
  );
  // Wider than what is shown whole; its finest level alone has stripes of 3 px.
  const wide = new Uint8Array(WIDE.width * WIDE.height);
  for (let at = 0; at < wide.length; at++) wide[at] = Math.floor((at % WIDE.width) / 3) % 2 === 0 ? 250 : 20;
  fs.writeFileSync(
    path.join(folder, '2-wide.png'),
    vips.Image.newFromMemory(wide, WIDE.width, WIDE.height, 1, vips.BandFormat.uchar)
      .copy({ interpretation: 'b-w' })
      .writeToBuffer('.png'),
  );
  fs.writeFileSync(
    path.join(folder, '1-deep.png'),
    vips.Image.newFromMemory(deep, SIZE.width, SIZE.height, 1, vips.BandFormat.ushort)
      .copy({ interpretation: 'grey16' })
      .writeToBuffer('.png'),
  );
}

test.describe
  .serial('pixels of the picture', () => {
    let launched: LaunchedApp;
    let label: LabelPage;

    test.beforeAll(async () => {
      const folder = path.join(temporaryFolder('pixels'), 'pictures');
      await writePictures(folder);
      fs.mkdirSync(SHOTS, { recursive: true });
      launched = await launchApp();
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      label = await createProject(launched, { name: 'Pixels', folder, images: 3 });
    });

    test.afterAll(async () => {
      await launched.close();
    });

    /** What the picture layer shows at a place in image px. */
    async function shownAt(x: number, y: number): Promise<readonly number[]> {
      const place = await label.at(x, y);
      const view = await label.canvas.boundingBox();
      if (view === null) throw new Error('the canvas is not on screen');
      return label.canvas.evaluate(
        (element, { left, top }) => {
          const layer = element.querySelector('canvas');
          const ratio = window.devicePixelRatio;
          const data = layer?.getContext('2d')?.getImageData(left * ratio, top * ratio, 1, 1).data ?? [];
          return [...data].slice(0, 3);
        },
        { left: place.x - view.x, top: place.y - view.y },
      );
    }

    test('the values of the pixel under the pointer are read out', async () => {
      await label.press('F8');
      const middle = await label.at(320, 240);
      await launched.page.mouse.move(middle.x, middle.y);
      await expect(launched.page.getByTestId('pixel-readout')).toHaveText('R 200  G 160  B 60');
    });

    test('the wand makes a mask of the disc', async () => {
      await label.press('Shift+W');
      await label.click([320, 240]);
      await expect(label.objects.getByRole('option')).toHaveCount(1);
      expect((await label.described())[0]).toContain('240 × 240 at 200, 120');
    });

    test('the brush paints into it, and the eraser takes away', async () => {
      await label.press('b');
      await label.drag([440, 240], [500, 240]);
      await launched.page.screenshot({ path: path.join(SHOTS, 'pixels-brush.png') });
      await expect(label.objects.getByRole('option')).toHaveCount(1);
      expect((await label.described())[0]).toMatch(/31\d × 240 at 200, 120/);
      await label.press('x');
      await label.drag([490, 240], [560, 240]);
      expect((await label.described())[0]).toMatch(/2[78]\d × 240 at 200, 120/);
    });

    test('the scissors follow the edge of the disc', async () => {
      await label.press('Escape', 'i');
      for (const place of [
        [320, 121],
        [439, 240],
        [320, 359],
        [201, 240],
      ] as const) {
        // A hand is quicker than the worker; the ways follow.
        await label.click(place);
      }
      await label.press('c');
      await expect(label.objects.getByRole('option')).toHaveCount(2);
      await launched.page.screenshot({ path: path.join(SHOTS, 'pixels-scissors.png') });
      const text = (await label.described())[0] ?? '';
      const [, points = 0, x = 0, y = 0] = (/(\d+) points, at ([\d.]+), ([\d.]+)/.exec(text) ?? []).map(
        Number,
      );
      expect(points).toBeGreaterThan(20);
      expect(Math.abs(x - 200)).toBeLessThanOrEqual(2);
      expect(Math.abs(y - 120)).toBeLessThanOrEqual(2);
    });

    test('the display panel works by keys, and changes what is shown and nothing else', async () => {
      await label.press('Escape', 'v', 'Shift+A');
      const panel = launched.page.getByRole('region', { name: 'Display' });
      await expect(panel.getByRole('slider', { name: 'Brightness' })).toBeFocused();
      expect(await shownAt(30, 30)).toEqual([40, 50, 60]);
      await panel.getByRole('switch', { name: 'Invert' }).press('Space');
      await expect.poll(() => shownAt(30, 30)).toEqual([215, 205, 195]);
      await panel.getByRole('switch', { name: 'Invert' }).press('Space');
      await panel.getByRole('switch', { name: 'Equalise' }).press('Space');
      await panel.getByRole('switch', { name: 'Grid' }).press('Space');
      await panel.getByRole('switch', { name: 'Minimap' }).press('Space');
      await expect.poll(() => shownAt(30, 30)).not.toEqual([40, 50, 60]);
      await launched.page.screenshot({ path: path.join(SHOTS, 'pixels-panel-dark.png') });
      await launched.page.evaluate(() => {
        document.documentElement.dataset.mantineColorScheme = 'light';
      });
      await launched.page.screenshot({ path: path.join(SHOTS, 'pixels-panel-light.png') });
      await launched.page.evaluate(() => {
        document.documentElement.dataset.mantineColorScheme = 'dark';
      });
      await panel.getByRole('button', { name: 'Reset all' }).click();
      await expect.poll(() => shownAt(30, 30)).toEqual([40, 50, 60]);
      await panel.getByRole('slider', { name: 'Brightness' }).focus();
      await label.press('Escape');
      await expect(panel).toBeHidden();
      await expect(label.canvas).toBeFocused();
    });

    test('a 16-bit picture is shown in the window that fits it, and reads out its own values', async () => {
      await label.press('F8', 'd');
      await expect(label.images.getByRole('option', { selected: true })).toContainText('1-deep');
      await expect.poll(() => shownAt(30, 30)).toEqual([0, 0, 0]);
      await expect.poll(async () => (await shownAt(320, 240))[0]).toBeGreaterThanOrEqual(254);
      const middle = await label.at(320.5, 240.5);
      await launched.page.mouse.move(middle.x, middle.y);
      await expect(launched.page.getByTestId('pixel-readout')).toHaveText(/^Grey 300[0-6]$/);
      await label.press('Shift+A');
      await expect(launched.page.getByRole('slider', { name: 'White at' })).toBeVisible();
      await launched.page.getByRole('slider', { name: 'White at' }).focus();
      await label.press('End');
      await expect.poll(async () => (await shownAt(320, 240))[0]).toBeLessThan(20);
      await launched.page.screenshot({ path: path.join(SHOTS, 'pixels-deep.png') });
    });

    test('of a picture shown from tiles the tools see every pixel, not the overview', async () => {
      await label.press('Escape', 'd');
      await expect(label.images.getByRole('option', { selected: true })).toContainText('2-wide');
      const wide = labelPage(launched.page, WIDE);
      const middle = await wide.at(4200.5, 300.5);
      await launched.page.mouse.move(middle.x, middle.y);
      await expect(launched.page.getByTestId('pixel-readout')).toHaveText(
        /^R (250|20) {2}G (250|20) {2}B (250|20)$/,
      );
      await label.press('Shift+W');
      await launched.page.mouse.click(middle.x, middle.y);
      await expect(wide.objects.getByRole('option')).toHaveCount(1);
      expect((await wide.described())[0]).toMatch(/ 3 × 600 at /);
      await label.press('a');
      await expect(label.images.getByRole('option', { selected: true })).toContainText('1-deep');
    });

    test('settings are as they were after a restart', async () => {
      await launched.page.waitForTimeout(600);
      const { home, profile } = launched;
      await launched.close();
      launched = await launchApp({ home, profile });
      label = labelPage(launched.page);
      await expect(launched.page.getByTestId('pixel-readout')).toBeAttached();
      await expect.poll(async () => (await shownAt(320, 240))[0]).toBeLessThan(20);
    });
  });
