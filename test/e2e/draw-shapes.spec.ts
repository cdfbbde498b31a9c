import { expect, test } from '@playwright/test';
import type { Shape, SkeletonTemplate } from '../../shared/schema/shapes';
import type { LaunchedApp } from '../harness/electron-app';
import type { LabelPage } from '../harness/label-page';
import { storedShapes } from '../harness/stored-shapes';
import { isReal, K, near as nearPlace, openStreetPhoto, p, type StreetPhoto } from '../harness/street-photo';

/** One screen px of the fitted picture in image px, and a little. */
const NEAR = 2;

const SKELETON: SkeletonTemplate = {
  joints: [
    { name: 'front', x: 0, y: 0.5 },
    { name: 'roof', x: 0.5, y: 0 },
    { name: 'back', x: 1, y: 0.5 },
  ],
  edges: [
    [0, 1],
    [1, 2],
  ],
};

test.describe
  .serial(
    isReal ? 'drawing on a street photo' : 'drawing on a plain picture (skipped: no real photos here)',
    () => {
      let launched: LaunchedApp;
      let label: LabelPage;
      let shot: StreetPhoto['shot'];

      const objects = (count: number) => expect(label.objects.getByRole('option')).toHaveCount(count);
      const newest = async (): Promise<Shape> => {
        await expect(label.saved).toHaveText(/^Saved/);
        const shape = (await storedShapes(launched.page)).at(-1);
        if (shape === undefined) throw new Error('nothing is stored');
        return shape;
      };
      const hover = async (x: number, y: number) => {
        const at = await label.at(...p(x, y));
        await launched.page.mouse.move(at.x, at.y);
      };
      const near = (value: number) => nearPlace(value, NEAR);
      const vertex = (x: number, y: number) => ({ x: near(x), y: near(y) });

      test.beforeAll(async () => {
        ({ launched, label, shot } = await openStreetPhoto(SKELETON));
      });

      test.afterAll(async () => {
        await launched.close();
      });

      test('a polygon is closed with a click on its first point', async () => {
        await label.press('p');
        for (const point of [p(300, 300), p(500, 290), p(560, 420)]) await label.click(point);
        await hover(320, 430);
        await shot('draw-polygon-open');
        await label.click(p(320, 430));
        await label.click(p(300, 300));
        await objects(1);
        expect(await newest()).toEqual({
          type: 'polygon',
          parts: [
            { exterior: [vertex(300, 300), vertex(500, 290), vertex(560, 420), vertex(320, 430)], holes: [] },
          ],
        });
      });

      test('a hole is cut into the selected polygon with Alt', async () => {
        await launched.page.keyboard.down('Alt');
        await label.click(p(380, 340));
        await launched.page.keyboard.up('Alt');
        for (const point of [p(440, 340), p(420, 380)]) await label.click(point);
        await hover(390, 380);
        await shot('draw-polygon-hole');
        await label.press('Enter');
        // The receipt of the polygon itself still stands until the hole is on disk.
        await expect
          .poll(newest)
          .toMatchObject({ parts: [{ holes: [[vertex(380, 340), vertex(440, 340), vertex(420, 380)]] }] });
        await objects(1);
      });

      test('a neighbour follows the border that they share', async () => {
        await label.press('Shift+S');
        await label.click(p(500, 291));
        await label.click(p(318, 431));
        await label.press('Tab');
        await shot('draw-shared-border');
        await label.click(p(640, 560));
        await label.press('Enter', 'Shift+S');
        await objects(2);
        expect(await newest()).toMatchObject({
          parts: [{ exterior: [vertex(500, 290), vertex(300, 300), vertex(320, 430), vertex(640, 560)] }],
        });
      });

      test('a polygon is drawn wholly by keyboard', async () => {
        // Wherever the keyboard was: a tool's key brings it to the canvas.
        await label.images.focus();
        await label.press('p');
        await expect(label.canvas).toBeFocused();
        await hover(900, 200);
        await label.press('Enter', 'Enter', 'Control+ArrowRight', 'Enter', 'Control+ArrowDown');
        await shot('draw-polygon-keyboard');
        await label.press('Enter', 'c');
        await objects(3);
        const shape = await newest();
        if (shape.type !== 'polygon') throw new Error('not a polygon');
        const [first, second, third] = shape.parts[0]?.exterior ?? [];
        if (first === undefined) throw new Error('no vertices');
        expect(first).toEqual(vertex(900, 200));
        expect([second, third]).toEqual([
          { x: first.x + 50, y: first.y },
          { x: first.x + 50, y: first.y + 50 },
        ]);
      });

      test('a polyline is ended with a double click, and drawn by keyboard', async () => {
        await label.press('Shift+P');
        for (const point of [p(100, 700), p(400, 500)]) await label.click(point);
        const end = await label.at(...p(560, 440));
        await launched.page.mouse.dblclick(end.x, end.y);
        await objects(4);
        expect(await newest()).toEqual({
          type: 'polyline',
          points: [vertex(100, 700), vertex(400, 500), vertex(560, 440)],
        });
        await hover(1000, 650);
        await label.press('Enter', 'Enter', 'Control+ArrowLeft', 'Enter', 'Enter');
        await objects(5);
        expect(await newest()).toMatchObject({
          type: 'polyline',
          points: [vertex(1000, 650), { x: near(1000 - 50 / K) }],
        });
      });

      test('points are set by click, and by keyboard', async () => {
        await label.press('k');
        for (const point of [p(700, 100), p(740, 90), p(780, 110)]) await label.click(point);
        await label.press('Enter');
        await objects(6);
        expect(await newest()).toEqual({
          type: 'points',
          points: [vertex(700, 100), vertex(740, 90), vertex(780, 110)],
        });
        await label.press('Enter', 'Enter', 'Shift+ArrowDown', 'Enter', 'c');
        await objects(7);
      });

      test('a rotated box is drawn by an edge and its width, and by keyboard', async () => {
        await label.press('Shift+R');
        await label.drag(p(700, 300), p(800, 340));
        await hover(780, 400);
        await shot('draw-rotated-box-open');
        await label.click(p(780, 400));
        await objects(8);
        const shape = await newest();
        if (shape.type !== 'rotated-box') throw new Error('not a rotated box');
        expect(Math.abs(shape.rotation - 21.8)).toBeLessThan(2);
        await hover(900, 420);
        await label.press('Enter', 'Enter', 'Control+ArrowRight', 'Enter', 'Shift+ArrowDown', 'Enter');
        await objects(9);
        expect(await newest()).toMatchObject({ type: 'rotated-box', width: 50, height: 10, rotation: 0 });
      });

      test('an ellipse is drawn by drag, and by keyboard', async () => {
        await label.press('o');
        await label.drag(p(1100, 100), p(1200, 160));
        await objects(10);
        expect(await newest()).toMatchObject({ type: 'ellipse', cx: near(1150), cy: near(130), rotation: 0 });
        await hover(1100, 250);
        await label.press('Enter', 'Enter', 'Control+ArrowRight', 'Shift+ArrowDown', 'Enter');
        await objects(11);
        expect(await newest()).toMatchObject({ type: 'ellipse', rx: 25, ry: 5 });
      });

      test('a cuboid is drawn by its near face and its depth, and by keyboard', async () => {
        await label.press('Shift+C');
        await label.drag(p(900, 500), p(1060, 620));
        await hover(1120, 570);
        await shot('draw-cuboid-open');
        await label.click(p(1120, 570));
        await objects(12);
        expect(await newest()).toMatchObject({
          type: 'cuboid',
          front: [vertex(900, 500), {}, vertex(1060, 620), {}],
          back: [vertex(960, 450), {}, vertex(1120, 570), {}],
        });
        await hover(1150, 320);
        await label.press('Enter', 'Enter', 'Control+ArrowRight', 'Control+ArrowDown', 'Enter');
        await label.press('Shift+ArrowRight', 'Shift+ArrowUp', 'Enter');
        await objects(13);
        expect((await newest()).type).toBe('cuboid');
      });

      test('a skeleton is placed from the template of its label, and by keyboard', async () => {
        await label.press('j');
        await label.drag(p(150, 150), p(270, 230));
        await objects(14);
        expect(await newest()).toEqual({
          type: 'skeleton',
          joints: [
            { name: 'front', ...vertex(150, 190), visibility: 2 },
            { name: 'roof', ...vertex(210, 150), visibility: 2 },
            { name: 'back', ...vertex(270, 190), visibility: 2 },
          ],
          edges: SKELETON.edges,
        });
        await hover(100, 300);
        await label.press('Enter', 'Enter', 'Control+ArrowRight', 'Control+ArrowDown', 'Enter');
        await objects(15);
      });

      test('a box is drawn around four extreme points, and by keyboard', async () => {
        await label.press('r');
        await launched.page.keyboard.press('Control+k');
        await launched.page.keyboard.type('four extreme');
        await launched.page.keyboard.press('Enter');
        await label.canvas.focus();
        for (const point of [p(650, 560), p(620, 600), p(660, 640), p(720, 610)]) await label.click(point);
        await objects(16);
        const shape = await newest();
        expect(shape).toEqual({
          type: 'box',
          x: near(620),
          y: near(560),
          width: near(100),
          height: near(80),
        });
        await hover(300, 650);
        await label.press('Enter', 'Enter', 'Shift+ArrowDown', 'Enter', 'Shift+ArrowDown', 'Enter');
        await label.press('Control+ArrowRight', 'Enter');
        await objects(17);
        expect(await newest()).toMatchObject({ type: 'box', width: 50, height: 20 });
      });

      test('a cancelled draft leaves nothing, and undo takes back one object after the other', async () => {
        await label.press('p');
        for (const point of [p(200, 500), p(300, 500), p(300, 600)]) await label.click(point);
        await label.press('Escape');
        await objects(17);
        await shot('draw-all');
        for (let count = 16; count >= 2; count -= 1) {
          await label.press('Control+z');
          await objects(count);
        }
      });
    },
  );
