import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { callMain, callMainRaw } from '../harness/bridge-calls';
import { appFolder, launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject, writePictures } from '../harness/label-page';
import { grantFolder, isAlive, logLines, plainPng, workerPids } from '../harness/shell';

test('remembers the window over a restart', async () => {
  const first = await launchApp();
  const bounds = { x: 140, y: 90, width: 1210, height: 777 };
  await first.app.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
    bounds,
  );
  // The window system moves and resizes in its own time; closing before it did would remember the place before.
  const boundsOfFirst = () =>
    first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await expect.poll(boundsOfFirst).toEqual(bounds);
  await first.close();
  const second = await launchApp({ profile: first.profile, home: first.home });
  const boundsOfSecond = () =>
    second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await expect.poll(boundsOfSecond).toEqual(bounds);
  const smallest = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
  );
  expect(smallest).toEqual([1024, 640]);
  await second.close();
});

test('a second start ends by itself and shows the window that is open', async () => {
  const first = await launchApp();
  await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const executable = await first.app.evaluate(() => process.execPath);
  const env = await first.app.evaluate(() => ({ ...process.env }));
  const second = spawn(executable, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), appFolder()], {
    env,
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect
    .poll(() =>
      first.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((each) => each.isVisible()),
      ),
    )
    .toEqual([true]);
  await first.close();
});

