import fs from 'node:fs';
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { LaunchedApp } from './electron-app';
import { answerFolderDialog, plainPng } from './shell';

/** A plain picture of these image px; enough to label on. */
export const PICTURE = { width: 640, height: 480 } as const;
/** What the canvas leaves around a fitted picture, in screen px. */
const FIT_MARGIN = 24;

/** A folder of plain pictures named 000.png, 001.png, …; no two alike, so that none is a duplicate. */
export function writePictures(folder: string, count: number): void {
  fs.mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const bytes = plainPng(PICTURE.width, PICTURE.height);
    // Bytes behind the last chunk of a PNG are not part of the picture.
    const name = `${String(index).padStart(3, '0')}.png`;
    fs.writeFileSync(path.join(folder, name), Buffer.concat([bytes, Buffer.from(name)]));
  }
}

/** The label screen as a person sees and handles it. */
export interface LabelPage {
  readonly canvas: Locator;
  readonly saved: Locator;
  readonly objects: Locator;
  readonly images: Locator;
  /** Screen px of a point in image px, for a picture of the size that was given, fitted to the canvas. */
  at(x: number, y: number): Promise<{ x: number; y: number }>;
  drag(from: readonly [number, number], to: readonly [number, number]): Promise<void>;
  click(point: readonly [number, number]): Promise<void>;
  /** What the objects list says of its boxes, topmost first: `car 120 × 40 at 12, 30`. */
  described(): Promise<string[]>;
  press(...keys: readonly string[]): Promise<void>;
}

/** @param picture displayed size of the open picture in image px. */
export function labelPage(
  page: Page,
  picture: { readonly width: number; readonly height: number } = PICTURE,
): LabelPage {
  const canvas = page.getByRole('application', { name: 'Canvas' });
  const objects = page.getByRole('listbox', { name: 'Objects, topmost first' });
  const at: LabelPage['at'] = async (x, y) => {
    const view = await canvas.boundingBox();
    if (view === null) throw new Error('the canvas is not on screen');
    const scale = Math.min(
      (view.width - 2 * FIT_MARGIN) / picture.width,
      (view.height - 2 * FIT_MARGIN) / picture.height,
    );
    return {
      x: view.x + view.width / 2 + (x - picture.width / 2) * scale,
      y: view.y + view.height / 2 + (y - picture.height / 2) * scale,
    };
  };
  return {
    canvas,
    saved: page.getByTestId('save-state'),
    objects,
    images: page.getByRole('listbox', { name: 'Images' }),
    at,
    async drag(from, to) {
      const [start, end] = [await at(...from), await at(...to)];
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
      await page.mouse.move(end.x, end.y);
      await page.mouse.up();
    },
    async click(point) {
      const { x, y } = await at(...point);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.up();
    },
    described: () =>
      objects.getByRole('option').evaluateAll((options) =>
        options.map((option) => {
          const [name, size] = [...option.querySelectorAll('span[class*="ame"],span[class*="size"]')];
          return `${name?.textContent} ${size?.getAttribute('title')}`;
        }),
      ),
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
  };
}

/** Makes a project from the start page on a folder and waits until its images are there. */
export async function createProject(
  { app, page }: LaunchedApp,
  project: { readonly name: string; readonly folder: string; readonly images: number },
): Promise<LabelPage> {
  await answerFolderDialog(app, project.folder);
  await page
    .getByRole('button', { name: /new project/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(project.name);
  await dialog.locator('button[type="submit"]').click();
  await expect(page.getByText(`${project.images} images`, { exact: true })).toBeVisible();
  const label = labelPage(page);
  await expect(label.images.getByRole('option', { selected: true })).toBeVisible();
  await expect(label.canvas).toBeVisible();
  return label;
}
