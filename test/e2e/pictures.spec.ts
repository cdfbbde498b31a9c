import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { loadVips } from '../../electron/media/vips';
import { launchApp, temporaryFolder } from '../harness/electron-app';
import { writeHugeJpeg } from '../harness/huge-picture';
import { createProject, labelPage, writePictures } from '../harness/label-page';
import { drawnMoments, forgetDrawn, watchDrawing } from '../harness/watch-tiles';

const HUGE = { width: 9000, height: 6000 } as const;
const DAMAGED = { width: 800, height: 600 } as const;

test('a huge picture shows at once, sharpens where one looks, and takes boxes in its own px', async () => {
  const folder = path.join(temporaryFolder('huge'), 'pictures');
  writePictures(folder, 1);
  await writeHugeJpeg(path.join(folder, 'huge.jpg'), HUGE.width, HUGE.height);
  const launched = await launchApp();
  const { page, profile } = launched;
  const { canvas, press, described, saved } = await createProject(launched, {
    name: 'Huge',
    folder,
    images: 2,
  });
  await watchDrawing(page);
  await canvas.focus();
  await forgetDrawn(page);
  await press('d');
  await expect.poll(async () => (await drawnMoments(page)).firstView, { timeout: 30_000 }).not.toBeNull();
  await press('r');
  await labelPage(page, HUGE).drag([4000, 2500], [5000, 3500]);
  await expect(saved).toHaveText(/saved/i);
  const [box = ''] = await described();
  const [width = 0, height = 0, left = 0, top = 0] = (box.match(/\d+/g) ?? []).map(Number);
  // One screen px of a fitted picture is some ten of its own.
  const close = (value: number, expected: number) => expect(Math.abs(value - expected)).toBeLessThan(16);
  close(width, 1000);
  close(height, 1000);
  close(left, 4000);
  close(top, 2500);
  await press('ControlOrMeta+1');
  await expect.poll(async () => (await drawnMoments(page)).sharp, { timeout: 30_000 }).not.toBeNull();
  // All tiles are on disk when the list of them is.
  const isKept = () =>
    fs
      .readdirSync(path.join(profile, 'tiles'))
      .some((name) => fs.existsSync(path.join(profile, 'tiles', name, 'pyramid.json')));
  await expect.poll(isKept, { timeout: 30_000 }).toBe(true);
  await launched.close();
});

test('pictures that end or break midway show what there is, say so, and keep and take labels', async () => {
  const folder = path.join(temporaryFolder('damaged'), 'pictures');
  fs.mkdirSync(folder);
  const names = ['broken.png', 'cut.jpg', 'cut.png', 'sound.jpg'] as const;
  for (const [index, name] of names.entries()) {
    fs.writeFileSync(path.join(folder, name), await noise(path.extname(name), index + 1));
  }
  const launched = await launchApp();
  const { page } = launched;
  await createProject(launched, { name: 'Damaged', folder, images: names.length });
  const label = labelPage(page, DAMAGED);
  // After they were added: a disk that fails, or a copy that was interrupted.
  for (const name of names) damage(path.join(folder, name));
  await page.reload();
  const problem = page.getByRole('alert').filter({ hasText: 'damaged' });
  await label.canvas.focus();
  for (const [index, name] of names.entries()) {
    if (index > 0) await label.press('d');
    await expect(page.getByText(`${index + 1} of ${names.length}`)).toBeVisible();
    if (name === 'sound.jpg') await expect(problem).toBeHidden();
    else {
      await expect(problem).toContainText(new RegExp(`${name} is damaged. It could be read up to row \\d+`));
      const row = Number(/up to row (\d+)/.exec((await problem.textContent()) ?? '')?.[1]);
      // Half of the bytes of noise are half of its rows.
      expect(Math.abs(row - DAMAGED.height / 2)).toBeLessThan(64);
    }
    await label.press('r');
    await label.drag([100, 100], [300, 200]);
    await expect(label.saved).toHaveText(/saved/i);
    await expect.poll(async () => (await label.described()).length).toBe(1);
    await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
    await label.press('v');
  }
  await launched.close();
});

async function noise(suffix: string, seed: number): Promise<Uint8Array> {
  const vips = await loadVips();
  const band = (n: number) =>
    vips.Image.gaussnoise(DAMAGED.width, DAMAGED.height, { mean: 128, sigma: 40, seed: seed * 10 + n });
  const image = band(1)
    .bandjoin([band(2), band(3)])
    .cast('uchar')
    .copy({ interpretation: 'srgb' });
  return image.writeToBuffer(suffix);
}

function damage(file: string): void {
  const bytes = fs.readFileSync(file);
  const half = Math.floor(bytes.length / 2);
  if (file.includes('cut')) fs.writeFileSync(file, bytes.subarray(0, half));
  else if (file.includes('broken')) {
    bytes.writeUInt8(bytes.readUInt8(half) ^ 0x55, half);
    fs.writeFileSync(file, bytes);
  }
}
