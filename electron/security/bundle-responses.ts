import fs from 'node:fs/promises';
import path from 'node:path';
import { refuseEncodedKey, refuseEscape, refuseMalformedKey } from '../grants/refusals';
import { BUNDLE_HEADERS } from './content-security-policy';
import { isAppUrl } from './origins';

/** With `nosniff` a wrong type is a file that does not load, so a type that is missing here shows at once. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** A page that main carries itself, so that it can be shown when the bundle cannot. */
export interface BuiltInPage {
  readonly contentType: string;
  readonly body: string;
}

function refused(status: number, reason: string): Response {
  return new Response(reason, {
    status,
    headers: { ...BUNDLE_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}

function keyOf(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).pathname.slice(1));
  } catch {
    return null;
  }
}

/**
 * Answers `app://bundle/…` from the folder of the built renderer, read-only and by GET alone. What is malformed,
 * encoded twice, or leads out of the folder is a 403; what is not there a 404.
 */
export function createBundleResponder(
  bundleFolder: string,
  builtInPages: Readonly<Record<string, BuiltInPage>>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isAppUrl(request.url) || request.method !== 'GET') return refused(403, 'Refused.');
    const key = keyOf(request.url);
    if (key === null || refuseMalformedKey(key) !== null || refuseEncodedKey(key) !== null) {
      return refused(403, 'Refused.');
    }
    const page = Object.hasOwn(builtInPages, key) ? builtInPages[key] : undefined;
    if (page !== undefined) {
      return new Response(page.body, { headers: { ...BUNDLE_HEADERS, 'Content-Type': page.contentType } });
    }
    const contentType = CONTENT_TYPES[path.extname(key).toLowerCase()];
    if (contentType === undefined) return refused(404, 'Not found.');
    try {
      const file = await fs.realpath(path.join(bundleFolder, key));
      if (refuseEscape(await fs.realpath(bundleFolder), file, key) !== null) return refused(403, 'Refused.');
      return new Response(await fs.readFile(file), {
        headers: { ...BUNDLE_HEADERS, 'Content-Type': contentType },
      });
    } catch {
      return refused(404, 'Not found.');
    }
  };
}
