import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { accessibilityViolations } from '../../harness/axe';
import { type LaunchedApp, launchApp, temporaryFolder } from '../../harness/electron-app';
import { createProject, writePictures } from '../../harness/label-page';

const NAMES = ['Streets', 'Try-out'] as const;

test('projects that went with the database are named on the start page, and come back from their backups', async () => {
  const folders = { home: temporaryFolder('home'), profile: temporaryFolder('profile') };
  let launched: LaunchedApp = await launchApp(folders);
  for (const name of NAMES) {
    const pictures = path.join(temporaryFolder('pictures'), name);
    writePictures(pictures, 2);
    const label = await createProject(launched, { name, folder: pictures, images: 2 });
    await label.press('r');
    await label.drag([100, 100], [200, 180]);
    await expect(label.objects.getByRole('option')).toHaveCount(1);
    await expect(label.saved).toHaveText(/^Saved/);
    await launched.page.keyboard.press('Alt+1');
  }
  // The backup at exit is the one to come back from.
  await launched.close();
  fs.rmSync(path.join(folders.profile, 'IndexedDB'), { recursive: true });

  launched = await launchApp(folders);
  try {
    const { page } = launched;
    await page.setViewportSize({ width: 1280, height: 800 });
    const losses = page.getByRole('region', { name: 'Lost with the database' });
    await expect(losses).toContainText('2 projects went with it');
    const loss = (name: string) => losses.getByRole('status').filter({ hasText: name });
    await expect(loss('Streets')).toContainText('2 images · 1 annotation in the newest backup');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('vanished.png') });

    await loss('Streets')
      .getByRole('button', { name: /^Restore from the backup of / })
      .click();
    const projects = page.getByRole('list', { name: 'Projects' }).getByRole('listitem');
    await expect(projects).toHaveCount(1);
    await expect(projects).toContainText('Streets');
    await expect(projects).toContainText('2 images · 1 annotation');
    await expect(loss('Streets')).toHaveCount(0);
    await expect(losses).toContainText('1 project went with it');

    await losses.getByRole('button', { name: 'Forget Try-out' }).click();
    await expect(losses).toHaveCount(0);
    await page.reload();
    await expect(projects).toHaveCount(1);
    await expect(losses).toHaveCount(0);
  } finally {
    await launched.close();
  }
});
