import path from 'node:path';
import { expect, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, labelPage, writePictures } from '../harness/label-page';

const IMAGES = 6;

/** One app for the whole way, as a person has it; each test goes on where the one before stopped. */
test.describe
  .serial('labelling by mouse and keyboard', () => {
    let launched: LaunchedApp;
    let label: LabelPage;

    test.beforeAll(async () => {
      const folder = path.join(temporaryFolder('pictures'), 'street');
      writePictures(folder, IMAGES);
      launched = await launchApp();
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      label = await createProject(launched, { name: 'Streets', folder, images: IMAGES });
    });

    test.afterAll(async () => {
      await launched.close();
    });

    test('a box is drawn by dragging, and by two clicks', async () => {
      await label.press('r');
      await label.drag([100, 100], [220, 180]);
      await expect(label.objects.getByRole('option')).toHaveCount(1);
      await label.click([300, 200]);
      await label.click([400, 300]);
      await expect(label.objects.getByRole('option')).toHaveCount(2);
      const [second, first] = await label.described();
      expect(first).toMatch(/^car (119|120|121) × (79|80|81) at (99|100|101), (99|100|101)$/);
      expect(second).toMatch(/^car (99|100|101) × (99|100|101) at (299|300|301), (199|200|201)$/);
    });

    test('what is saved says so with a receipt read back from disk', async () => {
      await expect(label.saved).toHaveText(/^Saved: 2 objects, [0-9a-f]{8}$/);
    });

    test('a box that would be too small is refused with a reason, and nothing is stored', async () => {
      await label.click([500, 100]);
      await label.click([500, 100]);
      await expect(label.objects.getByRole('option')).toHaveCount(2);
      await label.press('Escape');
    });

    test('a box is entered wholly by keyboard', async () => {
      await label.press('v', 'Escape', 'r', 'Enter');
      for (let step = 0; step < 3; step += 1) await label.press('Control+ArrowLeft');
      await label.press(
        'Enter',
        'Control+ArrowRight',
        'Shift+ArrowDown',
        'Shift+ArrowDown',
        'ArrowDown',
        'Enter',
      );
      await expect(label.objects.getByRole('option')).toHaveCount(3);
      expect((await label.described())[0]).toContain('50 × 21 at');
      await expect(label.saved).toHaveText(/^Saved: 3 objects/);
    });

    test('a digit relabels the selection and sets the label to draw with', async () => {
      await label.press('v');
      await label.click([100, 140]);
      await label.press('2');
      expect((await label.described())[2]).toContain('truck');
      await expect(
        launched.page.getByRole('listbox', { name: 'Labels' }).getByRole('option', { selected: true }),
      ).toContainText('truck');
    });

    test('arrows move by one px, with Shift by ten, with Alt one edge', async () => {
      const numbersOf = (text: string | undefined) => (text?.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
      const [width, height, x, y] = numbersOf((await label.described())[2]);
      await label.press('ArrowRight', 'Shift+ArrowDown');
      expect(numbersOf((await label.described())[2])).toEqual([width, height, Number(x) + 1, Number(y) + 10]);
      await label.press('Alt+ArrowRight');
      expect(numbersOf((await label.described())[2])).toEqual([
        Number(width) + 1,
        height,
        Number(x) + 1,
        Number(y) + 10,
      ]);
    });

    test('a handle resizes by mouse', async () => {
      await label.click([350, 200]);
      const before = (await label.described())[1];
      await label.drag([400, 300], [450, 340]);
      const after = (await label.described())[1];
      expect(before).toMatch(/(99|100|101) × (99|100|101)/);
      expect(after).toMatch(/1(49|50|51) × 1(39|40|41)/);
    });

    test('undo takes back one step after the other, redo brings them again', async () => {
      const resized = (await label.described())[1];
      await label.press('Control+z');
      expect((await label.described())[1]).not.toBe(resized);
      await label.press('Control+Shift+Z');
      expect((await label.described())[1]).toBe(resized);
      await label.press('Control+z', 'Control+y');
      expect((await label.described())[1]).toBe(resized);
    });

    test('attributes come from the schema; many objects show mixed answers', async () => {
      const { page } = launched;
      const attributes = page.getByRole('region', { name: 'Attributes' });
      await label.click([350, 200]);
      const parked = attributes.getByRole('checkbox', { name: 'parked' });
      await parked.check();
      await expect(label.saved).toHaveText(/^Saved: 3 objects/);
      await page.getByRole('button', { name: 'Select all objects' }).or(label.canvas).first().focus();
      await label.press('Control+a');
      await expect(attributes.getByText('of 3 objects')).toBeVisible();
      await expect(parked).toHaveJSProperty('indeterminate', true);
      await label.press('q');
      await expect(attributes.getByRole('checkbox', { name: 'Occluded' })).toBeChecked();
    });

    test('what is locked is not deleted, what is hidden stays counted', async () => {
      await label.canvas.focus();
      await label.press('Escape');
      await label.click([350, 200]);
      await label.press('l', 'Delete');
      await expect(
        launched.page.getByText('This object is locked. Unlock it to change it.').first(),
      ).toBeVisible();
      await expect(label.objects.getByRole('option')).toHaveCount(3);
      await label.press('l', 'h');
      await expect(label.objects.getByText('hidden')).toHaveCount(1);
      await label.press('Shift+H');
      await expect(label.objects.getByText('hidden')).toHaveCount(0);
    });

    test('Tab goes through the objects and then out of the canvas', async () => {
      await label.canvas.focus();
      await label.press('Escape');
      for (let count = 0; count < 3; count += 1) {
        await label.press('Tab');
        await expect(label.objects.getByRole('option', { selected: true })).toHaveCount(1);
        await expect(label.canvas).toBeFocused();
      }
      await label.press('Tab');
      await expect(label.canvas).not.toBeFocused();
    });

    test('keys typed into a field are text and no commands', async () => {
      const { page } = launched;
      await page.keyboard.press('/');
      const search = page.getByRole('textbox', { name: 'Find by name' });
      await expect(search).toBeFocused();
      await page.keyboard.type('003');
      await expect(label.images.getByRole('option')).toHaveCount(1);
      await expect(page.getByText(`1 of ${IMAGES}`, { exact: true }).first()).toBeVisible();
      await expect(label.objects.getByRole('option')).toHaveCount(3);
      await page.getByRole('button', { name: 'Clear filter' }).click();
      await expect(label.images.getByRole('option')).toHaveCount(IMAGES);
    });

    test('F6 leads through every part of the window and round, also out of a field', async () => {
      const { page } = launched;
      await label.canvas.focus();
      const visited: (string | undefined)[] = [];
      for (let press = 0; press < 8; press += 1) {
        await page.keyboard.press('F6');
        visited.push(
          await page.evaluate(
            () => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset.region,
          ),
        );
      }
      expect(visited).toEqual([
        'inspector',
        'screens',
        'filter',
        'images',
        'toolbar',
        'tools',
        'tool-options',
        'canvas',
      ]);
    });

    test('what is half drawn holds its image, tool and screen until it is dropped', async () => {
      const { page } = launched;
      const position = () =>
        page
          .getByText(new RegExp(`of ${IMAGES}$`))
          .last()
          .textContent();
      const before = await position();
      await label.press('p');
      for (const point of [
        [50, 300],
        [120, 300],
        [120, 360],
      ] as const)
        await label.click(point);
      await label.press('d', 'b');
      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      await expect(
        page.getByText('The polygon is not finished. Finish it, or drop it with Esc.'),
      ).toBeVisible();
      expect(await position()).toBe(before);
      await expect(page.getByRole('button', { name: 'Polygon tool' })).toHaveAttribute(
        'aria-pressed',
        'true',
      );
      await page.getByRole('button', { name: 'Drop it' }).click();
      await expect(page.getByText('Keys as in')).toBeVisible();
      await page.getByRole('button', { name: 'Label', exact: true }).click();
      await expect(label.objects.getByRole('option')).toHaveCount(3);
    });

    test('after a restart the same image is open, and undo still reaches what was done before', async () => {
      await label.canvas.focus();
      await label.press('v');
      await label.click([350, 200]);
      await label.press('Delete');
      await expect(label.saved).toHaveText(/^Saved: 2 objects/);
      const { home, profile } = launched;
      await launched.close();
      launched = await launchApp({ home, profile });
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      label = labelPage(launched.page);
      await expect(label.objects.getByRole('option')).toHaveCount(2);
      await label.press('Control+z');
      await expect(label.objects.getByRole('option')).toHaveCount(3);
      await expect(label.saved).toHaveText(/^Saved: 3 objects/);
    });

    test('next, confirmed empty, marked as labelled, next unlabelled', async () => {
      const { page } = launched;
      const selected = label.images.getByRole('option', { selected: true });
      await label.press('d');
      await expect(selected).toContainText('001.png');
      await label.press('e');
      await expect(selected.getByRole('img', { name: 'Confirmed empty' })).toBeVisible();
      await label.press('a');
      await expect(selected).toContainText('000.png');
      await label.press('Control+Enter');
      await expect(selected).toContainText('001.png');
      await expect(
        label.images.getByRole('option').first().getByRole('img', { name: 'Labelled' }),
      ).toBeVisible();
      await label.press('n');
      await expect(selected).toContainText('002.png');
      await expect(page.getByRole('button', { name: /^4 unlabelled, go to the next$/ })).toBeVisible();
    });

    test('a filter shows the images of one state', async () => {
      const { page } = launched;
      await page.getByRole('button', { name: /^Filter by state/ }).click();
      await page.getByRole('combobox', { name: 'State' }).click();
      await page.getByRole('option', { name: /^Confirmed empty/ }).click();
      await expect(label.images.getByRole('option')).toHaveCount(1);
      await expect(label.images.getByRole('option')).toContainText('001.png');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Clear filter' }).click();
      await expect(label.images.getByRole('option')).toHaveCount(IMAGES);
    });

    test('the palette finds a command, says why one is not available, and runs another', async () => {
      const { page } = launched;
      await label.canvas.focus();
      await page.keyboard.press('Control+k');
      const command = page.getByRole('combobox', { name: 'Command' });
      await expect(command).toBeFocused();
      await command.fill('delete');
      await expect(page.getByRole('option', { name: /Delete objects/ })).toContainText(
        'Select an object first.',
      );
      await command.fill('box tool');
      await page.keyboard.press('Enter');
      await expect(command).toBeHidden();
      await expect(page.getByRole('button', { name: 'Box tool', exact: true })).toHaveAttribute(
        'aria-pressed',
        'true',
      );
      await page.keyboard.press('Control+k');
      const list = page.getByRole('listbox', { name: 'Commands' });
      await expect(list.getByRole('option').first()).toContainText('Box tool');
      await page.keyboard.press('Escape');
    });

    test('the help overlay lists keys from the registry', async () => {
      const { page } = launched;
      await label.canvas.focus();
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await expect(dialog.getByText('Next unlabelled image')).toBeVisible();
      await expect(dialog.getByText('Ctrl+Shift+Z')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    });

    test('rails close, resize by keyboard and are remembered; the picture does not jump', async () => {
      const { page } = launched;
      await label.canvas.focus();
      const handle = page.getByRole('separator', { name: 'Width of images' });
      const before = Number(await handle.getAttribute('aria-valuenow'));
      await handle.focus();
      await page.keyboard.press('ArrowRight');
      await expect(handle).toHaveAttribute('aria-valuenow', String(before + 16));
      await label.canvas.focus();
      await page.keyboard.press('Control+b');
      await expect(handle).toBeHidden();
      await page.keyboard.press('Control+b');
      await expect(handle).toHaveAttribute('aria-valuenow', String(before + 16));
    });

    for (const theme of ['dark', 'light'] as const) {
      test(`axe finds nothing serious on the label screen, ${theme}`, async () => {
        const { page } = launched;
        await label.canvas.focus();
        if (theme === 'light') {
          await page.keyboard.press('Control+k');
          await page.getByRole('combobox', { name: 'Command' }).fill('switch between dark');
          await page.keyboard.press('Enter');
        }
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
        await label.press('v', 'Control+a');
        expect(await accessibilityViolations(page)).toEqual([]);
        await page.keyboard.press('Control+k');
        await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused();
        expect(await accessibilityViolations(page)).toEqual([]);
        await page.keyboard.press('Escape');
      });
    }
  });
