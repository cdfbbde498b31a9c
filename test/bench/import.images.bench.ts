import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runScan } from '../../electron/media/scan/run-scan';
import { JobId } from '../../shared/schema/ids';
import { launchApp } from '../harness/electron-app';
import { answerFolderDialog } from '../harness/shell';
import { writeSmallPictures } from '../harness/small-pictures';

interface BenchLine {
  readonly bench: string;
  readonly n: number;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
}

/** Pairs of measurements, baseline and ours in turn, of which the medians count. */
const ROUNDS = 3;

/**
 * `import.images.scan`, the part of the media process: N small pictures are walked, read, hashed and probed by the scan
 * job itself; `import.images`, all of it: the same folder is added in the real app until the last record is stored. Both
 * against a bare loop that reads and hashes the same files synchronously (the fastest way that plain Node has).
 */
export default async function bench(): Promise<readonly BenchLine[]> {
  const n = Number(process.env.GROUNDMARK_BENCH_FILES ?? 100_000);
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-bench-images-')));
  try {
    const files = writeSmallPictures(root, n);
    const bare: number[] = [];
    const scanned: number[] = [];
    // Not counted: it fills the system's cache, so that both sides read from memory.
    readAndHash(files);
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(measure(() => readAndHash(files)));
      const start = performance.now();
      await scanAll(root, n);
      scanned.push(performance.now() - start);
    }
    const value = n / (median(scanned) / 1000);
    const baseline = n / (median(bare) / 1000);
    const app = await importInApp(root, n);
    return [
      {
        bench: 'import.images.scan',
        n,
        value: Math.round(value),
        unit: 'files/s',
        baseline: Math.round(baseline),
        ratio: Number((baseline / value).toFixed(2)),
      },
      {
        bench: 'import.images',
        n,
        value: Math.round(n / (app.ms / 1000)),
        unit: 'files/s',
        baseline: Math.round(baseline),
        ratio: Number((baseline / (n / (app.ms / 1000))).toFixed(2)),
      },
      {
        bench: 'import.images.frame',
        n,
        value: Math.round(app.frameMs),
        unit: 'ms',
        baseline: 16.7,
        ratio: Number((app.frameMs / 16.7).toFixed(1)),
      },
    ];
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}

function readAndHash(files: readonly string[]): void {
  for (const file of files) createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

async function scanAll(root: string, n: number): Promise<void> {
  let images = 0;
  const gate = { mayPass: async () => true, acknowledge: () => undefined };
  const result = await runScan(
    {
      jobId: JobId.parse('00000000-0000-4000-8000-000000000000'),
      target: { kind: 'folder', root },
      afterKey: null,
      batchSize: 1000,
    },
    {
      signal: new AbortController().signal,
      gate,
      sendBatch: (batch) => {
        images += batch.images.length;
      },
    },
  );
  if (!result.ok || images !== n) throw new Error(`the scan found ${images} of ${n} pictures`);
}

/**
 * The whole import as a person sees it: from the folder chosen to the last record stored, in the real app. The largest
 * gap between two frames meanwhile says whether the window stayed live.
 */
async function importInApp(
  root: string,
  n: number,
): Promise<{ readonly ms: number; readonly frameMs: number }> {
  const launched = await launchApp();
  const { app, page, close } = launched;
  page.setDefaultTimeout(600_000);
  await answerFolderDialog(app, root);
  await page
    .getByRole('button', { name: /new project/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Many');
  await page.evaluate(() => {
    const scope = globalThis as unknown as { longestFrame: number };
    scope.longestFrame = 0;
    let last = performance.now();
    const tick = (now: number) => {
      scope.longestFrame = Math.max(scope.longestFrame, now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const started = performance.now();
  await dialog.locator('button[type="submit"]').click();
  await page
    .getByText(`${n.toLocaleString('en')} images`, { exact: true })
    .first()
    .waitFor();
  const ms = performance.now() - started;
  const frameMs = await page.evaluate(() => (globalThis as unknown as { longestFrame: number }).longestFrame);
  await close();
  return { ms, frameMs };
}

function measure(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
