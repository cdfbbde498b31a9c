import fs from 'node:fs';
import path from 'node:path';
import { loadVips } from '../../electron/media/vips';
import { launchApp, temporaryFolder } from '../harness/electron-app';
import { createProject } from '../harness/label-page';
import { percentile95 } from '../harness/large-project';
import { stepImages } from '../harness/step-images';

const PICTURES = 24;
/** Between steps a person looks at the picture; its neighbours are decoded meanwhile. */
const PAUSE_MS = 700;
const SIZE = { width: 1920, height: 1080 } as const;

/**
 * `image.next`: from the key to the frame that shows the next picture sharp, for prefetched 1080p JPEGs that are hard to
 * decode (noise). Against drawing one decoded 1080p picture onto a bare canvas of the same size and waiting for its frame.
 */
export default async function bench() {
  const folder = path.join(temporaryFolder('next'), 'pictures');
  await writeNoise(folder);
  const launched = await launchApp();
  try {
    const { page } = launched;
    await createProject(launched, { name: 'Next', folder, images: PICTURES });
    await page.waitForTimeout(3000);
    const ours = await stepImages(page, PICTURES - 2, PAUSE_MS);
    const bare = await page.evaluate(drawBare, [PICTURES - 2, SIZE] as const);
    const [value, baseline] = [percentile95(ours), percentile95(bare)];
    return [{ bench: 'image.next', n: ours.length, value, unit: 'ms', baseline, ratio: value / baseline }];
  } finally {
    await launched.close();
  }
}

async function writeNoise(folder: string): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const vips = await loadVips();
  for (let n = 0; n < PICTURES; n += 1) {
    const band = (seed: number) =>
      vips.Image.gaussnoise(SIZE.width, SIZE.height, { mean: 128, sigma: 40, seed }).cast('uchar');
    const image = band(3 * n + 1)
      .bandjoin([band(3 * n + 2), band(3 * n + 3)])
      .copy({ interpretation: 'srgb' });
    const name = `${String(n).padStart(3, '0')}.jpg`;
    fs.writeFileSync(path.join(folder, name), image.writeToBuffer('.jpg'));
  }
}

/** Runs in the page: frames of one decoded picture on a bare canvas, in ms. */
async function drawBare([steps, size]: readonly [number, typeof SIZE]): Promise<number[]> {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const painted = () =>
    new Promise<void>((resolve) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve();
        channel.port2.postMessage(null);
      }),
    );
  const bitmap = await createImageBitmap(new ImageData(size.width, size.height));
  const canvas = document.createElement('canvas');
  canvas.width = 720;
  canvas.height = 740;
  canvas.style.cssText = 'position:fixed;left:320px;top:40px;z-index:9';
  document.body.append(canvas);
  const context = canvas.getContext('2d');
  const times: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const start = performance.now();
    context?.drawImage(bitmap, 0, 0, 672, 378);
    await painted();
    times.push(performance.now() - start);
    await pause(50);
  }
  return times;
}
