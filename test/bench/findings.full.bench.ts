import { launchApp } from '../harness/electron-app';
import { seedLargeProject } from '../harness/large-project';
import type {} from '../harness/pages/findings';

const IMAGES = Number(process.env.GROUNDMARK_BENCH_IMAGES ?? 100_000);
const BOXES_PER_IMAGE = 20;
const SHAPES = 2000;
const EDITS = 100;

/**
 * `findings.full`: seconds from nothing to all findings of a project of 100,000 images with 2,000,000 boxes, in the real
 * app's worker, against the 60 that a person may be asked to wait. `findings.edit`: 95th percentile of what the rules
 * take after an edit of one of 2,000 objects of every kind, against the 10 ms of a whole commit.
 */
export default async function bench() {
  const project = await seedLargeProject(IMAGES);
  const seeding = await launchApp(project);
  seeding.page.setDefaultTimeout(1_800_000);
  await openTestPage(seeding.page);
  await seeding.page.evaluate((boxes) => window.findingsPage.seedBoxes(boxes), BOXES_PER_IMAGE);
  await seeding.close();
  // A fresh start: nothing of what was seeded is in any cache of the app.
  const { page, close } = await launchApp(project);
  page.setDefaultTimeout(1_800_000);
  try {
    await openTestPage(page);
    const { seconds, objects } = await page.evaluate(() => window.findingsPage.measureFull());
    if (objects !== IMAGES * BOXES_PER_IMAGE) throw new Error(`${objects} objects were checked.`);
    const { edits } = await page.evaluate(
      ([shapes, count]) => window.findingsPage.measureEdits(shapes, count),
      [SHAPES, EDITS] as const,
    );
    const edit = edits.toSorted((a, b) => a - b)[Math.floor(EDITS * 0.95)] ?? Number.NaN;
    const limit = (60 * IMAGES) / 100_000;
    return [
      {
        bench: 'findings.full',
        n: objects,
        value: seconds,
        unit: 's',
        baseline: limit,
        ratio: seconds / limit,
      },
      { bench: 'findings.edit', n: SHAPES, value: edit, unit: 'ms', baseline: 10, ratio: edit / 10 },
    ];
  } finally {
    await close();
  }
}

async function openTestPage(page: Awaited<ReturnType<typeof launchApp>>['page']): Promise<void> {
  await page.goto('app://bundle/test/findings.html');
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
}
