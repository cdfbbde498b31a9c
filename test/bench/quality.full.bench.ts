import { launchApp } from '../harness/electron-app';
import { seedLargeProject } from '../harness/large-project';
import type {} from '../harness/pages/quality';
import { watchMemory } from '../harness/process-memory';

const IMAGES = Number(process.env.GROUNDMARK_BENCH_IMAGES ?? 100_000);
const BOXES_PER_IMAGE = 20;
/** As many as a project of this size would have; the second figure is for truth on every image. */
const TRUTH_SHARE = 0.1;

/**
 * `quality.full`: seconds from nothing to all figures of a project of 100,000 images with 2,000,000 boxes of which 10,000
 * images have ground truth, in the real app's worker; `quality.full.all`: the same with ground truth on every image, so
 * that 4,000,000 boxes are compared. Against reading the same rows and parsing their JSON, nothing else. `.memory`: what
 * the app's processes take more at most while it goes on, beside what they took before.
 */
export default async function bench() {
  const project = await seedLargeProject(IMAGES);
  const rows = [
    ...(await measured(project, Math.round(IMAGES * TRUTH_SHARE), 'quality.full', true)),
    ...(await measured(project, IMAGES, 'quality.full.all', false)),
  ];
  return rows;
}

async function measured(
  project: { readonly home: string; readonly profile: string },
  truthImages: number,
  name: string,
  isFirst: boolean,
) {
  const seeding = await launchApp(project);
  seeding.page.setDefaultTimeout(1_800_000);
  try {
    await openTestPage(seeding.page);
    await seeding.page.evaluate(
      async ([boxes, truth, from]) => {
        if (boxes > 0) await window.qualityPage.seedBoxes(boxes);
        await window.qualityPage.seedTruth(truth, from);
      },
      [isFirst ? BOXES_PER_IMAGE : 0, truthImages, isFirst ? 0 : Math.round(IMAGES * TRUTH_SHARE)] as const,
    );
  } finally {
    await seeding.close();
  }
  // A fresh start: nothing of what was seeded is in any cache of the app.
  const { app, page, close } = await launchApp(project);
  page.setDefaultTimeout(1_800_000);
  try {
    await openTestPage(page);
    await page.waitForTimeout(2000);
    const memory = watchMemory(app.process().pid ?? 0);
    const before = memory.now();
    const full = await page.evaluate(() => window.qualityPage.measureFull());
    const peak = memory.stop() - before;
    if (full.images !== truthImages) {
      throw new Error(`${full.images} of ${truthImages} images were compared.`);
    }
    const parsing = await page.evaluate((images) => window.qualityPage.measureParsing(images), truthImages);
    const n = IMAGES * BOXES_PER_IMAGE;
    const row = (bench: string, value: number, unit: string, baseline: number) => ({
      bench,
      n,
      value,
      unit,
      baseline,
      ratio: value / baseline,
    });
    return [row(name, full.seconds, 's', parsing), row(`${name}.memory`, peak / 1e6, 'MB', before / 1e6)];
  } finally {
    await close();
  }
}

async function openTestPage(page: Awaited<ReturnType<typeof launchApp>>['page']): Promise<void> {
  await page.goto('app://bundle/test/quality.html');
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
}
