/** Where the app's own pages live. Not file://, which would share one origin with every file on the disk. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'bundle';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** The page that the window shows. */
export const INDEX_URL = `${APP_ORIGIN}/index.html`;

/** Pictures and thumbnails, by grant and key; see electron/media/asset-responses.ts. */
export const ASSET_SCHEME = 'asset';

/** Parsed and compared by parts: `app://bundle.example/` and `app://bundle@host/` start like ours and are not. */
export function isAppUrl(url: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(url);
    return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
  } catch {
    return false;
  }
}
