import { launchApp } from '../harness/electron-app';

const SHAPES = 10_000;
const GESTURES = ['drag-shape', 'draw-box', 'drag-vertex'] as const;

/**
 * From a pointer move to its painted preview, 95th percentile, with 10,000 other shapes in view: moving a shape, drawing
 * a box, dragging a vertex. Against a bare canvas that shows nothing but one box. What one Konva node a shape costs is
 * what canvas.draw says of nodes: dragging one of them draws them all.
 */
export default async function bench() {
  const { page, close } = await launchApp();
  try {
    const rows = [];
    for (const gesture of GESTURES) {
      await page.goto('app://bundle/test/canvas.html');
      await page.waitForSelector('html[data-ready]');
      const { moves, bare } = await page.evaluate(([which, n]) => window.canvasPage.measureMoves(which, n), [
        gesture,
        SHAPES,
      ] as const);
      const value = percentile95(moves);
      const baseline = percentile95(bare);
      rows.push({
        bench: `tool.move.${gesture}`,
        n: SHAPES,
        value,
        unit: 'ms p95',
        baseline,
        ratio: value / baseline,
      });
    }
    return rows;
  } finally {
    await close();
  }
}

function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}
