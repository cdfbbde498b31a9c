import fs from 'node:fs';
import path from 'node:path';
import { launchApp, temporaryFolder } from './electron-app';
import { makePicture } from './image-fixtures';
import { MIXED_PICTURE } from './mixed-shapes';
import type {} from './pages/seed-project';
import { grantFolder } from './shell';

const SIZE = { width: 320, height: 180 } as const;
/** ext4 allows 65,000 links to one file. */
const LINKS_PER_FILE = 10_000;

export interface LargeProject {
  readonly home: string;
  readonly profile: string;
}

/**
 * A profile whose last project has `count` images with real files behind them (hard links to a few), seeded through the
 * app's own persistence and not through a scan, which has a bench of its own.
 * @param boxesPerImage labelled objects on each, as an import brings them.
 */
export async function seedLargeProject(count: number, boxesPerImage = 0): Promise<LargeProject> {
  const folder = path.join(temporaryFolder('large'), 'images');
  fs.mkdirSync(folder);
  let original = '';
  for (let n = 0; n < count; n += 1) {
    const file = path.join(folder, `${String(n).padStart(6, '0')}.jpg`);
    if (n % LINKS_PER_FILE === 0) {
      fs.writeFileSync(file, await makePicture('jpeg', { ...SIZE, seed: n / LINKS_PER_FILE }));
      original = file;
    } else fs.linkSync(original, file);
  }
  const launched = await launchApp();
  const { app, page, home, profile } = launched;
  const grant = await grantFolder(app, page, folder);
  await page.goto('app://bundle/test/seed-project.html');
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  page.setDefaultTimeout(600_000);
  await page.evaluate(
    async ([sourceId, images, size, boxes]) => {
      const project = await window.seedPage.seedProject(sourceId, images, size);
      if (boxes > 0) await window.seedPage.seedBoxes(project, boxes);
    },
    [grant.id, count, SIZE, boxesPerImage] as const,
  );
  await launched.close();
  return { home, profile };
}

export interface LabelledProject extends LargeProject {
  readonly images: number;
}

/** A profile whose last project has `images` pictures of 4K with objects of every kind, `counts` of them in turn. */
export async function seedLabelledProject(
  images: number,
  counts: readonly number[],
): Promise<LabelledProject> {
  const folder = path.join(temporaryFolder('labelled'), 'images');
  fs.mkdirSync(folder);
  const bytes = await makePicture('jpeg', MIXED_PICTURE);
  for (let n = 0; n < images; n += 1) {
    fs.writeFileSync(path.join(folder, `${String(n).padStart(6, '0')}.jpg`), bytes);
  }
  const launched = await launchApp();
  const { app, page, home, profile } = launched;
  const grant = await grantFolder(app, page, folder);
  await page.goto('app://bundle/test/seed-project.html');
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  page.setDefaultTimeout(600_000);
  await page.evaluate(
    async ([sourceId, total, size, perImage]) => {
      const project = await window.seedPage.seedProject(sourceId, total, size);
      await window.seedPage.seedShapes(project, perImage);
    },
    [grant.id, images, MIXED_PICTURE, counts] as const,
  );
  await launched.close();
  return { home, profile, images };
}

/** The value that as many are below as above. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value that one in twenty exceeds. */
export function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? Number.NaN;
}
