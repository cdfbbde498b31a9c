import type { App, WebContents } from 'electron';
import { isAppUrl } from './origins';

/** Only the bundle's own pages, e.g. a reload or the way back from the recovery page. */
export function isNavigationAllowed(url: string): boolean {
  return isAppUrl(url);
}

type ReportRefusal = (what: string, url: string) => void;

/**
 * For every web contents there will ever be: no navigation out of the bundle, no new windows, no webviews. Nothing is
 * handed to the system's browser either; the app shows no foreign links.
 */
export function denyNavigation(app: App, reportRefusal: ReportRefusal): void {
  app.on('web-contents-created', (_event, contents) => holdContents(contents, reportRefusal));
}

function holdContents(contents: WebContents, reportRefusal: ReportRefusal): void {
  contents.on('will-navigate', (event, url) => {
    if (isNavigationAllowed(url)) return;
    event.preventDefault();
    reportRefusal('navigation', url);
  });
  contents.on('will-redirect', (event, url) => {
    if (isNavigationAllowed(url)) return;
    event.preventDefault();
    reportRefusal('redirect', url);
  });
  contents.setWindowOpenHandler(({ url }) => {
    reportRefusal('new window', url);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    reportRefusal('webview', '');
  });
}
