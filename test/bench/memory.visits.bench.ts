import type { Page } from '@playwright/test';
import { launchApp } from '../harness/electron-app';
import { labelPage } from '../harness/label-page';
import { seedLabelledProject } from '../harness/large-project';
import { residentBytes } from '../harness/process-memory';
import { stepImages } from '../harness/step-images';

const VISITS = Number(process.env.GROUNDMARK_BENCH_VISITS ?? 500);
const SHAPES = 100;
const MEGABYTE = 1024 * 1024;

/** Images that are visited before the start is taken: code is compiled and caches are as full as they get. */
const WARM_UP = 20;

/**
 * `memory.visits`: the renderer's JavaScript heap after visiting so many images with 100 objects each, one after the
 * other, against that after the first few; both after collecting garbage. `memory.visits.resident`: the same of what all
 * processes of the app have resident.
 */
export default async function bench() {
  const { home, profile } = await seedLabelledProject(VISITS + WARM_UP + 2, [SHAPES]);
  const launched = await launchApp({ home, profile });
  const { app, page } = launched;
  page.setDefaultTimeout(600_000);
  try {
    await labelPage(page).canvas.waitFor();
    await page.waitForTimeout(4000);
    const pid = app.process().pid ?? 0;
    await stepImages(page, WARM_UP, 100);
    const before = { heap: await collectedHeap(page), resident: residentBytes(pid) };
    await stepImages(page, VISITS, 20);
    const after = { heap: await collectedHeap(page), resident: residentBytes(pid) };
    const row = (bench: string, value: number, baseline: number) => ({
      bench,
      n: VISITS,
      value: value / MEGABYTE,
      unit: 'MiB',
      baseline: baseline / MEGABYTE,
      ratio: value / baseline,
    });
    return [
      row('memory.visits', after.heap, before.heap),
      row('memory.visits.resident', after.resident, before.resident),
    ];
  } finally {
    await launched.close();
  }
}

/** Bytes of the heap when nothing more can be collected. */
async function collectedHeap(page: Page): Promise<number> {
  await page.waitForTimeout(2000);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}
