import { expect, test } from '@playwright/test';
import type { Shape } from '../../shared/schema/shapes';
import type { LaunchedApp } from '../harness/electron-app';
import type { LabelPage } from '../harness/label-page';
import { storedShapes } from '../harness/stored-shapes';
import {
  isReal,
  K,
  near as nearPlace,
  openStreetPhoto,
  type Place,
  p,
  type StreetPhoto,
  TWO_JOINTS,
} from '../harness/street-photo';

/** One screen px of the fitted picture in image px, and a little. */
const NEAR = 2.5;

test.describe
  .serial(
    isReal ? 'editing on a street photo' : 'editing on a plain picture (skipped: no real photos here)',
    () => {
      let launched: LaunchedApp;
      let label: LabelPage;
      let shot: StreetPhoto['shot'];

      const objects = (count: number) => expect(label.objects.getByRole('option')).toHaveCount(count);
      const selected = (count: number) =>
        expect(label.objects.getByRole('option', { selected: true })).toHaveCount(count);
      const near = (value: number) => nearPlace(value, NEAR);
      const vertex = (x: number, y: number) => ({ x: near(x), y: near(y) });
      const box = (x: number, y: number, width: number, height: number) => ({
        type: 'box',
        x: near(x),
        y: near(y),
        width: near(width),
        height: near(height),
      });
      const polygon = (...exterior: readonly Place[]) => ({
        type: 'polygon',
        parts: [{ exterior: exterior.map(([x, y]) => vertex(x, y)), holes: [] }],
      });
      /** What is on disk, once it is as it should be. */
      const stored = (expected: readonly unknown[]) =>
        expect.poll(() => storedShapes(launched.page)).toEqual(expected);
      const held = async (key: string, work: () => Promise<void>) => {
        await launched.page.keyboard.down(key);
        await work();
        await launched.page.keyboard.up(key);
      };
      const moveTo = async (x: number, y: number, dx = 0, dy = 0) => {
        const at = await label.at(...p(x, y));
        await launched.page.mouse.move(at.x + dx, at.y + dy);
      };

      test.beforeAll(async () => {
        ({ launched, label, shot } = await openStreetPhoto(TWO_JOINTS));
        await label.press('r');
        await label.drag(p(200, 300), p(320, 380));
        await label.drag(p(600, 300), p(720, 380));
        await label.press('p');
        for (const point of [p(900, 300), p(1100, 300), p(1100, 450), p(900, 450)]) await label.click(point);
        await label.press('Enter', 'v', 'Escape');
        await objects(3);
      });

      test.afterAll(async () => {
        await launched.close();
      });

      const SQUARE: readonly Place[] = [
        [900, 300],
        [1100, 300],
        [1100, 450],
        [900, 450],
      ];

      test('a rectangle to the right picks what it holds, to the left what it touches', async () => {
        await label.drag(p(150, 250), p(760, 420));
        await selected(2);
        await label.drag(p(950, 260), p(700, 420));
        await selected(2);
        await label.press('Escape');
        await label.drag(p(560, 250), p(1000, 420));
        await selected(1);
        await label.press('Escape');
      });

      test('a freehand line with Alt picks what it goes round', async () => {
        await held('Alt', async () => {
          await moveTo(150, 250);
          await launched.page.mouse.down();
          for (const [x, y] of [
            [400, 240],
            [400, 500],
            [850, 520],
            [850, 240],
            [1150, 240],
            [1150, 600],
            [150, 600],
          ] as const)
            await moveTo(x, y);
          await shot('edit-lasso');
          await launched.page.mouse.up();
        });
        // The second box lies in the bay of the line.
        await selected(2);
        await label.press('Escape');
      });

      test('several are moved, scaled and turned by their frame, each as one change', async () => {
        await label.drag(p(150, 250), p(760, 420));
        await selected(2);
        await label.drag(p(260, 340), p(260, 390));
        await stored([box(200, 350, 120, 80), box(600, 350, 120, 80), polygon(...SQUARE)]);
        await label.drag(p(720, 430), p(772, 446));
        await stored([box(200, 350, 132, 96), box(640, 350, 132, 96), polygon(...SQUARE)]);
        await shot('edit-frame');
        const [x, y] = [486, 350];
        await moveTo(x, y, 0, -26);
        await launched.page.mouse.down();
        await held('Shift', async () => {
          await moveTo(700, 200);
          await shot('edit-frame-turning');
          await launched.page.mouse.up();
        });
        await expect
          .poll(async () => (await storedShapes(launched.page)).map(({ type }) => type))
          .toEqual(['rotated-box', 'rotated-box', 'polygon']);
        await label.press('Control+z', 'Control+z', 'Control+z');
        await stored([box(200, 300, 120, 80), box(600, 300, 120, 80), polygon(...SQUARE)]);
        await label.press('Escape');
      });

      test('vertices are dragged, added and removed by mouse', async () => {
        await label.click(p(1000, 380));
        await selected(1);
        await label.drag(p(1100, 300), p(1150, 260));
        await stored([
          expect.anything(),
          expect.anything(),
          polygon([900, 300], [1150, 260], [1100, 450], [900, 450]),
        ]);
        await label.drag(p(1000, 450), p(1000, 520));
        await stored([
          expect.anything(),
          expect.anything(),
          polygon([900, 300], [1150, 260], [1100, 450], [1000, 520], [900, 450]),
        ]);
        await shot('edit-vertices');
        // The new point is the chosen one: Delete takes it, not the object.
        await label.press('Delete');
        await objects(3);
        await stored([
          expect.anything(),
          expect.anything(),
          polygon([900, 300], [1150, 260], [1100, 450], [900, 450]),
        ]);
        await label.press('Control+z', 'Control+z', 'Control+z');
        await label.press('Escape');
      });

      test('vertices are walked, moved, added and removed by keyboard', async () => {
        await label.click(p(1000, 380));
        await label.press('Enter', 'Tab', 'Shift+ArrowUp', 'ArrowRight');
        const corner = async () => {
          const shape = (await storedShapes(launched.page))[2] as Extract<Shape, { type: 'polygon' }>;
          return shape.parts[0]?.exterior ?? [];
        };
        await expect.poll(async () => (await corner())[1]).toEqual(vertex(1100 + 1 / K, 300 - 10 / K));
        await label.press('Insert');
        await expect.poll(async () => (await corner()).length).toBe(5);
        await shot('edit-vertices-keyboard');
        await label.press('Delete');
        await expect.poll(async () => (await corner()).length).toBe(4);
        await label.press('Escape');
        await selected(1);
        await label.press('Control+z', 'Control+z', 'Control+z', 'Control+z', 'Escape');
        await stored([box(200, 300, 120, 80), box(600, 300, 120, 80), polygon(...SQUARE)]);
      });

      test('a selection is turned and scaled by keyboard', async () => {
        await label.click(p(1000, 380));
        await label.press('Control+ArrowUp');
        // One hundredth larger about its middle at 1000, 375.
        await stored([
          expect.anything(),
          expect.anything(),
          polygon([899, 299.25], [1101, 299.25], [1101, 450.75], [899, 450.75]),
        ]);
        await label.press('Control+z', 'Escape');
      });

      test('a line cuts what is selected, and by keyboard whatever it meets', async () => {
        await label.click(p(1000, 380));
        await label.press('c');
        await label.click(p(1000, 250));
        await moveTo(1000, 500);
        await shot('edit-cut');
        await label.click(p(1000, 500));
        await label.press('Enter');
        await objects(4);
        await shot('edit-cut-done');
        await label.press('Control+z');
        await objects(3);
        await label.press('v', 'Escape', 'c');
        await moveTo(260, 280);
        await label.press('Enter', 'Enter');
        for (let n = 0; n < 3; n += 1) await label.press('Control+ArrowDown');
        await label.press('Enter', 'Enter');
        await objects(4);
        await label.press('Control+z');
        await stored([box(200, 300, 120, 80), box(600, 300, 120, 80), polygon(...SQUARE)]);
      });

      test('the ruler measures by mouse and by keyboard and leaves nothing', async () => {
        await label.press('Shift+M');
        await label.drag(p(200, 300), p(600, 300));
        await shot('edit-ruler');
        await label.press('Escape');
        await moveTo(300, 500);
        await label.press('Enter', 'Enter', 'Control+ArrowRight', 'Enter');
        await shot('edit-ruler-keyboard');
        await label.press('Escape', 'Escape');
        await stored([box(200, 300, 120, 80), box(600, 300, 120, 80), polygon(...SQUARE)]);
      });
    },
  );
