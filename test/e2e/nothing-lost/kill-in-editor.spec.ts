import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type LaunchedApp, launchApp, temporaryFolder } from '../../harness/electron-app';
import { createProject, type LabelPage, labelPage, writePictures } from '../../harness/label-page';
import { randomFrom } from '../../harness/labelling-script';

const ROUNDS = Number(process.env.GROUNDMARK_EDITOR_KILL_ROUNDS ?? 5);
const SHORTEST_IN_MS = 200;
const LONGEST_IN_MS = 2500;

/** Where the nth box is drawn, in image px: a grid, so that each box is known by its place. */
const cornerOf = (n: number): readonly [number, number] => [20 + (n % 12) * 50, 20 + Math.floor(n / 12) * 50];
const SIDE = 30;

/** The image's labels are on screen, or the words that there are none; before that there is nothing to draw on. */
function expectOpen(page: Page, label: LabelPage): Promise<void> {
  const words = page.getByText('Nothing labelled yet.');
  return expect(label.objects.getByRole('option').first().or(words)).toBeVisible();
}

/** Draws boxes by mouse until the app is killed; gives how many the status line had called saved. */
async function drawUntilKilled(launched: LaunchedApp, label: LabelPage, from: number, killAfterMs: number) {
  let saved = from;
  let isKilled = false;
  const killed = new Promise<void>((resolve) => setTimeout(resolve, killAfterMs)).then(async () => {
    isKilled = true;
    await launched.kill9();
  });
  try {
    for (let n = from; !isKilled; n += 1) {
      const [x, y] = cornerOf(n);
      await label.drag([x, y], [x + SIDE, y + SIDE]);
      await expect(label.saved).toHaveText(new RegExp(`^Saved: ${n + 1} objects?, [0-9a-f]{8}$`));
      saved = n + 1;
    }
  } catch (error) {
    // The page went with the app; anything before that is a failure of its own.
    if (!isKilled) throw error;
  }
  await killed;
  return saved;
}

test('SIGKILL while a person draws with the mouse keeps every box that the status line called saved', async () => {
  test.setTimeout(60_000 + ROUNDS * 20_000);
  const pictures = path.join(temporaryFolder('pictures'), 'street');
  writePictures(pictures, 2);
  const folders = { home: temporaryFolder('home'), profile: temporaryFolder('profile') };
  const moments = randomFrom(7);

  let launched = await launchApp(folders);
  await launched.page.setViewportSize({ width: 1280, height: 800 });
  let label = await createProject(launched, { name: 'Streets', folder: pictures, images: 2 });
  await expectOpen(launched.page, label);
  let count = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    await label.press('r');
    const killAfterMs = SHORTEST_IN_MS + moments() * (LONGEST_IN_MS - SHORTEST_IN_MS);
    const saved = await drawUntilKilled(launched, label, count, killAfterMs);

    launched = await launchApp(folders);
    await launched.page.setViewportSize({ width: 1280, height: 800 });
    label = labelPage(launched.page);
    // Chromium writes preferences to disk seconds later than labels, so the app may not know where it was.
    const onStartPage = launched.page.getByRole('button', { name: /^Streets/ });
    await expect(onStartPage.or(label.canvas).first()).toBeVisible();
    if (await onStartPage.isVisible()) await onStartPage.click();
    await expect(label.canvas).toBeVisible();
    await expectOpen(launched.page, label);
    // The box that was being saved may be there too: whole, or not at all.
    await expect
      .poll(async () => (await label.described()).length, { message: `round ${round}` })
      .toBeGreaterThanOrEqual(saved);
    const found = (await label.described()).reverse();
    expect(found.length).toBeLessThanOrEqual(saved + 1);
    found.forEach((words, n) => {
      const [width, height, x, y] = (words.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
      const [wantedX, wantedY] = cornerOf(n);
      // A screen px is more than an image px here, so the pointer lands within one of where it was meant to.
      expect(Math.abs((x ?? Number.NaN) - wantedX), words).toBeLessThanOrEqual(1.5);
      expect(Math.abs((y ?? Number.NaN) - wantedY), words).toBeLessThanOrEqual(1.5);
      expect(Math.abs((width ?? Number.NaN) - SIDE), words).toBeLessThanOrEqual(2);
      expect(Math.abs((height ?? Number.NaN) - SIDE), words).toBeLessThanOrEqual(2);
    });
    count = found.length;
  }
  expect(count).toBeGreaterThan(ROUNDS);
  await launched.close();
});
