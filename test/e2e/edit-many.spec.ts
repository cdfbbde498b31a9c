import path from 'node:path';
import { expect, test } from '@playwright/test';
import { accessibilityViolations } from '../harness/axe';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, type LabelPage, labelPage, writePictures } from '../harness/label-page';
import { answerFolderDialog } from '../harness/shell';

const IMAGES = 6;
const SHOTS = 'build/e2e-shots';

/** One app for the whole way; each test goes on where the one before stopped. */
test.describe
  .serial('editing many objects and many images', () => {
    let launched: LaunchedApp;
    let label: LabelPage;
    const folder = path.join(temporaryFolder('pictures'), 'street');
    const objects = () => label.objects.getByRole('option');
    const attributes = () => launched.page.getByRole('region', { name: 'Attributes' });
    const toast = (text: string | RegExp) =>
      launched.page.getByRole('region', { name: 'Notifications' }).getByText(text);
    /** Opens an image by its place and waits until its name stands over the canvas. */
    const openImage = async (name: string) => {
      await label.images.getByRole('option', { name: new RegExp(name) }).click();
      await expect(label.images.getByRole('option', { selected: true })).toContainText(name);
      await label.canvas.focus();
    };

    test.beforeAll(async () => {
      writePictures(folder, IMAGES);
      launched = await launchApp();
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      label = await createProject(launched, { name: 'Streets', folder, images: IMAGES });
      await label.press('r');
      await label.drag([60, 60], [160, 140]);
      await label.drag([240, 60], [340, 140]);
      await label.press('3');
      await label.drag([420, 60], [520, 140]);
      await expect(objects()).toHaveCount(3);
      await label.press('v', 'Escape');
    });
    test.afterAll(() => launched.close());

    test('objects that answer differently show it, keep their answers, and take a new one together', async () => {
      await label.click([110, 100]);
      await attributes().getByRole('checkbox', { name: 'parked' }).check();
      await label.canvas.focus();
      await label.press('Control+a');
      await expect(attributes().getByText('of 3 objects')).toBeVisible();
      await expect(attributes().getByPlaceholder('Different labels')).toBeVisible();
      for (const name of ['Occluded', 'Pinned', 'Locked']) {
        await expect(attributes().getByRole('checkbox', { name })).not.toBeChecked();
      }
      await label.canvas.focus();
      await label.press('Shift+Q');
      await expect(attributes().getByRole('checkbox', { name: 'Crowd' })).toBeChecked();
      await expect(objects().getByRole('img', { name: 'crowd' })).toHaveCount(3);
      await label.press('Control+z');
      await expect(objects().getByRole('img', { name: 'crowd' })).toHaveCount(0);

      await label.press('Escape');
      await label.click([110, 100]);
      await label.press('Shift+L');
      await label.press('Control+a');
      await expect(attributes().getByRole('checkbox', { name: 'Pinned' })).toHaveJSProperty(
        'indeterminate',
        true,
      );
      await launched.page.screenshot({ path: `${SHOTS}/edit-many-mixed.png` });
    });

    test('a note is written and shown, a group made, selected by one member and taken apart', async () => {
      const { page } = launched;
      await label.press('Escape');
      await label.click([110, 100]);
      await label.press('Shift+N');
      await page.getByLabel('Note on 1 object').fill('Is this a van?');
      await page.keyboard.press('Enter');
      await expect(attributes().getByText('Is this a van?')).toBeVisible();
      await expect(objects().getByRole('img', { name: 'has a note' })).toHaveCount(1);
      await expect(label.canvas).toBeFocused();

      await label.press('Control+a', 'Control+g');
      await expect(attributes().getByText('Group of 3')).toBeVisible();
      await label.press('Escape');
      await label.click([110, 100]);
      await label.press('Control+Alt+g');
      await expect(attributes().getByText('of 3 objects')).toBeVisible();
      await label.press('Control+Shift+G');
      await expect(attributes().getByText(/^Group of/)).toHaveCount(0);
      await label.press('Control+z');
      await expect(attributes().getByText('Group of 3')).toBeVisible();
    });

    test('a label is clicked with Alt to select what carries it; Escape asks no more', async () => {
      const { page } = launched;
      const labels = page.getByRole('listbox', { name: 'Labels' });
      await labels.getByRole('option', { name: /^bus/ }).click({ modifiers: ['Alt'] });
      await expect(page.getByText('2 of 3 selected')).toBeVisible();
      await label.canvas.focus();
      await label.press('Control+i');
      await expect(page.getByText('1 of 3 selected')).toBeVisible();
      await label.press('Control+Shift+A');
      await expect(page.getByText('1 of 3 selected')).toBeVisible();
      await label.press('Shift+N');
      await expect(page.getByLabel('Note on 1 object')).toHaveValue('Is this a van?');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog', { name: 'Note' })).toHaveCount(0);
      await expect(label.canvas).toBeFocused();
      await expect(page.getByText('1 of 3 selected')).toBeVisible();
    });

    test('only the selected objects are shown, until all are again', async () => {
      const { page } = launched;
      await label.press('Escape');
      await label.click([470, 100]);
      await label.press('s');
      await expect(page.getByText('Showing 1 of 3')).toBeVisible();
      await expect(objects()).toHaveCount(1);
      await page.screenshot({ path: `${SHOTS}/edit-many-isolated.png` });
      await page.getByRole('button', { name: 'Show all', exact: true }).click();
      await expect(objects()).toHaveCount(3);
      await expect(page.getByText('Showing 1 of 3')).toHaveCount(0);
    });

    test('copied objects are pasted in place on the next image, and undone there alone', async () => {
      await label.canvas.focus();
      await label.press('Control+a', 'Control+c', 'd');
      await expect(label.images.getByRole('option', { selected: true })).toContainText('001.png');
      await expect(objects()).toHaveCount(0);
      await label.press('Control+v');
      await expect(objects()).toHaveCount(3);
      expect((await label.described())[2]).toMatch(
        /^car (99|100|101) × (79|80|81) at (59|60|61), (59|60|61)$/,
      );
      await expect(objects().getByRole('img', { name: 'has a note' })).toHaveCount(1);
      await expect(objects().getByRole('img', { name: 'pinned' })).toHaveCount(0);
      await label.press('Control+z');
      await expect(objects()).toHaveCount(0);
      await label.press('Control+z');
      await openImage('000.png');
      await expect(objects()).toHaveCount(3);
    });

    test('objects are propagated to the next images as one change that is taken back as one', async () => {
      const { page } = launched;
      await label.press('Control+a', 'Control+Shift+V');
      const form = page.getByRole('dialog', { name: 'Propagate objects' });
      await form.getByLabel('Next images').fill('3');
      await page.screenshot({ path: `${SHOTS}/edit-many-propagate.png` });
      await page.keyboard.press('Enter');
      await expect(toast('Propagated 3 objects to 3 images.')).toBeVisible();
      for (const name of ['001.png', '002.png', '003.png']) {
        await openImage(name);
        await expect(objects()).toHaveCount(3);
      }
      await openImage('004.png');
      await expect(objects()).toHaveCount(0);

      // Undo of an image does not reach what came from elsewhere.
      await openImage('002.png');
      await label.press('Control+z');
      await expect(objects()).toHaveCount(3);
      await page.getByRole('tab', { name: 'History' }).click();
      await expect(page.getByText('Propagate 3 objects to 3 images').first()).toBeVisible();
      await page.screenshot({ path: `${SHOTS}/edit-many-history.png` });
      await page.getByRole('tab', { name: 'Objects' }).click();
      await label.canvas.focus();
      await label.press('Control+Alt+z');
      await expect(objects()).toHaveCount(0);
      await expect(toast(/^Undone: Propagate 3 objects/)).toBeVisible();
      await openImage('000.png');
      await expect(objects()).toHaveCount(3);
      await label.press('Control+Alt+Shift+Z');
      await expect(toast(/^Redone: Propagate 3 objects/)).toBeVisible();
      await openImage('003.png');
      await expect(objects()).toHaveCount(3);
    });

    test('images that have objects are left alone and said', async () => {
      const { page } = launched;
      await openImage('000.png');
      await label.press('Control+a', 'Control+Shift+V');
      const form = page.getByRole('dialog', { name: 'Propagate objects' });
      await form.getByLabel('Next images').fill('5');
      await page.keyboard.press('Enter');
      await expect(
        toast('Propagated 3 objects to 2 images. 3 left alone: 001.png has objects already'),
      ).toBeVisible();
      await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
      await expect(toast('Taken back on 2 images.')).toBeVisible();
      await openImage('004.png');
      await expect(objects()).toHaveCount(0);
    });

    test('an image is tagged by the keyboard, the tag shown over it and taken away again', async () => {
      const { page } = launched;
      await openImage('000.png');
      await label.press('Shift+T');
      const name = page.getByRole('combobox', { name: 'Tag the image' });
      // A label that only lines may carry cannot tag a picture.
      await name.fill('road boundary');
      await expect(page.getByText('No label that may tag a picture')).toBeVisible();
      await name.fill('trai');
      await page.screenshot({ path: `${SHOTS}/edit-many-tag.png` });
      await page.keyboard.press('Enter');
      const chip = page.getByRole('button', { name: 'Image tag train: select it' });
      await expect(chip).toBeVisible();
      await expect(objects()).toHaveCount(4);
      await page.screenshot({ path: `${SHOTS}/edit-many-tagged.png` });
      await page.getByRole('button', { name: 'Remove the image tag train' }).click();
      await expect(chip).toHaveCount(0);
      await label.canvas.focus();
      await label.press('Control+z');
      await expect(chip).toBeVisible();
      await label.press('Control+z');
      await expect(objects()).toHaveCount(3);
    });

    test('the way of tools is calm in both themes and both widths, and passes axe', async () => {
      const { page } = launched;
      await openImage('000.png');
      for (const [width, height] of [
        [1280, 800],
        [2560, 1440],
      ] as const) {
        await page.setViewportSize({ width, height });
        for (const theme of ['dark', 'light']) {
          await page.evaluate((scheme) => {
            document.documentElement.dataset.mantineColorScheme = scheme;
          }, theme);
          await label.press('v', 'Control+a');
          await page.screenshot({ path: `${SHOTS}/edit-many-select-${width}-${theme}.png` });
          expect(await accessibilityViolations(page)).toEqual([]);
          await label.press('b');
          await page.screenshot({ path: `${SHOTS}/edit-many-brush-${width}-${theme}.png` });
          expect(await accessibilityViolations(page)).toEqual([]);
        }
      }
      await page.evaluate(() => {
        document.documentElement.dataset.mantineColorScheme = 'dark';
      });
      await page.setViewportSize({ width: 1280, height: 800 });
      await label.press('v');
    });

    test('undo is there after a restart, and so is the clipboard', async () => {
      const { home, profile } = launched;
      await label.press('Escape');
      await label.click([110, 100]);
      await label.press('Shift+L', 'Control+c', 'ArrowRight');
      await expect(label.saved).toHaveText(/^Saved: 3 objects/);
      await launched.close();
      launched = await launchApp({ home, profile });
      await launched.page.setViewportSize({ width: 1280, height: 800 });
      label = labelPage(launched.page);
      await expect(objects()).toHaveCount(3);
      await label.canvas.focus();
      await label.press('Control+z');
      await expect(label.saved).toHaveText(/^Saved: 3 objects/);
      expect((await label.described())[2]).toMatch(/at (59|60), (59|60|61)$/);
      await openImage('005.png');
      await label.press('Control+v');
      await expect(objects()).toHaveCount(1);
    });

    test('objects go to another project by the names of their labels; what has none is said', async () => {
      const { page, app } = launched;
      await page
        .getByRole('navigation', { name: 'Screens' })
        .getByRole('button', { name: 'Projects' })
        .click();
      await answerFolderDialog(app, folder);
      await page.getByRole('button', { name: 'New project' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Others');
      await dialog.getByRole('radio', { name: 'COCO 80' }).click();
      await dialog.locator('button[type="submit"]').click();
      await expect(label.images.getByRole('option', { selected: true })).toBeVisible();
      await label.canvas.focus();
      await label.press('Control+v');
      await expect(objects()).toHaveCount(1);
      expect((await label.described())[0]).toMatch(/^car /);
      await expect(toast('Pasted 1 object: 1 answer not asked here.')).toBeVisible();
    });
  });
