import type { Page } from '@playwright/test';

/**
 * Presses the key for the next image `steps` times and measures each time to the frame that shows its picture, in ms. A
 * picture is on screen when a frame was made after it was drawn.
 * @param pauseMs between steps: a person looks, and neighbours are decoded meanwhile.
 */
export function stepImages(page: Page, steps: number, pauseMs: number): Promise<number[]> {
  return page.evaluate(stepInPage, [steps, pauseMs] as const);
}

async function stepInPage([steps, pauseMs]: readonly [number, number]): Promise<number[]> {
  const painted = () =>
    new Promise<void>((resolve) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve();
        channel.port2.postMessage(null);
      }),
    );
  let shown: unknown = null;
  let onShown: () => void = () => undefined;
  const draw = CanvasRenderingContext2D.prototype.drawImage as (...args: unknown[]) => void;
  CanvasRenderingContext2D.prototype.drawImage = function spied(this: unknown, ...args: unknown[]) {
    draw.apply(this, args);
    // Bitmaps of masks are smaller than any picture here.
    if (!(args[0] instanceof ImageBitmap) || args[0].width < 1000 || args[0] === shown) return;
    shown = args[0];
    onShown();
  } as CanvasRenderingContext2D['drawImage'];
  const times: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const isShown = new Promise<void>((resolve) => {
      onShown = resolve;
    });
    const start = performance.now();
    window.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'd', code: 'KeyD', bubbles: true, cancelable: true }),
    );
    await isShown;
    await painted();
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  CanvasRenderingContext2D.prototype.drawImage = draw as CanvasRenderingContext2D['drawImage'];
  return times;
}
