import type { LabelId } from '../../shared/schema/ids';
import { launchApp } from '../harness/electron-app';
import type {} from '../harness/pages/persistence';

const LABEL = '5f0c1c7e-4b1e-4a39-8f43-0d6a4ad3a001' as LabelId;
/** A usual picture, and one as full as users of other tools report. */
const SHAPES = [20, 2000];
const EDITS = 200;

/**
 * From the moment an edit is applied to the moment its strict transaction is on disk, in real Electron; against one
 * bare strict put of one small record in the same page, edit by edit in turns. Values are 95th percentiles.
 */
export default async function bench() {
  const { page, close } = await launchApp();
  try {
    await page.goto('app://bundle/test/persistence.html');
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    const error = await page.evaluate(() => window.persistencePage.open());
    if (error !== null) throw new Error(error.message);
    const project = await page.evaluate(
      ({ label, images }) => window.persistencePage.seedProject(images, [label]),
      { label: LABEL, images: SHAPES.length },
    );
    const lines = [];
    for (const [index, shapes] of SHAPES.entries()) {
      const { ours, bare } = await page.evaluate(
        async (args) => {
          const { persistencePage } = window;
          const image = (await persistencePage.imagesOf(args.projectId))[args.index];
          if (image === undefined) throw new Error('There is no image to measure on.');
          return persistencePage.measureCommits(
            persistencePage.persistence,
            image.id,
            args.label,
            args.shapes,
            args.edits,
          );
        },
        { projectId: project.id, index, label: LABEL, shapes, edits: EDITS },
      );
      const value = percentile(ours, 0.95);
      const baseline = percentile(bare, 0.95);
      lines.push({ bench: 'edit.commit', n: shapes, value, unit: 'ms', baseline, ratio: value / baseline });
    }
    return lines;
  } finally {
    await close();
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
