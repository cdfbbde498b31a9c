import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';

/** Pictures of the page in both themes for looking at, where GROUNDMARK_SHOTS names a folder. */
export async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env.GROUNDMARK_SHOTS;
  if (folder === undefined) return;
  fs.mkdirSync(folder, { recursive: true });
  const before = await page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
  for (const scheme of ['light', 'dark']) {
    await page.evaluate((next) => {
      document.documentElement.dataset.mantineColorScheme = next;
    }, scheme);
    await page.screenshot({ path: path.join(folder, `${name}-${scheme}.png`) });
  }
  await page.evaluate((next) => {
    document.documentElement.dataset.mantineColorScheme = next;
  }, before);
}
