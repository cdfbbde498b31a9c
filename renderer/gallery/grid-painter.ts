import { type CropScene, drawCrops, readCropTheme } from './draw-crops';

/** A scroll that went further than a view since the last frame flies by: nothing is asked for until it rests. */
const REST_IN_MS = 60;
/** While one scrolls slowly, what comes into view is asked for at this pace. */
const ASKING_PACE_IN_MS = 50;
/** After so long without scrolling, what is there for screen readers follows. */
const SETTLE_IN_MS = 100;

export interface GridPainter {
  /** Draws with the next frame. */
  invalidate(): void;
  close(): void;
}

/**
 * Draws a grid of crops frame by frame, and tells when crops are to be asked for.
 * @param sceneNow what is to be drawn now; null before there is anything.
 * @param onDrawn hears of each frame how many cells were seen, and how many of them have nothing to show yet.
 */
export function createGridPainter(
  canvas: HTMLCanvasElement,
  sceneNow: () => CropScene | null,
  onLook: (scene: CropScene) => void,
  onSettled: (scene: CropScene) => void,
  onDrawn: (seen: number, lacking: number) => void,
): GridPainter {
  const context = canvas.getContext('2d', { alpha: false });
  let theme = readCropTheme();
  let frame: number | null = null;
  let lastTop = Number.NaN;
  let lastLook = 0;
  let lookTimer: ReturnType<typeof setTimeout> | null = null;
  let settleTimer: ReturnType<typeof setTimeout> | null = null;

  function look(): void {
    lookTimer = null;
    lastLook = performance.now();
    const scene = sceneNow();
    if (scene !== null) onLook(scene);
  }

  function lookSoon(scene: CropScene): void {
    const isFlyingBy = Math.abs(scene.top - lastTop) > scene.height;
    if (isFlyingBy && lookTimer !== null) {
      clearTimeout(lookTimer);
      lookTimer = null;
    }
    const wait = isFlyingBy ? REST_IN_MS : Math.max(0, lastLook + ASKING_PACE_IN_MS - performance.now());
    lookTimer ??= setTimeout(look, wait);
  }

  function settleSoon(): void {
    if (settleTimer !== null) clearTimeout(settleTimer);
    settleTimer = setTimeout(() => {
      const scene = sceneNow();
      if (scene !== null) onSettled(scene);
    }, SETTLE_IN_MS);
  }

  function paint(): void {
    frame = null;
    const scene = sceneNow();
    if (scene === null || context === null) return;
    const ratio = Math.min(2, window.devicePixelRatio);
    const width = Math.round(scene.width * ratio);
    const height = Math.round(scene.height * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { seen, lacking } = drawCrops(context, scene, theme);
    onDrawn(seen, lacking);
    if (scene.top !== lastTop) {
      lookSoon(scene);
      settleSoon();
      lastTop = scene.top;
    }
  }

  function invalidate(): void {
    frame ??= requestAnimationFrame(paint);
  }

  const themes = new MutationObserver(() => {
    theme = readCropTheme();
    invalidate();
  });
  themes.observe(document.documentElement, { attributes: true });

  return {
    invalidate,
    close() {
      themes.disconnect();
      if (frame !== null) cancelAnimationFrame(frame);
      if (lookTimer !== null) clearTimeout(lookTimer);
      if (settleTimer !== null) clearTimeout(settleTimer);
    },
  };
}
