import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { appFolder, electronRuntime, temporaryFolder } from '../harness/electron-app';
import { median, seedLargeProject } from '../harness/large-project';
import { logLines } from '../harness/shell';

const IMAGES = Number(process.env.GROUNDMARK_BENCH_IMAGES ?? 100_000);
const ROUNDS = 5;

/**
 * `app.start`: from the start of the process to a label screen one can work with, in the last project with 100,000
 * images; against an empty Electron window of the same runtime, from the start of the process to loaded. Both are
 * started plainly, without a driver, and write down the moment themselves. In turns; medians.
 */
export default async function bench() {
  const project = await seedLargeProject(IMAGES);
  const empty = writeEmptyApp();
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await startOnce(empty.folder, {}, empty.loadedAt));
    const env = { GROUNDMARK_HOME: project.home, GROUNDMARK_PROFILE: project.profile };
    const before = usableMoments(project.home).length;
    ours.push(await startOnce(appFolder(), env, () => usableMoments(project.home)[before] ?? null));
  }
  const [value, baseline] = [median(ours), median(bare)];
  return [{ bench: 'app.start', n: IMAGES, value, unit: 'ms', baseline, ratio: value / baseline }];
}

/** Moments in ms since the epoch at which the app said in its log that the label screen can be worked with. */
function usableMoments(home: string): readonly number[] {
  return logLines(home).flatMap((line) => {
    const details = line.details as { readonly atMs?: string } | undefined;
    return line.message === 'workspace.usable' && details?.atMs !== undefined ? [Number(details.atMs)] : [];
  });
}

function writeEmptyApp() {
  const folder = temporaryFolder('empty-app');
  const moment = path.join(folder, 'loaded-at');
  fs.writeFileSync(path.join(folder, 'package.json'), '{"name":"empty","main":"main.js"}');
  fs.writeFileSync(
    path.join(folder, 'main.js'),
    `const { app, BrowserWindow } = require('electron');
     app.setPath('userData', ${JSON.stringify(path.join(folder, 'profile'))});
     app.whenReady().then(() => {
       const window = new BrowserWindow({ width: 1280, height: 800 });
       window.webContents.once('did-finish-load', () =>
         require('node:fs').writeFileSync(${JSON.stringify(moment)}, String(Date.now())));
       window.loadFile('index.html');
     });`,
  );
  fs.writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>empty</title><p>empty</p>');
  return {
    folder,
    loadedAt() {
      if (!fs.existsSync(moment)) return null;
      const at = Number(fs.readFileSync(moment, 'utf8'));
      fs.rmSync(moment);
      return at;
    },
  };
}

/** Starts an app, waits until `moment` knows when it was ready, ends it, and gives the ms in between. */
async function startOnce(
  app: string,
  env: Readonly<Record<string, string>>,
  moment: () => number | null,
): Promise<number> {
  const runtime = await electronRuntime();
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const startedAt = Date.now();
  const child = spawn(runtime.executable, [...flags, app], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  try {
    const deadline = startedAt + 30_000;
    while (Date.now() < deadline) {
      await pause(200);
      const at = moment();
      if (at !== null) return at - startedAt;
    }
    throw new Error(`${app} was not ready within 30 s.`);
  } finally {
    await ended(child);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([exited, pause(5000)]);
  if (child.exitCode === null) child.kill('SIGKILL');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
