/**
 * `node scripts/screenshots.mjs [folder]`: opens the sample project in the real app and takes a picture of every screen,
 * dark and light, at 1280 x 800 and 2560 x 1440. Those in docs/images are from here; look at them before committing any.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron as electron } from '@playwright/test';
import { buildTargets, dist } from './build.mjs';
import { ensureSystemPackages, openDisplay, sandboxArgs } from './display.mjs';
import { resolveRuntime } from './runtime.mjs';

const folder = path.resolve(process.argv[2] ?? 'build/screenshots');
const runtime = await resolveRuntime();
ensureSystemPackages(runtime.executable);
await buildTargets(['main', 'preload', 'workers', 'renderer']);
const display = await openDisplay();
process.env.ELECTRON_OVERRIDE_DIST_PATH = runtime.path;
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-screenshots-'));
const app = await electron.launch({
  args: [...sandboxArgs(), dist],
  env: {
    ...process.env,
    ...display.env,
    GROUNDMARK_HOME: path.join(work, 'home'),
    GROUNDMARK_PROFILE: path.join(work, 'profile'),
  },
});
const page = await app.firstWindow();
fs.mkdirSync(folder, { recursive: true });

/** Long enough for thumbnails and short motions; only pictures depend on it. */
const SETTLE_MS = 1500;

async function resize(width, height) {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0].setContentSize(...size),
    [width, height],
  );
}

async function take(name) {
  await page.mouse.move(640, 5);
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

const go = (screen) =>
  page.keyboard.press({ projects: 'Alt+1', label: 'Alt+2', schema: 'Alt+3', datasets: 'Alt+4' }[screen]);

async function everyScreen(suffix) {
  await go('projects');
  await take(`projects-${suffix}`);
  await go('label');
  await page.getByRole('application').waitFor();
  await take(`label-${suffix}`);
  await go('schema');
  await take(`schema-${suffix}`);
  await go('datasets');
  await take(`datasets-${suffix}`);
  await page.keyboard.press('Control+,');
  await take(`settings-${suffix}`);
  await go('label');
  await page.keyboard.press('Control+k');
  await take(`palette-${suffix}`);
  await page.keyboard.press('Escape');
  await page.getByRole('application').focus();
  await page.keyboard.press('?');
  await take(`help-${suffix}`);
  await page.keyboard.press('Escape');
}

/** The sample's pictures in image px, and the margin in screen px that the canvas leaves around a fitted one. */
const PICTURE = { width: 1280, height: 720, margin: 24 };

/** Draws what a labeller would on the first picture that is not labelled, each object with another tool. */
async function drawShapes() {
  await page.keyboard.press('n');
  await page.waitForTimeout(SETTLE_MS);
  const view = await page.getByRole('application').boundingBox();
  const room = (side) => side - 2 * PICTURE.margin;
  const scale = Math.min(room(view.width) / PICTURE.width, room(view.height) / PICTURE.height);
  const at = ([x, y]) => [
    view.x + view.width / 2 + (x - 0.5) * PICTURE.width * scale,
    view.y + view.height / 2 + (y - 0.5) * PICTURE.height * scale,
  ];
  const click = (point) => page.mouse.click(...at(point));
  const drag = async (from, to) => {
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at(to), { steps: 5 });
    await page.mouse.up();
  };
  const draw = async (label, tool, points) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('v');
    await page.keyboard.press('Escape');
    await page.keyboard.press(label);
    await page.keyboard.press(tool);
    for (const point of points) await click(point);
    await page.keyboard.press('Enter');
  };
  const car = [
    [0.14, 0.49],
    [0.165, 0.475],
    [0.19, 0.392],
    [0.31, 0.387],
    [0.333, 0.46],
    [0.333, 0.515],
    [0.272, 0.59],
    [0.245, 0.555],
    [0.166, 0.555],
    [0.14, 0.585],
  ];
  await draw('2', 'r', []);
  await drag([0.403, 0.325], [0.452, 0.425]);
  await draw('6', 'j', []);
  await drag([0.489, 0.352], [0.526, 0.535]);
  await draw('9', 'k', [
    [0.3105, 0.3],
    [0.3105, 0.32],
  ]);
  await draw('1', 'p', car);
  await page.keyboard.press('v');
}

await resize(1280, 800);
await take('welcome-dark-1280');
await page
  .getByRole('button', { name: /sample/i })
  .first()
  .click();
await page.getByRole('application').waitFor({ timeout: 120_000 });
await page.waitForTimeout(3000);
await resize(1600, 1000);
await drawShapes();
await take('shapes-dark-1600');
await go('datasets');
await page.getByRole('button', { name: 'Publish', exact: true }).click();
await page.waitForTimeout(6000);
for (const theme of ['dark', 'light']) {
  for (const [width, height] of [
    [1280, 800],
    [2560, 1440],
  ]) {
    await resize(width, height);
    await everyScreen(`${theme}-${width}`);
  }
  await page.keyboard.press('Control+,');
  await page.getByText('Light', { exact: true }).click();
}
await app.close();
display.close();
fs.rmSync(work, { recursive: true, force: true });
console.log(`Screenshots are in ${folder}.`);
process.exit(0);
