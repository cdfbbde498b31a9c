import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityViolations } from '../../harness/axe';
import { launchApp, temporaryFolder } from '../../harness/electron-app';
import { createProject, writePictures } from '../../harness/label-page';

/** Cuts every stored set of annotations in half, as a failing disk might, behind the back of the running app. */
function damageEverySet(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('groundmark');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const db = request.result;
          const transaction = db.transaction('annotationSets', 'readwrite');
          const store = transaction.objectStore('annotationSets');
          const all = store.getAll();
          all.onsuccess = () => {
            for (const set of all.result) store.put({ ...set, text: set.text.slice(0, set.text.length / 2) });
          };
          transaction.oncomplete = () => {
            db.close();
            resolve(all.result.length);
          };
          transaction.onerror = () => reject(transaction.error);
        };
      }),
  );
}

test('an image with a damaged record stops publishing by name, and is rebuilt from the journal', async () => {
  const folder = path.join(temporaryFolder('pictures'), 'street');
  writePictures(folder, 3);
  const launched = await launchApp();
  const { page } = launched;
  try {
    await page.setViewportSize({ width: 1280, height: 800 });
    const label = await createProject(launched, { name: 'Damaged', folder, images: 3 });
    await label.press('r');
    await label.drag([100, 100], [200, 180]);
    await expect(label.saved).toHaveText(/^Saved/);
    // Another picture is open when the first one's record goes bad.
    await label.press('d');
    await expect(label.images.getByRole('option', { selected: true })).toContainText('001.png');
    await page.keyboard.press('Alt+4');
    const panel = page.getByRole('form', { name: 'Publish a version' });
    const publish = panel.getByRole('button', { name: 'Publish' });
    await expect(publish).toBeEnabled();
    expect(await damageEverySet(page)).toBe(1);

    await publish.click();
    const failure = panel.getByRole('alert');
    await expect(failure).toContainText('000.png are damaged in the database');
    await expect(page.getByText('No versions yet')).toBeVisible();
    await expect(panel.getByText('A publish was cut off')).toBeHidden();
    const tray = page.getByRole('region', { name: /progress|jobs|work/i });
    await expect(tray).toContainText('Publishing Damaged');
    await expect(tray).toContainText('000.png are damaged');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('damaged.png') });

    await failure.getByRole('button', { name: 'Open the image' }).click();
    await page.getByRole('button', { name: 'Rebuild from the journal' }).click();
    await expect(label.objects.getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Alt+4');
    await publish.click();
    const versions = page.getByRole('list', { name: 'Versions, newest first' }).getByRole('listitem');
    await expect(versions).toHaveCount(1, { timeout: 30_000 });
    await expect(versions).toContainText('1 images · 1 annotations');
  } finally {
    await launched.close();
  }
});