test('a crash of the page shows what happened, and reloading brings it back', async () => {
  const { app, page, home, close } = await launchApp();
  const address = page.url();
  await app.evaluate(({ BrowserWindow, shell }) => {
    shell.showItemInFolder = (file) => Object.assign(globalThis, { shownFile: file });
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  const inWindow = (code: string): Promise<unknown> =>
    app.evaluate(
      ({ BrowserWindow }, script) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script),
      code,
    );
  const url = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
  await expect.poll(url).toMatch(/^app:\/\/bundle\/recovery-(crashed|killed)\.html$/);
  await expect
    .poll(() => inWindow('document.querySelector("h1")?.textContent ?? ""'))
    .toMatch(/^The workspace/);
  expect(await inWindow('document.querySelector("main").textContent')).toContain('is safe');
  await inWindow('document.getElementById("show-log").click()');
  await expect
    .poll(() => app.evaluate(() => (globalThis as { shownFile?: string }).shownFile))
    .toBe(path.join(home, 'logs', 'groundmark.log'));
  expect(logLines(home).some((line) => String(line.message).startsWith("The window's process is gone"))).toBe(
    true,
  );
  await inWindow('document.getElementById("reload").click()');
  await expect.poll(url).toBe(address);
  await expect
    .poll(() => inWindow('window.groundmark.invoke("app.info", {}).then((reply) => reply.ok)'))
    .toBe(true);
  // Once more: the way back works more than once.
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(url).toContain('/recovery-');
  await close();
});

test('a page that does not answer is reloaded only when the person says so', async () => {
  const { app, close } = await launchApp();
  const url = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
  const answerUnresponsive = (response: number) =>
    app.evaluate(({ BrowserWindow, dialog }, chosen) => {
      dialog.showMessageBox = async () => {
        Object.assign(globalThis, { asked: true });
        return { response: chosen, checkboxChecked: false };
      };
      // Chromium says so after half a minute of silence; here it is said for it.
      BrowserWindow.getAllWindows()[0]?.emit('unresponsive');
    }, response);
  await answerUnresponsive(0);
  expect(await app.evaluate(() => 'asked' in globalThis)).toBe(true);
  expect(await url()).toBe('app://bundle/index.html');
  await answerUnresponsive(1);
  await expect.poll(url).toContain('/recovery-');
  await close();
});

test('writes a log that holds what went wrong in main and in the page', async () => {
  const { app, page, home, close } = await launchApp();
  await callMain(page, 'log.write', {
    level: 'error',
    message: 'from the page',
    details: { place: 'canvas' },
  });
  await app.evaluate(() => {
    setTimeout(() => {
      throw new Error('thrown in main');
    }, 0);
    void Promise.reject(new Error('rejected in main'));
  });
  await callMainRaw(page, 'log.write', { level: 'wrong' });
  const hasLine = (part: Record<string, unknown>) => () =>
    logLines(home).some((line) => Object.entries(part).every(([name, value]) => line[name] === value));
  await expect.poll(hasLine({ message: 'from the page', level: 'error', from: 'window' })).toBe(true);
  await expect.poll(hasLine({ reason: 'thrown in main' })).toBe(true);
  await expect.poll(hasLine({ reason: 'rejected in main' })).toBe(true);
  await expect.poll(hasLine({ channel: 'log.write', code: 'ipc.bad-arguments' })).toBe(true);
  // The app goes on.
  expect(await callMain(page, 'app.info', {})).toMatchObject({ ok: true });
  await close();
});

test('closing waits until the page has saved and backed up what was done', async () => {
  const folder = path.join(temporaryFolder('pictures'), 'street');
  writePictures(folder, 1);
  const launched = await launchApp();
  const { page, home, close } = launched;
  const label = await createProject(launched, { name: 'Closing', folder, images: 1 });
  await label.canvas.focus();
  // No waiting between the last key and closing: the edit and its backup must still be made.
  await page.keyboard.press('e');
  await close();
  const [backup] = fs
    .readdirSync(path.join(home, 'backups'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.gz'));
  if (backup === undefined) throw new Error('there is no backup');
  const lines = gunzipSync(fs.readFileSync(path.join(home, 'backups', backup))).toString('utf8');
  expect(lines).toContain('"reason":"exit"');
  expect(lines).toContain('"state":"confirmedEmpty"');
  const messages = logLines(home).map((line) => line.message);
  expect(messages).not.toContain('The window did not get ready to close in time and was closed.');
});

test('a worker that dies takes nothing with it and comes back', async () => {
  const { app, page, home, close } = await launchApp();
  const folder = temporaryFolder('pictures');
  fs.writeFileSync(path.join(folder, 'a.png'), plainPng(9, 4));
  const grant = await grantFolder(app, page, folder);
  const decode = () =>
    page.evaluate(async (address) => {
      const response = await fetch(address);
      if (!response.ok) return response.status;
      const bitmap = await createImageBitmap(await response.blob());
      return [bitmap.width, bitmap.height];
    }, `asset://source/${grant.id}/a.png?as=png`);
  expect(await decode()).toEqual([9, 4]);
  const { media } = await workerPids(app);
  if (media === undefined) throw new Error('there is no media process');
  process.kill(media, 'SIGKILL');
  await expect
    .poll(() => logLines(home).some((line) => line.message === 'The media process ended unexpectedly.'))
    .toBe(true);
  expect(await decode()).toEqual([9, 4]);
  expect((await workerPids(app)).media).not.toBe(media);
  await close();
});

test('workers end with the app, even when it is killed', async () => {
  const { app, page, kill9 } = await launchApp();
  const folder = temporaryFolder('pictures');
  fs.writeFileSync(path.join(folder, 'a.png'), plainPng(9, 4));
  const grant = await grantFolder(app, page, folder);
  await page.evaluate(
    async (address) => (await fetch(address)).status,
    `asset://source/${grant.id}/a.png?as=png`,
  );
  expect(await callMain(page, 'lake.versions', { projectId: null })).toEqual({ ok: true, value: [] });
  const pids = await workerPids(app);
  expect(Object.keys(pids).sort()).toEqual(['datasets', 'media']);
  const main = app.process().pid;
  if (main === undefined) throw new Error('the app has no process');
  // Main alone, as when the system runs out of memory: its workers must not go on holding files.
  process.kill(main, 'SIGKILL');
  for (const pid of Object.values(pids)) await expect.poll(() => isAlive(pid)).toBe(false);
  await kill9();
});

test('grants outlive a restart and paths stay in main', async () => {
  const first = await launchApp();
  const folder = temporaryFolder('photos');
  fs.writeFileSync(path.join(folder, 'a.png'), plainPng(3, 2));
  const grant = await grantFolder(first.app, first.page, folder);
  await first.kill9();
  const second = await launchApp({ home: first.home, profile: first.profile });
  const listed = await callMain(second.page, 'grants.list', {});
  expect(listed).toEqual({
    ok: true,
    value: [{ id: grant.id, displayName: path.basename(folder), purpose: 'images', isAvailable: true }],
  });
  const status = await second.page.evaluate(
    async (address) => (await fetch(address)).status,
    `asset://source/${grant.id}/a.png`,
  );
  expect(status).toBe(200);
  await second.close();
});
