import type { Page } from '@playwright/test';

/** Watches the frames of a page from now on. `longest` is the largest gap between two of them so far, in ms. */
export async function watchFrames(page: Page): Promise<{ longest(): Promise<number> }> {
  await page.evaluate(() => {
    const scope = globalThis as unknown as { longestFrame: number; isWatched?: boolean };
    scope.longestFrame = 0;
    if (scope.isWatched === true) return;
    scope.isWatched = true;
    let last = performance.now();
    const tick = (now: number) => {
      scope.longestFrame = Math.max(scope.longestFrame, now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  return {
    longest: () => page.evaluate(() => (globalThis as unknown as { longestFrame: number }).longestFrame),
  };
}
