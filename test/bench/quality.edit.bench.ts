import { launchApp } from '../harness/electron-app';
import { median, percentile95, seedLargeProject } from '../harness/large-project';
import type {} from '../harness/pages/quality';

const IMAGES = Number(process.env.GROUNDMARK_BENCH_IMAGES ?? 10_000);
const BOXES_PER_IMAGE = 20;
const EDITS = 60;

/**
 * `quality.edit`: ms from a committed edit of an image with ground truth until the page has figures with it, in a project
 * of which every image (10,000, with 200,000 boxes) has ground truth: median and 95th percentile, against a bare strict
 * put of one small record.
 */
export default async function bench() {
  const project = await seedLargeProject(IMAGES);
  const { page, close } = await launchApp(project);
  page.setDefaultTimeout(600_000);
  try {
    await page.goto('app://bundle/test/quality.html');
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    await page.evaluate(
      async ([boxes, images]) => {
        await window.qualityPage.seedBoxes(boxes);
        await window.qualityPage.seedTruth(images, 0);
      },
      [BOXES_PER_IMAGE, IMAGES] as const,
    );
    const { ours, bare } = await page.evaluate((edits) => window.qualityPage.measureEdits(edits), EDITS);
    const row = (bench: string, value: number, baseline: number) => ({
      bench,
      n: IMAGES,
      value,
      unit: 'ms',
      baseline,
      ratio: value / baseline,
    });
    return [
      row('quality.edit', median(ours), median(bare)),
      row('quality.edit.p95', percentile95(ours), percentile95(bare)),
    ];
  } finally {
    await close();
  }
}
