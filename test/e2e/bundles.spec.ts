import fs from 'node:fs';
import path from 'node:path';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, labelPage, writePictures } from '../harness/label-page';

const SHOTS = path.resolve(import.meta.dirname, '../../build/e2e-shots');

/** Makes the dialogs for saving and opening answer with this file. */
function answerFileDialogs(app: ElectronApplication, file: string): Promise<void> {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, file);
}

test('a project with its pictures goes to another computer in one file, and undo reaches what was done here', async () => {
  fs.mkdirSync(SHOTS, { recursive: true });
  const bundle = path.join(temporaryFolder('bundles'), 'Crossing.gmk');
  const pictures = path.join(temporaryFolder('pictures'), 'street');
  writePictures(pictures, 3);

  const here = await launchApp();
  try {
    await createProject(here, { name: 'Crossing', folder: pictures, images: 3 });
    const label = labelPage(here.page);
    await here.page.keyboard.press('r');
    await label.drag([100, 100], [220, 200]);
    await expect(label.objects.getByRole('option')).toHaveCount(1);
    await here.page.keyboard.press('r');
    await label.drag([300, 200], [420, 300]);
    await expect(label.objects.getByRole('option')).toHaveCount(2);
    await expect(label.saved).toHaveText(/^Saved/);

    await answerFileDialogs(here.app, bundle);
    await here.page.getByRole('button', { name: 'Projects' }).click();
    await here.page.getByRole('button', { name: 'More for Crossing' }).click();
    await here.page.screenshot({ path: path.join(SHOTS, 'bundle-menu.png') });
    await here.page.getByRole('menuitem', { name: 'Save with its pictures…' }).click();
    await expect(
      here.page.getByText(/Saved “Crossing\.gmk”: 3 images, 2 annotations, 3 pictures/),
    ).toBeVisible();
    expect(fs.existsSync(bundle)).toBe(true);
  } finally {
    await here.close();
  }

  // Nothing of the first computer is there: neither its profile, nor its home, nor its pictures.
  fs.rmSync(pictures, { recursive: true });
  const there = await launchApp();
  try {
    await answerFileDialogs(there.app, bundle);
    await there.page.getByRole('button', { name: 'Open a bundle…' }).click();
    const toast = there.page.getByText('Opened as “Crossing”, history included. Nothing else was changed.');
    await expect(toast).toBeVisible();
    await there.page.screenshot({ path: path.join(SHOTS, 'bundle-opened.png') });
    await there.page
      .getByRole('button', { name: /Crossing/ })
      .first()
      .click();
    const label = labelPage(there.page);
    await expect(label.objects.getByRole('option')).toHaveCount(2);
    await there.page.screenshot({ path: path.join(SHOTS, 'bundle-labels.png') });
    await label.canvas.click({ position: { x: 5, y: 5 } });
    await there.page.keyboard.press('Control+z');
    await expect(label.objects.getByRole('option')).toHaveCount(1);
    await expect(label.saved).toHaveText(/^Saved/);
  } finally {
    await there.close();
  }
});

test('a bundle that was altered is refused with the reason, and no project appears', async () => {
  const file = path.join(temporaryFolder('bundles'), 'broken.gmk');
  fs.writeFileSync(file, 'this is no bundle');
  const launched = await launchApp();
  try {
    await answerFileDialogs(launched.app, file);
    await launched.page.getByRole('button', { name: 'Open a bundle…' }).click();
    await expect(launched.page.getByText(/broken\.gmk/).first()).toBeVisible();
    await expect(
      launched.page.getByRole('heading', { name: 'Label images, check the labels, publish datasets' }),
    ).toBeVisible();
  } finally {
    await launched.close();
  }
});
