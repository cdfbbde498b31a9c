import { expect, type Page, test } from '@playwright/test';
import type { Shape } from '../../shared/schema/shapes';
import { type LaunchedApp, launchApp } from '../harness/electron-app';

let launched: LaunchedApp;

test.beforeAll(async () => {
  launched = await launchApp();
});
test.afterAll(() => launched.close());
test.beforeEach(async () => {
  await launched.page.goto('app://bundle/test/canvas.html');
  await launched.page.waitForSelector('html[data-ready]');
});

const shapesOf = (page: Page): Promise<readonly Shape[]> =>
  page.evaluate(() =>
    [...(window.canvasPage.editor.document?.annotations.values() ?? [])].map((a) => a.shape),
  );

/** Sets the camera so that image px and screen px are known to the test without asking the code under test. */
const lookAt = (page: Page, scale: number, offsetX: number, offsetY: number) =>
  page.evaluate((camera) => window.canvasPage.editor.setCamera(camera), { scale, offsetX, offsetY });

const useTool = (page: Page, id: string) =>
  page.evaluate((tool) => window.canvasPage.editor.setTool(tool), id);

async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
  await page.mouse.up();
}

test('a drag draws a box where the pointer went, and it is saved', async () => {
  const { page } = launched;
  await useTool(page, 'box');
  await lookAt(page, 1, 0, 0);
  await drag(page, [100, 120], [260, 200]);
  expect(await shapesOf(page)).toEqual([{ type: 'box', x: 100, y: 120, width: 160, height: 80 }]);
  await expect
    .poll(() => page.evaluate(() => window.canvasPage.editor.session.saveState))
    .toMatchObject({ kind: 'saved', receipt: { count: 1, revision: 1 } });
});

test('two clicks draw a box', async () => {
  const { page } = launched;
  await useTool(page, 'box');
  await lookAt(page, 2, 0, 0);
  await page.mouse.click(300, 320);
  await page.mouse.move(350, 350);
  await page.mouse.click(200, 220);
  expect(await shapesOf(page)).toEqual([{ type: 'box', x: 100, y: 110, width: 50, height: 50 }]);
});

test('a box is drawn, moved and resized with the keyboard alone', async () => {
  const { page } = launched;
  await useTool(page, 'box');
  await page.evaluate(() => {
    window.canvasPage.editor.zoomToFit();
    window.canvasPage.editor.dispatch({ type: 'pointerLeave' });
  });
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => window.canvasPage.editor.session.keyboardCursor)).toEqual({
    x: 640,
    y: 360,
  });
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await shapesOf(page)).toEqual([{ type: 'box', x: 630, y: 359, width: 50, height: 11 }]);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+Shift+ArrowDown');
  expect(await shapesOf(page)).toEqual([{ type: 'box', x: 631, y: 360, width: 50, height: 11 }]);
});

test('a handle resizes and the inside moves', async () => {
  const { page } = launched;
  await useTool(page, 'box');
  await lookAt(page, 1, 0, 0);
  await drag(page, [100, 100], [200, 200]);
  await useTool(page, 'select');
  await drag(page, [200, 200], [240, 260]);
  expect(await shapesOf(page)).toEqual([{ type: 'box', x: 100, y: 100, width: 140, height: 160 }]);
  await drag(page, [150, 150], [160, 140]);
  expect(await shapesOf(page)).toEqual([{ type: 'box', x: 110, y: 90, width: 140, height: 160 }]);
});

test('the wheel zooms and the picture stays under the pointer', async () => {
  const { page } = launched;
  await lookAt(page, 0.5, 100, 50);
  const under = () => page.evaluate(() => window.canvasPage.editor.session.pointer);
  await page.mouse.move(400, 300);
  // (400 - 100) / 0.5 and (300 - 50) / 0.5
  expect(await under()).toEqual({ x: 600, y: 500 });
  await page.mouse.wheel(0, -300);
  await expect
    .poll(() => page.evaluate(() => window.canvasPage.editor.session.camera.scale))
    .toBeGreaterThan(0.8);
  await page.mouse.move(401, 300);
  await page.mouse.move(400, 300);
  const after = await under();
  expect(after?.x).toBeCloseTo(600, 6);
  expect(after?.y).toBeCloseTo(500, 6);
});

test('the middle button and Space pan, also over a half-drawn box', async () => {
  const { page } = launched;
  await useTool(page, 'box');
  await lookAt(page, 1, 0, 0);
  await page.mouse.click(100, 100);
  await page.mouse.move(300, 300);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(330, 340);
  await page.mouse.up({ button: 'middle' });
  await page.keyboard.down(' ');
  await drag(page, [300, 300], [310, 300]);
  await page.keyboard.up(' ');
  expect(await page.evaluate(() => window.canvasPage.editor.session.camera)).toEqual({
    scale: 1,
    offsetX: 40,
    offsetY: 40,
  });
  await page.mouse.click(240, 240);
  expect(await shapesOf(page)).toEqual([{ type: 'box', x: 100, y: 100, width: 100, height: 100 }]);
});

test('the canvas can be reached, is named, and shows its focus', async () => {
  const { page } = launched;
  const canvas = page.getByRole('application', { name: 'Picture and its objects' });
  await expect(canvas).toBeFocused();
});

test('outlines are painted where the boxes are', async () => {
  const { page } = launched;
  await page.evaluate(() => window.canvasPage.addExamples());
  await useTool(page, 'select');
  await page.mouse.click(640, 700);
  const picture = await page.screenshot({ path: test.info().outputPath('canvas.png') });
  expect(picture.byteLength).toBeGreaterThan(10_000);
  await lookAt(page, 1, 0, 0);
  await page.mouse.move(5, 5);
  // The upper edge of the first car's box, 1280 * 0.08 - 2 to the right and 720 * 0.58 - 3 down.
  await expect.poll(() => colourAt(page, 180, 415)).toEqual([0x4e, 0x9a, 0xf1]);
});

/** The colour that the shapes' own layer has at a point: the second canvas on the page. */
function colourAt(page: Page, x: number, y: number): Promise<readonly number[]> {
  return page.evaluate(
    ([left, top]) => {
      const layer = document.querySelectorAll('canvas')[1];
      const ratio = window.devicePixelRatio;
      const data = layer?.getContext('2d')?.getImageData(left * ratio, top * ratio, 1, 1).data ?? [];
      return [...data].slice(0, 3);
    },
    [x, y] as const,
  );
}
