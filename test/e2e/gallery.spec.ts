import path from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp } from '../harness/electron-app';

const SHOTS = 'build/e2e-shots';

/** The sample project: thirty-two drawn street scenes, two thirds of them labelled. */
test.describe
  .serial('the gallery of objects', () => {
    let launched: LaunchedApp;
    let grid: Locator;
    let total = 0;
    const cells = () => grid.getByRole('gridcell');
    const bar = () => launched.page.getByRole('toolbar', { name: 'Selected objects' });
    const shown = () => launched.page.getByRole('toolbar', { name: 'What is shown' });
    const toast = (text: string | RegExp) =>
      launched.page.getByRole('region', { name: 'Notifications' }).getByText(text);
    const countOf = async () =>
      Number(((await shown().locator('#crop-count').textContent()) ?? '').replace(/[^\d].*$/, ''));
    const click = async (index: number, modifier?: 'Shift' | 'Control') => {
      const box = await grid.locator(`#crop-${index}`).boundingBox();
      if (box === null) throw new Error(`crop ${index} is not in view`);
      if (modifier !== undefined) await launched.page.keyboard.down(modifier);
      await launched.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      if (modifier !== undefined) await launched.page.keyboard.up(modifier);
    };
    const choose = async (field: string, option: RegExp) => {
      await shown().getByRole('combobox', { name: field }).click();
      await launched.page.getByRole('option', { name: option }).click();
    };

    test.beforeAll(async () => {
      test.setTimeout(180_000);
      launched = await launchApp();
      const { page } = launched;
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('button', { name: 'Open the sample project' }).click();
      await expect(
        page.getByRole('listbox', { name: 'Objects, topmost first' }).getByRole('option').first(),
      ).toBeVisible({
        timeout: 120_000,
      });
      await page.keyboard.press('Alt+g');
      grid = page.getByRole('grid', { name: 'Objects' });
      await expect(grid).toBeVisible();
      await expect(cells().first()).toHaveAccessibleName(/, \d.* px, /);
      total = await countOf();
    });
    test.afterAll(() => launched.close());

    test('shows every object with its label, size and image', async () => {
      expect(total).toBeGreaterThan(40);
      await expect(cells().first()).toHaveAccessibleName(
        /^[a-z ]+, \d+(\.\d)? × \d+(\.\d)? px, .*\.(png|jpg)$/i,
      );
      await cells().first().hover();
      await expect(bar()).toContainText(/px/);
      await launched.page.waitForTimeout(1500);
      await launched.page.screenshot({ path: path.join(SHOTS, 'gallery-dark-1280.png') });
    });

    test('has no serious accessibility violation', async () => {
      expect(await accessibilityViolations(launched.page)).toEqual([]);
    });

    test('orders by size, greatest first', async () => {
      await choose('Order', /^Size$/);
      await shown()
        .getByRole('button', { name: /turn round/ })
        .click();
      await expect(async () => {
        const names = await cells().evaluateAll((all) =>
          all.map((cell) => cell.getAttribute('aria-label') ?? ''),
        );
        const areas = names.flatMap((name) => {
          const [, width, height] = /([\d.]+) × ([\d.]+) px/.exec(name) ?? [];
          return width === undefined ? [] : [Number(width) * Number(height)];
        });
        expect(areas.length).toBeGreaterThan(20);
        for (let at = 1; at < areas.length; at += 1) {
          // Names show whole px.
          expect(areas[at] ?? 0).toBeLessThanOrEqual((areas[at - 1] ?? 0) * 1.05 + 50);
        }
      }).toPass();
    });

    test('selects by click, range, key and band', async () => {
      const { page } = launched;
      await click(2);
      await expect(bar().getByText('1 selected')).toBeVisible();
      await click(5, 'Shift');
      await expect(bar().getByText('4 selected')).toBeVisible();
      await click(8, 'Control');
      await expect(bar().getByText('5 selected')).toBeVisible();
      await expect(grid.locator('#crop-8')).toHaveAttribute('aria-selected', 'true');
      await page.keyboard.press('Escape');
      await expect(bar().getByText('Nothing selected')).toBeVisible();
      await page.keyboard.press('Home');
      await page.keyboard.press('Space');
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Shift+ArrowRight');
      await expect(bar().getByText('3 selected')).toBeVisible();
      await page.keyboard.press('Control+a');
      await expect(bar().getByText(`${total} selected`)).toBeVisible();
      await page.keyboard.press('Escape');

      const from = await grid.locator('#crop-0').boundingBox();
      const to = await grid.locator('#crop-2').boundingBox();
      if (from === null || to === null) throw new Error('no cells');
      await page.mouse.move(from.x + 10, from.y + 10);
      await page.mouse.down();
      await page.mouse.move(from.x + 60, from.y + 40);
      await page.mouse.move(to.x + 20, to.y + to.height + 20, { steps: 4 });
      await page.screenshot({ path: path.join(SHOTS, 'gallery-band.png') });
      await page.mouse.up();
      await expect(bar().getByText('6 selected')).toBeVisible();
      await page.keyboard.press('Escape');
    });

    test('gives many another label at once, and takes it back', async () => {
      const { page } = launched;
      await choose('Label', /^car \(/i);
      await expect(cells().first()).toHaveAccessibleName(/^car,/i);
      const cars = await countOf();
      await click(0);
      await click(2, 'Shift');
      await bar().getByRole('button', { name: 'Relabel' }).click();
      await page.screenshot({ path: path.join(SHOTS, 'gallery-relabel.png') });
      await page.getByRole('button', { name: /^truck/i }).click();
      await expect(toast(/3 objects relabelled as truck/i)).toBeVisible();
      await expect.poll(countOf).toBe(cars - 3);
      await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click();
      await expect.poll(countOf).toBe(cars);
    });

    test('deletes many at once, and takes it back', async () => {
      const { page } = launched;
      const cars = await countOf();
      await click(0);
      await click(1, 'Control');
      await page.keyboard.press('Delete');
      await expect(toast(/2 objects deleted/)).toBeVisible();
      await expect.poll(countOf).toBe(cars - 2);
      await page.keyboard.press('Control+z');
      await expect.poll(countOf).toBe(cars);
    });

    test('marks many as wrong, and takes it back', async () => {
      const { page } = launched;
      await click(0);
      await click(1, 'Control');
      await page.keyboard.press('Shift+R');
      await page.getByRole('button', { name: 'Wrong label' }).click();
      await expect(toast(/2 objects marked: wrong label/)).toBeVisible();
      await page
        .getByRole('region', { name: 'Notifications' })
        .getByRole('button', { name: 'Undo' })
        .last()
        .click();
      await expect(toast(/Taken back: Reject 2 objects/)).toBeVisible();
      await page.keyboard.press('Escape');
    });

    test('puts what looks alike together', async () => {
      const { page } = launched;
      await shown().getByRole('button', { name: 'Clear filter' }).click();
      await choose('Order', /^Look$/);
      await expect(page.getByText(/objects in \d+ groups/)).toBeVisible({ timeout: 30_000 });
      await expect.poll(countOf).toBe(total);
      await page.waitForTimeout(1500);
      await page.screenshot({ path: path.join(SHOTS, 'gallery-look.png') });
      expect(await accessibilityViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 1920, height: 1080 });
      await page.waitForTimeout(1500);
      await page.screenshot({ path: path.join(SHOTS, 'gallery-look-1920.png') });
      await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
      await page.waitForTimeout(300);
      await page.screenshot({ path: path.join(SHOTS, 'gallery-light-1920.png') });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.waitForTimeout(800);
      await page.screenshot({ path: path.join(SHOTS, 'gallery-light-1280.png') });
      await choose('Order', /^Image order$/);
    });

    test('opens the image with the object selected and large', async () => {
      const { page } = launched;
      await expect(cells().first()).toHaveAccessibleName(/ px, /);
      await grid.focus();
      await page.keyboard.press('PageDown');
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowUp');
      const active = (await grid.getAttribute('aria-activedescendant')) ?? '';
      await expect(grid.locator(`#${active}`)).toHaveAccessibleName(/ px, /);
      const name = (await grid.locator(`#${active}`).getAttribute('aria-label')) ?? '';
      await page.keyboard.press('Enter');
      await expect(page.getByRole('application', { name: 'Canvas' })).toBeVisible();
      const objects = page.getByRole('listbox', { name: 'Objects, topmost first' });
      await expect(objects.getByRole('option', { selected: true })).toHaveCount(1);
      await expect(objects.getByRole('option', { selected: true })).toContainText(name.split(',')[0] ?? '');
      await page.screenshot({ path: path.join(SHOTS, 'gallery-opened.png') });

      // Back at the same place.
      await page.keyboard.press('Alt+g');
      await expect(grid).toHaveAttribute('aria-activedescendant', active);
      await expect(grid.locator(`#${active}`)).toHaveAccessibleName(name);
      await expect.poll(() => grid.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
    });
  });
