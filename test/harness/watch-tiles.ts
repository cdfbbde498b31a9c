import type { Page } from '@playwright/test';

/** When what was drawn on the canvas last changed for the better; ms since the page's time origin. */
export interface DrawnMoments {
  /** The first frame with a picture. */
  readonly firstView: number | null;
  /** The first frame in which tiles of the full size covered the canvas. */
  readonly sharp: number | null;
}

/** Watches what is drawn from now on; read with `drawnMoments`. */
export async function watchDrawing(page: Page): Promise<void> {
  await page.evaluate(() => {
    const moments: { firstView: number | null; sharp: number | null } = { firstView: null, sharp: null };
    Object.assign(globalThis, { drawnMoments: moments });
    const draw = CanvasRenderingContext2D.prototype.drawImage as (...args: unknown[]) => void;
    let covered = 0;
    let frame = 0;
    CanvasRenderingContext2D.prototype.drawImage = function spied(
      this: CanvasRenderingContext2D,
      ...args: unknown[]
    ) {
      draw.apply(this, args);
      const [source, x, y, width, height] = args as [unknown, number, number, number, number];
      if (!(source instanceof ImageBitmap)) return;
      const now = performance.now();
      // Frames of drawing are apart; what is drawn together is within a few ms.
      if (now - frame > 12) covered = 0;
      frame = now;
      moments.firstView ??= now;
      const isFullSize = Math.abs(source.width - width * devicePixelRatio) < 2 && source.width <= 512;
      const view = document.querySelector('[data-canvas]');
      if (!isFullSize || view === null) return;
      const across = Math.min(view.clientWidth, x + width) - Math.max(0, x);
      const down = Math.min(view.clientHeight, y + height) - Math.max(0, y);
      covered += Math.max(0, across) * Math.max(0, down);
      if (covered >= view.clientWidth * view.clientHeight * 0.999) moments.sharp ??= now;
    } as CanvasRenderingContext2D['drawImage'];
  });
}

export function drawnMoments(page: Page): Promise<DrawnMoments> {
  return page.evaluate(() => (globalThis as unknown as { drawnMoments: DrawnMoments }).drawnMoments);
}

/** Forgets what was drawn; `now` is in the page's time. */
export function forgetDrawn(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { drawnMoments: moments } = globalThis as unknown as {
      drawnMoments: { firstView: number | null; sharp: number | null };
    };
    moments.firstView = null;
    moments.sharp = null;
    return performance.now();
  });
}
