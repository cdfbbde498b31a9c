import fs from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { SkeletonTemplate } from '../../shared/schema/shapes';
import { type LaunchedApp, launchApp, temporaryFolder } from './electron-app';
import { createProject, type LabelPage, labelPage, writePictures } from './label-page';
import { openUpLabels } from './stored-shapes';

const root = path.resolve(import.meta.dirname, '../..');
const FRAME = path.resolve(root, '../shared/data/bdd-frames/0ace96c3-48481887.jpg');
const SHOTS = path.join(root, 'build/e2e-shots');

/** Whether the real photo is here; a plain picture stands in for it where it is not. */
export const isReal = fs.existsSync(FRAME);
/** In image px. */
const SIZE = isReal ? { width: 1280, height: 720 } : { width: 640, height: 480 };
/** Places are given for the street photo and scaled to the plain picture. */
export const K = SIZE.width / 1280;

export type Place = readonly [x: number, y: number];

/** A place of the street photo, on the picture that is there; image px. */
export const p = (x: number, y: number): Place => [x * K, y * K];

/** Matches a coordinate of the street photo within `tolerance` image px. */
export const near = (value: number, tolerance: number) => ({
  asymmetricMatch: (other: unknown) => typeof other === 'number' && Math.abs(other - value * K) <= tolerance,
  toString: () => `within ${tolerance} of ${value * K}`,
});

export const TWO_JOINTS: SkeletonTemplate = {
  joints: [
    { name: 'head', x: 0.5, y: 0 },
    { name: 'foot', x: 0.5, y: 1 },
  ],
  edges: [[0, 1]],
};

export interface StreetPhoto {
  readonly launched: LaunchedApp;
  readonly label: LabelPage;
  /** A picture of the window, for looking at. */
  shot(name: string): Promise<unknown>;
}

/** Opens the app on one picture, the canvas focused, with every label taking every shape and the first one a skeleton. */
export async function openStreetPhoto(skeleton: SkeletonTemplate): Promise<StreetPhoto> {
  fs.mkdirSync(SHOTS, { recursive: true });
  const folder = path.join(temporaryFolder('pictures'), 'street');
  if (isReal) {
    fs.mkdirSync(folder, { recursive: true });
    fs.copyFileSync(FRAME, path.join(folder, 'street.jpg'));
  } else {
    writePictures(folder, 1);
  }
  const launched = await launchApp();
  const { page } = launched;
  await page.setViewportSize({ width: 1440, height: 900 });
  await createProject(launched, { name: 'Streets', folder, images: 1 });
  await openUpLabels(page, skeleton);
  await page.reload();
  const label = labelPage(page, SIZE);
  const row = page.getByRole('button', { name: /^Streets/ });
  await expect(row.or(label.canvas).first()).toBeVisible();
  if (await row.isVisible()) await row.click();
  await expect(label.images.getByRole('option', { selected: true })).toBeVisible();
  await expect(label.canvas).toBeVisible();
  await label.canvas.focus();
  return { launched, label, shot: (name) => page.screenshot({ path: path.join(SHOTS, `${name}.png`) }) };
}
