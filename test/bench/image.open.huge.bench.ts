import fs from 'node:fs';
import path from 'node:path';
import { loadVips } from '../../electron/media/vips';
import { launchApp, temporaryFolder } from '../harness/electron-app';
import { writeHugeJpeg } from '../harness/huge-picture';
import { createProject, writePictures } from '../harness/label-page';
import { watchMemory } from '../harness/process-memory';
import { drawnMoments, forgetDrawn, watchDrawing } from '../harness/watch-tiles';

const WIDTH = 20_000;
const HEIGHT = 14_000;
const MEGABYTE = 1024 * 1024;

/**
 * `image.open.huge`: from the key to the first view of a 20,000 x 14,000 JPEG that was never opened before;
 * `image.open.huge.sharp`: from the same key to full sharpness in its middle at 100 %, which is zoomed to as soon as
 * there is a view; both against decoding the whole by libvips. `image.open.huge.memory`: the most that all processes of
 * the app together had resident, against what the picture takes once decoded to RGBA.
 */
export default async function bench() {
  const folder = path.join(temporaryFolder('huge'), 'pictures');
  writePictures(folder, 1);
  const file = path.join(folder, 'huge.jpg');
  await writeHugeJpeg(file, WIDTH, HEIGHT);
  const decoding = await decodeWhole(file);
  const launched = await launchApp();
  const { app, page } = launched;
  try {
    const label = await createProject(launched, { name: 'Huge', folder, images: 2 });
    await page.waitForTimeout(8000);
    const memory = watchMemory(app.process().pid ?? 0);
    await watchDrawing(page);
    await label.canvas.focus();
    const start = await forgetDrawn(page);
    await page.keyboard.press('d');
    const firstView = await until(async () => (await drawnMoments(page)).firstView);
    await page.keyboard.press('ControlOrMeta+1');
    const sharp = await until(async () => (await drawnMoments(page)).sharp);
    // What the rest of the tiles costs belongs to the memory.
    await page.waitForTimeout(15_000);
    const peak = memory.stop();
    const row = (bench: string, ms: number) => ({
      bench,
      n: WIDTH * HEIGHT,
      value: ms,
      unit: 'ms',
      baseline: decoding,
      ratio: ms / decoding,
    });
    const decoded = (WIDTH * HEIGHT * 4) / MEGABYTE;
    return [
      row('image.open.huge', firstView - start),
      row('image.open.huge.sharp', sharp - start),
      {
        bench: 'image.open.huge.memory',
        n: WIDTH * HEIGHT,
        value: peak / MEGABYTE,
        unit: 'MiB',
        baseline: decoded,
        ratio: peak / MEGABYTE / decoded,
      },
    ];
  } finally {
    await launched.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Ms to decode the picture whole, in one piece, in this process. */
async function decodeWhole(file: string): Promise<number> {
  const vips = await loadVips();
  const start = performance.now();
  const image = vips.Image.newFromFile(file).copyMemory();
  const taken = performance.now() - start;
  image.delete();
  return taken;
}

async function until(moment: () => Promise<number | null>): Promise<number> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const at = await moment();
    if (at !== null) return at;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The picture was not there within a minute.');
}
