import path from 'node:path';
import type { Page } from '@playwright/test';
import { appFolder, type LaunchedApp, type LaunchOptions, launchApp } from '../../harness/electron-app';
import type {} from '../../harness/pages/persistence';

export const PERSISTENCE_PAGE = 'app://bundle/test/persistence.html';

/** Loads the test page; `expectsToOpen` false leaves the opening of the database to the test. */
export async function loadPersistencePage(page: Page, expectsToOpen = true): Promise<void> {
  await page.goto(PERSISTENCE_PAGE);
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  if (!expectsToOpen) return;
  const error = await page.evaluate(() => window.persistencePage.open());
  if (error !== null) throw new Error(`${error.code}: ${error.message} ${JSON.stringify(error.details)}`);
}

export async function launchPersistence(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const launched = await launchApp(options);
  await loadPersistencePage(launched.page);
  return launched;
}

/** Another window of the same app on the same profile, as secure as the first. */
export async function openSecondWindow({ app }: LaunchedApp): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(
    ({ BrowserWindow }, preload) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true, backgroundThrottling: false },
      });
      void window.loadURL('app://bundle/test/persistence.html');
    },
    path.join(appFolder(), 'electron/preload.cjs'),
  );
  const page = await opened;
  await loadPersistencePage(page);
  return page;
}
