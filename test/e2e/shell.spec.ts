import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { callMain, callMainRaw, heardEvents, listenFor } from '../harness/bridge-calls';
import { type LaunchedApp, launchApp, temporaryFolder } from '../harness/electron-app';
import { grantFolder, logLines, plainPng } from '../harness/shell';

/** Tests that only look share one app; those that crash, close or move it open their own. */
test.describe('the shell', () => {
  let launched: LaunchedApp;

  test.beforeAll(async () => {
    launched = await launchApp();
  });

  test.afterAll(async () => {
    await launched.close();
  });

  test('gives the page two functions and nothing of Node or Electron', async () => {
    const seen = await launched.page.evaluate(() => ({
      bridge: Object.keys((globalThis as unknown as { groundmark: object }).groundmark).sort(),
      leaked: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global'].filter(
        (name) => name in globalThis,
      ),
      isIsolated: crossOriginIsolated,
      origin: location.origin,
    }));
    expect(seen).toEqual({
      bridge: ['invoke', 'subscribe'],
      leaked: [],
      isIsolated: true,
      origin: 'app://bundle',
    });
  });

  test('says what it is', async () => {
    const info = await callMain(launched.page, 'app.info', {});
    expect(info).toMatchObject({
      ok: true,
      value: { platform: process.platform, dataHomeForDisplay: launched.home },
    });
  });

  test('refuses calls that are not in the table, and wrong arguments', async () => {
    for (const channel of ['nothing.here', '__proto__', 'constructor', '']) {
      expect(await callMainRaw(launched.page, channel, {})).toMatchObject({
        ok: false,
        error: { code: 'ipc.unknown-channel' },
      });
    }
    for (const args of [null, 7, {}, { level: 'loud', message: '' }, { level: 'info', message: 7 }]) {
      expect(await callMainRaw(launched.page, 'log.write', args)).toMatchObject({
        ok: false,
        error: { code: 'ipc.bad-arguments' },
      });
    }
  });

  test('refuses a foreign sender, even with our preload and our origin', async () => {
    const { app } = launched;
    const urls = ['app://bundle/recovery-crashed.html', 'about:blank', 'data:text/html,hello'];
    const replies = await app.evaluate(async ({ BrowserWindow, app: electronApp }, addresses) => {
      const names = encodeURIComponent(JSON.stringify({ channels: ['app.info'], events: [] }));
      const answers: unknown[] = [];
      for (const address of addresses) {
        const foreign = new BrowserWindow({
          show: false,
          webPreferences: {
            preload: `${electronApp.getAppPath()}/electron/preload.cjs`,
            additionalArguments: [`--groundmark-names=${names}`],
            sandbox: true,
          },
        });
        await foreign.loadURL(address);
        answers.push(await foreign.webContents.executeJavaScript('window.groundmark.invoke("app.info", {})'));
        foreign.destroy();
      }
      return answers;
    }, urls);
    expect(replies).toHaveLength(urls.length);
    for (const reply of replies) {
      expect(reply).toMatchObject({ ok: false, error: { code: 'ipc.foreign-sender' } });
    }
  });

  test('sends a content policy from default-src none, and no text becomes code', async () => {
    const result = await launched.page.evaluate(async () => {
      const response = await fetch('app://bundle/index.html');
      const attempt = (run: () => unknown): string => {
        try {
          run();
          return 'ran';
        } catch (error) {
          return error instanceof Error ? error.name : 'refused';
        }
      };
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.head.append(script);
      const module = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
      return {
        policy: response.headers.get('content-security-policy'),
        nosniff: response.headers.get('x-content-type-options'),
        eval: attempt(() => Reflect.get(globalThis, 'eval')('1')),
        function: attempt(() => new Function('return 1')()),
        timer: attempt(() => setTimeout('globalThis.timerRan = true', 0)),
        wasm: await WebAssembly.compile(module).then(
          () => 'ran',
          (error: Error) => error.name,
        ),
        inlineRan: 'inlineRan' in globalThis,
        timerRan: await new Promise((resolve) => setTimeout(() => resolve('timerRan' in globalThis), 50)),
      };
    });
    expect(result.policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(result.policy).not.toContain('unsafe-eval');
    expect(result).toMatchObject({
      nosniff: 'nosniff',
      eval: 'EvalError',
      function: 'EvalError',
      wasm: 'CompileError',
      inlineRan: false,
      timerRan: false,
    });
  });

  test('stays where it is: no navigation, no new window, no frame, no webview', async () => {
    const { app, page } = launched;
    const before = page.url();
    const attempts = await page.evaluate(() => {
      const opened = [
        window.open('https://example.com/'),
        window.open('about:blank'),
        window.open('app://bundle/index.html'),
      ];
      const link = document.createElement('a');
      link.href = 'https://example.com/linked';
      link.target = '_blank';
      document.body.append(link);
      link.click();
      const frame = document.createElement('iframe');
      frame.src = 'app://bundle/index.html';
      document.body.append(frame, document.createElement('webview'));
      link.remove();
      return opened.filter((child) => child !== null).length;
    });
    expect(attempts).toBe(0);
    const refused = (url: string): boolean =>
      logLines(launched.home).some(
        (line) => line.message === 'A navigation was refused.' && line.url === url,
      );
    // Chromium itself refuses files before anybody is asked, so there is no line for it.
    for (const url of ['file:///etc/passwd', 'https://example.com/', 'asset://thumb/00', 'app://other/']) {
      await page.evaluate((address) => {
        location.href = address;
      }, url);
      if (!url.startsWith('file:')) await expect.poll(() => refused(url)).toBe(true);
    }
    expect(page.url()).toBe(before);
    const contents = await app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((each) => [each.getType(), each.getURL()]),
    );
    expect(contents).toEqual([['window', before]]);
    // A frame that the policy refused shows an error page of no origin; it has no bridge.
    expect(page.frames().filter((frame) => frame !== page.mainFrame() && isAppFrame(frame.url()))).toEqual(
      [],
    );
  });

  test('denies what is not listed: camera, place, notifications, screen, devices', async () => {
    const answers = await launched.page.evaluate(async () => {
      const name = (error: unknown): string => (error instanceof Error ? error.name : 'refused');
      return {
        notifications: await Notification.requestPermission(),
        camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', name),
        screen: await navigator.mediaDevices.getDisplayMedia().then(() => 'given', name),
        place: await new Promise((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('given'),
            (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'),
          ),
        ),
        clipboard: await navigator.clipboard.readText().then(() => 'given', name),
      };
    });
    expect(answers.notifications).toBe('denied');
    expect(answers.place).toBe('denied');
    for (const answer of [answers.camera, answers.screen, answers.clipboard])
      expect(answer).not.toBe('given');
  });

  test('makes no network request, whatever is tried', async () => {
    const { app, page } = launched;
    const server = http.createServer((_request, response) => response.end('reached'));
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    // The server does answer, to a process that may ask.
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('reached');
    expect(connections).toBe(1);
    const fromPage = await page.evaluate(async (target) => {
      const settled = (run: (done: (what: string) => void) => void) =>
        new Promise<string>((resolve) => {
          run(resolve);
          setTimeout(() => resolve('nothing'), 1000);
        });
      const load = (element: HTMLElement) =>
        settled((done) => {
          element.addEventListener('load', () => done('loaded'));
          element.addEventListener('error', () => done('refused'));
          document.head.append(element);
        });
      const link = Object.assign(document.createElement('link'), {
        rel: 'stylesheet',
        href: `http://${target}/a.css`,
      });
      const script = Object.assign(document.createElement('script'), { src: `http://${target}/a.js` });
      navigator.sendBeacon(`http://${target}/beacon`);
      for (const rel of ['prefetch', 'preconnect', 'dns-prefetch']) {
        document.head.append(
          Object.assign(document.createElement('link'), { rel, href: `http://${target}/` }),
        );
      }
      return {
        fetch: await fetch(`http://${target}/`).then(
          () => 'loaded',
          () => 'refused',
        ),
        image: await settled((done) => {
          const image = new Image();
          image.onload = () => done('loaded');
          image.onerror = () => done('refused');
          image.src = `http://${target}/a.png`;
        }),
        style: await load(link),
        script: await load(script),
        socket: await settled((done) => {
          try {
            const socket = new WebSocket(`ws://${target}/`);
            socket.onopen = () => done('loaded');
            socket.onerror = () => done('refused');
          } catch {
            done('refused');
          }
        }),
        source: await settled((done) => {
          const source = new EventSource(`http://${target}/`);
          source.onopen = () => done('loaded');
          source.onerror = () => done('refused');
        }),
      };
    }, `127.0.0.1:${port}`);
    // Past the policy, where only the session's own refusal is left.
    const fromMain = await app.evaluate(async ({ BrowserWindow, net }, url) => {
      const window = new BrowserWindow({ show: false });
      const loaded = await window.loadURL(url).then(
        () => 'loaded',
        () => 'refused',
      );
      window.destroy();
      const fetched = await net.fetch(url).then(
        () => 'loaded',
        (error: Error) => (error.message.includes('ERR_BLOCKED_BY_CLIENT') ? 'refused' : error.message),
      );
      return { loaded, fetched };
    }, `http://127.0.0.1:${port}/`);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(Object.values({ ...fromPage, ...fromMain })).toEqual(Array(8).fill('refused'));
    expect(connections).toBe(1);
  });

  test('shows pictures of an opened folder and nothing beside it', async () => {
    const { app, page } = launched;
    const base = temporaryFolder('pictures');
    const folder = path.join(base, 'photos');
    fs.mkdirSync(path.join(folder, 'day 1'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'day 1', 'a #1 50%.png'), plainPng(7, 5));
    fs.writeFileSync(path.join(base, 'secret.png'), plainPng(3, 3));
    fs.writeFileSync(path.join(folder, 'notes.png'), 'not a picture');
    fs.symlinkSync(path.join(base, 'secret.png'), path.join(folder, 'link.png'));
    const grant = await grantFolder(app, page, folder);
    expect(JSON.stringify(grant)).not.toContain(base);
    const size = await page.evaluate(async (id) => {
      const response = await fetch(`asset://source/${id}/day%201/a%20%231%2050%25.png`);
      const bitmap = await createImageBitmap(await response.blob());
      return [bitmap.width, bitmap.height];
    }, grant.id);
    expect(size).toEqual([7, 5]);
    const shown = await page.evaluate(async (id) => {
      const image = new Image();
      image.src = `asset://source/${id}/day%201/a%20%231%2050%25.png`;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, grant.id);
    expect(shown).toEqual([7, 5]);
    const addresses = [
      `asset://source/${grant.id}/../secret.png`,
      `asset://source/${grant.id}/%2e%2e/secret.png`,
      `asset://source/${grant.id}/..%2fsecret.png`,
      `asset://source/${grant.id}/%252e%252e%252fsecret.png`,
      `asset://source/${grant.id}/day%201%2f..%2f..%2fsecret.png`,
      `asset://source/${grant.id}/..%5csecret.png`,
      `asset://source/${grant.id}/link.png`,
      `asset://source/${grant.id}/notes.png`,
      `asset://source/${grant.id}/gone.png`,
      `asset://source/00000000-0000-4000-8000-000000000000/a.png`,
      `asset://source/${grant.id}/`,
    ];
    const statuses = await page.evaluate(
      (all) => Promise.all(all.map(async (address) => (await fetch(address)).status)),
      addresses,
    );
    for (const [index, status] of statuses.entries()) {
      expect([403, 404], addresses[index]).toContain(status);
    }
  });

  test('takes dropped folders and files by id, and the page never sees a path', async () => {
    const { page } = launched;
    const base = temporaryFolder('dropped');
    fs.mkdirSync(path.join(base, 'frames'));
    fs.writeFileSync(path.join(base, 'one.png'), plainPng(2, 2));
    fs.writeFileSync(path.join(base, 'two.png'), plainPng(2, 2));
    await listenFor(page, 'grants.dropped');
    await page.evaluate(() => {
      const drops = { seen: 0 };
      Object.assign(globalThis, { drops });
      document.addEventListener('drop', () => {
        drops.seen += 1;
      });
    });
    const session = await page.context().newCDPSession(page);
    const files = ['frames', 'one.png', 'two.png'].map((name) => path.join(base, name));
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', {
        type,
        x: 300,
        y: 300,
        data: { items: [], files, dragOperationsMask: 1 },
      });
    }
    await expect.poll(() => heardEvents(page, 'grants.dropped')).toHaveLength(1);
    const heard = await heardEvents(page, 'grants.dropped');
    expect(heard).toMatchObject([
      { grants: [{ displayName: 'frames' }, { displayName: 'one.png and 1 more', isAvailable: true }] },
    ]);
    expect(JSON.stringify(heard)).not.toContain(base);
    expect(await page.evaluate(() => (globalThis as unknown as { drops: { seen: number } }).drops.seen)).toBe(
      0,
    );
  });

  test('builds native menus from the page and tells what was chosen', async () => {
    const { app, page } = launched;
    await listenFor(page, 'menu.command');
    const accelerators = ['CmdOrCtrl+Z', '?', 'Shift+/', 'Escape', 'B', 'no such key', null];
    const items = accelerators.map((accelerator, index) => ({
      type: 'command' as const,
      commandId: `test.${index}`,
      label: `Test ${index}`,
      accelerator,
      isEnabled: index !== 1,
    }));
    const reply = await callMain(page, 'menu.set', {
      menus: [{ label: 'Test', items: [...items, { type: 'separator' }] }],
    });
    expect(reply).toEqual({ ok: true, value: null });
    await app.evaluate(({ Menu }) => {
      const menu = Menu.getApplicationMenu()?.items.find((item) => item.label === 'Test');
      for (const item of menu?.submenu?.items ?? []) if (item.enabled) item.click();
    });
    await expect.poll(() => heardEvents(page, 'menu.command')).toHaveLength(6);
    expect((await heardEvents(page, 'menu.command'))[0]).toEqual({ commandId: 'test.0' });
  });

  test('keeps backups outside of the profile and gives them back', async () => {
    const { home, page } = launched;
    const begun = await callMain(page, 'backup.begin', {
      summary: {
        projectId: '11111111-1111-4111-8111-111111111111' as never,
        projectName: 'Crossing',
        madeAt: '2026-03-20T10:00:00.000Z',
        images: 1,
        annotations: 2,
        reason: 'manual',
      },
    });
    if (!begun.ok) throw new Error(begun.error.message);
    const { id } = begun.value;
    await callMain(page, 'backup.append', { id, lines: ['{"a":1}', '{"b":"ü"}'] });
    const finished = await callMain(page, 'backup.finish', { id });
    expect(finished).toMatchObject({ ok: true, value: { id, projectName: 'Crossing' } });
    expect(fs.readdirSync(path.join(home, 'backups'))).toEqual([`${id}.jsonl.gz`]);
    expect(await callMain(page, 'backup.read', { id, fromLine: 0 })).toEqual({
      ok: true,
      value: { lines: ['{"a":1}', '{"b":"ü"}'], nextLine: null },
    });
  });
});

function isAppFrame(url: string): boolean {
  return url.startsWith('app://bundle');
}
