import { launchApp } from '../harness/electron-app';

const SHAPES = 10_000;
const DIAMETER = 200;

/**
 * From a pointer move to the painted preview of a brush of 200 px in a view of 3840 x 2160 over 10,000 boxes, 95th
 * percentile. Against a thick line on a bare canvas of the same size; the row of nodes is one Konva line that grows.
 */
export default async function bench() {
  const { page, close } = await launchApp();
  try {
    await page.goto('app://bundle/test/canvas.html');
    await page.waitForSelector('html[data-ready]');
    const { moves, bare } = await page.evaluate((n) => window.canvasPage.measureMoves('brush', n), SHAPES);
    const nodes = await page.evaluate((d) => window.canvasPage.measureKonvaStroke(d), DIAMETER);
    const value = percentile95(moves);
    const baseline = percentile95(bare);
    const line = percentile95(nodes);
    return [
      { bench: 'tool.brush', n: DIAMETER, value, unit: 'ms p95', baseline, ratio: value / baseline },
      {
        bench: 'tool.brush.node',
        n: DIAMETER,
        value: line,
        unit: 'ms p95',
        baseline,
        ratio: line / baseline,
      },
    ];
  } finally {
    await close();
  }
}

function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}
