import { launchApp } from '../harness/electron-app';

const BOXES = 10_000;

/**
 * One pan/zoom frame with every box in view, painting included, in real Electron; against a bare Canvas2D loop over
 * the same boxes in the same page, frame by frame in turns. The second line is what one Konva node a box would cost.
 */
export default async function bench() {
  const { page, close } = await launchApp();
  try {
    await page.goto('app://bundle/test/canvas.html');
    await page.waitForSelector('html[data-ready]');
    const figures = await page.evaluate((count) => window.canvasPage.measureDrawing(count), BOXES);
    if (figures.difference > 0.01) {
      throw new Error(
        `The loop does not draw what we draw: ${figures.difference} of the inked pixels differ.`,
      );
    }
    const { ours, bare, nodes } = figures;
    return [
      { bench: 'canvas.draw', n: BOXES, value: ours, unit: 'ms', baseline: bare, ratio: ours / bare },
      { bench: 'canvas.draw.nodes', n: BOXES, value: nodes, unit: 'ms', baseline: bare, ratio: nodes / bare },
    ];
  } finally {
    await close();
  }
}
