import { launchApp } from '../harness/electron-app';
import type { BenchKind } from '../harness/pages/bench-shapes';

const RUNS = [
  { bench: 'canvas.draw', kind: 'boxes', count: 10_000, mostDifference: 0.01 },
  { bench: 'canvas.draw.dense', kind: 'boxes', count: 50_000, mostDifference: 0.01 },
  { bench: 'canvas.draw.polygons', kind: 'polygons', count: 5_000, mostDifference: 0.01 },
  // Ours draw from afar with a quarter of the pixels, which makes their rims up to a px wider.
  { bench: 'canvas.draw.masks', kind: 'masks', count: 300, mostDifference: 0.03 },
] as const satisfies readonly {
  bench: string;
  kind: BenchKind;
  count: number;
  mostDifference: number;
}[];

/**
 * One pan frame and one zoom frame with thousands of shapes, painting included, in real Electron; against a bare
 * Canvas2D loop over the same shapes in the same page, frame by frame in turns. The lines of nodes are what one Konva
 * node a shape would cost.
 */
export default async function bench() {
  const { page, close } = await launchApp();
  try {
    const rows = [];
    for (const { bench: name, kind, count, mostDifference } of RUNS) {
      await page.goto('app://bundle/test/canvas.html');
      await page.waitForSelector('html[data-ready]');
      const figures = await page.evaluate(([which, n]) => window.canvasPage.measureDrawing(which, n), [
        kind,
        count,
      ] as const);
      if (figures.difference > mostDifference) {
        throw new Error(
          `${name}: the loop does not draw what we draw: ${figures.difference} of the inked pixels differ.`,
        );
      }
      for (const [motion, { ours, bare, nodes }] of [
        ['', figures.pan],
        ['.zoom', figures.zoom],
      ] as const) {
        const row = { n: count, unit: 'ms', baseline: bare };
        rows.push(
          { bench: `${name}${motion}`, ...row, value: ours, ratio: ours / bare },
          { bench: `${name}${motion}.nodes`, ...row, value: nodes, ratio: nodes / bare },
        );
      }
    }
    return rows;
  } finally {
    await close();
  }
}
