import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBundleResponder } from '../../../../electron/security/bundle-responses';
import { CONTENT_SECURITY_POLICY } from '../../../../electron/security/content-security-policy';
import { isNavigationAllowed } from '../../../../electron/security/navigation';
import { isRequestAllowed } from '../../../../electron/security/network';
import { isPermissionAllowed } from '../../../../electron/security/permissions';

const FOREIGN_URLS = [
  'https://example.com/',
  'http://127.0.0.1:8080/',
  'ws://example.com/',
  'wss://example.com/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'not a url',
  '',
];

describe('the network', () => {
  it.each(FOREIGN_URLS)('refuses to load %j', (url) => {
    expect(isRequestAllowed(url)).toBe(false);
  });

  it.each(['app://bundle/index.html', 'asset://thumb/00', 'blob:app://bundle/x', 'data:image/png;base64,'])(
    'loads the local %j',
    (url) => {
      expect(isRequestAllowed(url)).toBe(true);
    },
  );
});

describe('navigation', () => {
  it.each([
    ...FOREIGN_URLS,
    'asset://source/x/y',
    'data:text/html,x',
    'about:blank',
    'app://other/index.html',
  ])('refuses to go to %j', (url) => {
    expect(isNavigationAllowed(url)).toBe(false);
  });

  it('lets the bundle reload', () => {
    expect(isNavigationAllowed('app://bundle/index.html')).toBe(true);
  });
});

describe('permissions', () => {
  it.each([
    'media',
    'geolocation',
    'notifications',
    'midi',
    'midiSysex',
    'pointerLock',
    'fullscreen',
    'openExternal',
    'display-capture',
    'clipboard-read',
    'fileSystem',
    'usb',
    'serial',
    'hid',
    'unknown',
  ])('refuses %s', (permission) => {
    expect(isPermissionAllowed(permission, 'app://bundle/index.html')).toBe(false);
  });

  it('gives what is listed to our page and to no other', () => {
    expect(isPermissionAllowed('clipboard-sanitized-write', 'app://bundle/')).toBe(true);
    expect(isPermissionAllowed('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
  });
});

describe('the content security policy', () => {
  it('starts from nothing and lets no code be made from text', () => {
    expect(CONTENT_SECURITY_POLICY.startsWith("default-src 'none'; ")).toBe(true);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|https?:|ws:|\*/);
    expect(CONTENT_SECURITY_POLICY).toMatch(/(^|; )script-src 'self'(;|$)/);
  });
});

describe('the bundle', () => {
  let base: string;
  let respond: (request: Request) => Promise<Response>;
  const get = (address: string): Promise<Response> => respond({ url: address, method: 'GET' } as Request);

  beforeAll(async () => {
    base = await fs.mkdtemp(path.join(os.tmpdir(), 'groundmark-bundle-'));
    const bundle = path.join(base, 'renderer');
    await fs.mkdir(path.join(bundle, 'assets'), { recursive: true });
    await fs.writeFile(path.join(bundle, 'index.html'), '<p>hello');
    await fs.writeFile(path.join(bundle, 'assets', 'index.js'), 'export {}');
    await fs.writeFile(path.join(bundle, 'assets', 'notes.txt'), 'no type');
    await fs.writeFile(path.join(base, 'secret.json'), '{}');
    await fs.symlink(path.join(base, 'secret.json'), path.join(bundle, 'link.json'));
    respond = createBundleResponder(bundle, { 'recovery.html': { contentType: 'text/html', body: 'back' } });
  });

  afterAll(() => fs.rm(base, { recursive: true, force: true }));

  it('is served with its type, the policy and nosniff', async () => {
    const page = await get('app://bundle/index.html');
    expect(await page.text()).toBe('<p>hello');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect((await get('app://bundle/assets/index.js')).headers.get('content-type')).toMatch(
      /^text\/javascript/,
    );
    expect(await (await get('app://bundle/recovery.html')).text()).toBe('back');
  });

  it.each([
    ['app://bundle/../secret.json', 404],
    ['app://bundle/%2e%2e/secret.json', 404],
    ['app://bundle/..%2fsecret.json', 403],
    ['app://bundle/%252e%252e%252fsecret.json', 403],
    ['app://bundle/..%5csecret.json', 403],
    ['app://bundle/index.html%00', 403],
    ['app://bundle/%', 403],
    ['app://bundle/link.json', 403],
    ['app://other/index.html', 403],
    ['app://bundle/', 403],
    ['app://bundle/gone.js', 404],
    ['app://bundle/assets/notes.txt', 404],
    ['app://bundle/constructor', 404],
  ])('answers %s with %i and never with the file', async (address, status) => {
    const response = await get(address);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('{}');
  });

  it('answers nothing but GET', async () => {
    const response = await respond({ url: 'app://bundle/index.html', method: 'POST' } as Request);
    expect(response.status).toBe(403);
  });
});
