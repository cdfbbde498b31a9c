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

test.describe('each shape is painted where it lies', () => {
  const CAR_COLOUR = [0x4e, 0x9a, 0xf1];

  test.beforeEach(async () => {
    const { page } = launched;
    await useTool(page, 'pan');
    await lookAt(page, 1, 0, 0);
    await page.evaluate(() => {
      window.canvasPage.editor.setDisplay({ areNamesShown: false });
      window.canvasPage.editor.dispatch({ type: 'pointerLeave' });
    });
  });

  const add = (page: Page, shape: Shape) => page.evaluate((one) => window.canvasPage.add(one), shape);

  test('a polygon with a hole: the hole is bare, the inside tinted, outlines in the colour', async () => {
    const { page } = launched;
    const square = (left: number, top: number, side: number) => [
      { x: left, y: top },
      { x: left + side, y: top },
      { x: left + side, y: top + side },
      { x: left, y: top + side },
    ];
    await add(page, {
      type: 'polygon',
      parts: [
        { exterior: square(100, 100, 200), holes: [square(150, 150, 100)] },
        { exterior: square(400, 100, 50), holes: [] },
      ],
    });
    await expect.poll(() => colourAt(page, 200, 100)).toEqual(CAR_COLOUR);
    expect(await colourAt(page, 200, 150)).toEqual(CAR_COLOUR);
    expect(await colourAt(page, 425, 100)).toEqual(CAR_COLOUR);
    expect(await opacityAt(page, 200, 200)).toBe(0);
    // 9 % of 255.
    expect(await opacityAt(page, 125, 125)).toBeCloseTo(23, -1);
    expect(await opacityAt(page, 425, 125)).toBeCloseTo(23, -1);
    expect(await opacityAt(page, 350, 200)).toBe(0);
  });

  test('a rotated box by its turned corners, and not where it would lie unturned', async () => {
    const { page } = launched;
    // Turned by 90° a box of 200 × 60 about 400, 300 covers 370 to 430 and 200 to 400.
    await add(page, { type: 'rotated-box', cx: 400, cy: 300, width: 200, height: 60, rotation: 90 });
    await expect.poll(() => colourAt(page, 400, 200)).toEqual(CAR_COLOUR);
    expect(await colourAt(page, 370, 250)).toEqual(CAR_COLOUR);
    expect(await opacityAt(page, 320, 300)).toBe(0);
  });

  test('an ellipse at the ends of its axes', async () => {
    const { page } = launched;
    await add(page, { type: 'ellipse', cx: 400, cy: 300, rx: 120, ry: 50, rotation: 0 });
    await expect.poll(() => colourAt(page, 280, 300)).toEqual(CAR_COLOUR);
    expect(await colourAt(page, 400, 250)).toEqual(CAR_COLOUR);
    expect(await opacityAt(page, 290, 260)).toBe(0);
  });

  test('a line, points and the joints of a skeleton by what is known of them', async () => {
    const { page } = launched;
    await add(page, {
      type: 'polyline',
      points: [
        { x: 100, y: 500 },
        { x: 300, y: 500 },
        { x: 300, y: 600 },
      ],
    });
    await add(page, {
      type: 'points',
      points: [
        { x: 600, y: 500 },
        { x: 650, y: 520 },
      ],
    });
    await add(page, {
      type: 'skeleton',
      joints: [
        { name: 'seen', x: 800, y: 500, visibility: 2 },
        { name: 'hidden', x: 900, y: 500, visibility: 1 },
        { name: 'unknown', x: 1000, y: 500, visibility: 0 },
      ],
      edges: [
        [0, 1],
        [1, 2],
      ],
    });
    await expect.poll(() => colourAt(page, 200, 500)).toEqual(CAR_COLOUR);
    expect(await colourAt(page, 300, 550)).toEqual(CAR_COLOUR);
    expect(await colourAt(page, 600, 500)).toEqual(CAR_COLOUR);
    expect(await colourAt(page, 650, 520)).toEqual(CAR_COLOUR);
    expect(await colourAt(page, 800, 500)).toEqual(CAR_COLOUR);
    expect(await colourAt(page, 850, 500)).toEqual(CAR_COLOUR);
    // A hidden joint is hollow, and nothing leads to one that is not labelled.
    expect(await colourAt(page, 900, 500)).toEqual([0x15, 0x18, 0x1b]);
    expect(await opacityAt(page, 950, 500)).toBe(0);
  });

  test('a cuboid: both faces and what joins them', async () => {
    const { page } = launched;
    const face = (left: number, top: number, width: number, height: number) =>
      [
        { x: left, y: top },
        { x: left + width, y: top },
        { x: left + width, y: top + height },
        { x: left, y: top + height },
      ] as const;
    await add(page, {
      type: 'cuboid',
      front: [...face(200, 300, 200, 150)] as never,
      back: [...face(300, 250, 160, 120)] as never,
    });
    await expect.poll(() => colourAt(page, 300, 300)).toEqual(CAR_COLOUR);
    expect(await opacityAt(page, 380, 250)).toBeGreaterThan(100);
    // Halfway between the upper left corners, 200, 300 and 300, 250.
    expect(await opacityAt(page, 250, 275)).toBeGreaterThan(100);
    expect(await opacityAt(page, 220, 320)).toBeCloseTo(23, -1);
  });

  test('a mask where its pixels are, from afar too', async () => {
    const { page } = launched;
    // Written out by COCO's rules, so that the code under test is not asked.
    await page.evaluate(() => {
      const letters = (value: number) => {
        let rest = value;
        let text = '';
        for (;;) {
          const bits = rest & 31;
          rest >>= 5;
          const isMore = (bits & 16) !== 0 ? rest !== -1 : rest !== 0;
          text += String.fromCharCode(48 + bits + (isMore ? 32 : 0));
          if (!isMore) return text;
        }
      };
      // A window of 40 × 20 px of which all is set: one empty run and one of 800.
      const rle = letters(0) + letters(800);
      window.canvasPage.add({ type: 'mask', x: 500, y: 300, width: 40, height: 20, rle });
    });
    await expect.poll(() => colourAt(page, 500, 310)).toEqual(CAR_COLOUR);
    // Lines of 2 px with 1 px of halo on each side run along the edges of the pixels.
    expect(await colourAt(page, 540, 310)).toEqual(CAR_COLOUR);
    expect(await opacityAt(page, 544, 310)).toBe(0);
    expect(await opacityAt(page, 496, 310)).toBe(0);
    expect(await opacityAt(page, 520, 310)).toBeCloseTo(23, -1);
    await lookAt(page, 0.25, 0, 0);
    // 500 / 4 and 310 / 4.
    await expect.poll(() => opacityAt(page, 125, 77)).toBeGreaterThan(100);
    expect(await opacityAt(page, 138, 77)).toBe(0);
  });

  test('tags are painted nowhere', async () => {
    const { page } = launched;
    await add(page, { type: 'tag' });
    await add(page, { type: 'box', x: 300, y: 300, width: 50, height: 50 });
    await expect.poll(() => colourAt(page, 320, 300)).toEqual(CAR_COLOUR);
    expect(await opacityAt(page, 0, 0)).toBe(0);
    expect(await opacityAt(page, 1, 1)).toBe(0);
  });

  test('isolated objects are the only ones that are painted', async () => {
    const { page } = launched;
    const kept = await add(page, { type: 'box', x: 100, y: 100, width: 100, height: 100 });
    await add(page, { type: 'box', x: 400, y: 100, width: 100, height: 100 });
    await expect.poll(() => colourAt(page, 450, 100)).toEqual(CAR_COLOUR);
    await page.evaluate((id) => window.canvasPage.editor.isolate([id]), kept);
    await expect.poll(() => opacityAt(page, 450, 100)).toBe(0);
    expect(await colourAt(page, 150, 100)).toEqual(CAR_COLOUR);
  });

  test('colours follow what they stand for', async () => {
    const { page } = launched;
    await add(page, { type: 'box', x: 100, y: 100, width: 100, height: 100 });
    await expect.poll(() => colourAt(page, 150, 100)).toEqual(CAR_COLOUR);
    await page.evaluate(() => window.canvasPage.editor.setDisplay({ colourBy: 'state', fillOpacity: 1 }));
    // Drawn by a person.
    await expect.poll(() => colourAt(page, 150, 150)).toEqual([0x5f, 0xbf, 0x77]);
    expect(await opacityAt(page, 150, 150)).toBe(255);
  });

  test('the view turns, and everything in it with it: what is pressed is what is seen', async () => {
    const { page } = launched;
    await add(page, { type: 'box', x: 300, y: 200, width: 120, height: 60 });
    await page.evaluate(() => window.canvasPage.editor.turnView(1));
    const glass = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    await lookAt(page, 1, 0, 0);
    // A quarter clockwise: x on the glass is what is left below, y is x. The upper side, y 200, is on the right.
    await expect.poll(() => colourAt(page, glass.width - 200, 360)).toEqual(CAR_COLOUR);
    expect(await opacityAt(page, 360, 200)).toBe(0);
    await useTool(page, 'box');
    await drag(page, [glass.width - 500, 100], [glass.width - 420, 250]);
    const shapes = await shapesOf(page);
    expect(shapes.at(-1)).toEqual({ type: 'box', x: 100, y: 420, width: 150, height: 80 });
    await page.screenshot({ path: test.info().outputPath('turned.png') });
  });

  test('pixels being painted are shown where the brush went, in a turned view too, and go with a cancel', async () => {
    const { page } = launched;
    await useTool(page, 'brush');
    await page.evaluate(() => window.canvasPage.editor.setToolOptions({ brushDiameter: 40 }));
    const paintedAt = (x: number, y: number) => page.evaluate(tileOpacityAt, [x, y] as const);
    // Over the edge of a tile, which are 512 px wide.
    await page.mouse.move(480, 300);
    await page.mouse.down();
    await page.mouse.move(540, 300);
    await page.mouse.move(600, 300);
    await expect.poll(() => paintedAt(600, 300)).toBeGreaterThan(80);
    expect(await paintedAt(500, 300)).toBeGreaterThan(80);
    expect(await paintedAt(540, 315)).toBeGreaterThan(80);
    expect(await paintedAt(540, 325)).toBe(0);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(() => paintedAt(600, 300)).toBe(0);

    await page.evaluate(() => window.canvasPage.editor.turnView(1));
    await lookAt(page, 1, 0, 0);
    // Down on the glass is to the right in the picture.
    await page.mouse.move(1000, 200);
    await page.mouse.down();
    await page.mouse.move(1000, 320);
    await page.mouse.move(1000, 330);
    await expect.poll(() => paintedAt(1000, 325)).toBeGreaterThan(80);
    expect(await paintedAt(1000, 240)).toBeGreaterThan(80);
    expect(await paintedAt(1040, 240)).toBe(0);
    await page.mouse.up();
    const [shape] = await shapesOf(page);
    if (shape?.type !== 'mask') throw new Error('A stroke makes a mask.');
    // From 200 to 330 with a brush of 40 px.
    expect(Math.abs(shape.x - 180)).toBeLessThanOrEqual(1);
    expect(Math.abs(shape.width - 170)).toBeLessThanOrEqual(2);
    expect(Math.abs(shape.height - 40)).toBeLessThanOrEqual(2);
  });

  test('a grid lies over the picture at the step asked for', async () => {
    const { page } = launched;
    const redAt = (x: number, y: number) =>
      page.evaluate(
        ([left, top]) => {
          const ratio = window.devicePixelRatio;
          const context = document.querySelector('canvas')?.getContext('2d');
          return context?.getImageData(left * ratio, top * ratio, 1, 1).data[0] ?? 0;
        },
        [x, y] as const,
      );
    const difference = async () => Math.abs((await redAt(100, 30)) - (await redAt(99, 30)));
    // In the plain sky: without a grid, neighbours in a row are alike but for dithering.
    await expect.poll(difference).toBeLessThan(3);
    await page.evaluate(() => window.canvasPage.editor.setDisplay({ isGridShown: true, gridStep: 50 }));
    await expect.poll(difference).toBeGreaterThan(20);
  });

  test('the minimap goes where it is pressed, and tools do not hear it', async () => {
    const { page } = launched;
    await page.evaluate(() => window.canvasPage.editor.setDisplay({ isMinimapShown: true }));
    await useTool(page, 'box');
    await lookAt(page, 4, 0, 0);
    const glass = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    // 1280 × 720 at most 200 × 150 is 200 × 113, with 12 px to the corner; its middle is the picture's.
    await page.mouse.click(glass.width - 12 - 100, glass.height - 12 - 56);
    const camera = await page.evaluate(() => window.canvasPage.editor.session.camera);
    expect(camera.scale).toBe(4);
    expect((glass.width / 2 - camera.offsetX) / 4).toBeCloseTo(640, -1);
    expect((glass.height / 2 - camera.offsetY) / 4).toBeCloseTo(360, -1);
    expect(await shapesOf(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('minimap.png') });
  });
});

/** How opaque the shapes' own layer is at a point, 0 to 255. */
function opacityAt(page: Page, x: number, y: number): Promise<number | undefined> {
  return page.evaluate(
    ([left, top]) => {
      const layer = document.querySelectorAll('canvas')[1];
      const ratio = window.devicePixelRatio;
      return layer?.getContext('2d')?.getImageData(left * ratio, top * ratio, 1, 1).data[3];
    },
    [x, y] as const,
  );
}

/** How opaque the tiles of pixels being painted are at a point of the glass; 0 where there is no tile. */
function tileOpacityAt([x, y]: readonly [number, number]): number {
  for (const canvas of document.querySelectorAll('canvas')) {
    if (canvas.style.width !== '512px') continue;
    const { left, top } = canvas.getBoundingClientRect();
    if (x < left || y < top || x >= left + 512 || y >= top + 512) continue;
    const ratio = window.devicePixelRatio;
    const data = canvas.getContext('2d')?.getImageData((x - left) * ratio, (y - top) * ratio, 1, 1).data;
    return data?.[3] ?? 0;
  }
  return 0;
}
