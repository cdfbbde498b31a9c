import type { Camera } from '../../shared/geometry/camera';
import { type Rect, unionRects } from '../../shared/geometry/rect';
import type { Preview } from '../editor/editor';
import type { GlassTiles } from './glass-tiles';
import type { Ink } from './ink';
import { applyTurn, turnedRect, type ViewTurn } from './view-turn';

type PreviewRaster = NonNullable<Preview['raster']>;
type Raster = PreviewRaster['raster'];

/** What is painted must stand out from the picture more than what is drawn by lines. */
const LEAST_OPACITY = 0.4;
/** The bitmap never has more cells, 64 MB; a larger window is shown in cells of several image px. */
const MOST_CELLS = 16 * 1024 * 1024;

/** Pixels that are being painted, as one bitmap of which only what changed is made and drawn anew. */
export interface RasterPreview {
  /**
   * To be told on every change of the session and not only each frame: a frame shows several moves, and each tells only
   * what it changed itself.
   */
  follow(preview: PreviewRaster | undefined): void;
  readonly isShown: boolean;
  /** Whether `draw` has something to do. */
  readonly isPending: boolean;
  /** Brings its tiles up to date. With `isWhole` (the camera moved) all of it is drawn anew. */
  draw(tiles: GlassTiles, ink: Ink, turn: ViewTurn, camera: Camera, isWhole: boolean): void;
}

interface Bitmap {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
  readonly window: Rect;
  readonly level: number;
}

export function createRasterPreview(): RasterPreview {
  let shown: PreviewRaster | undefined;
  let bitmap: Bitmap | null = null;
  /** Image px whose cells are out of date; null when none are. */
  let pending: Rect | null = null;
  let isWindowNew = false;
  let paintedInk: Ink | null = null;

  function follow(next: PreviewRaster | undefined): void {
    if (next === shown) return;
    const before = shown;
    shown = next;
    if (next === undefined) {
      bitmap = null;
      pending = null;
      return;
    }
    if (before !== undefined && next.version === before.version && next.raster === before.raster) return;
    // A version that was never told: what it changed is not known.
    const isGap = before === undefined || next.version !== before.version + 1;
    const changed = isGap ? windowOf(next.raster) : next.changed;
    pending = pending === null ? changed : unionRects(pending, changed);
    if (before === undefined || !isSameWindow(before.raster, next.raster)) isWindowNew = true;
  }

  function draw(tiles: GlassTiles, ink: Ink, turn: ViewTurn, camera: Camera, isWhole: boolean): void {
    if (shown === undefined) {
      tiles.clear();
      return;
    }
    const { raster } = shown;
    if (bitmap === null || isWindowNew) {
      const old: Bitmap | null = bitmap;
      bitmap = bitmapFor(raster, old);
      if (bitmap === null) return;
      if (old === null || old.level !== bitmap.level || paintedInk !== ink) pending = windowOf(raster);
      isWindowNew = false;
    }
    if (paintedInk !== ink) pending = windowOf(raster);
    paintedInk = ink;
    if (pending !== null) paint(bitmap, raster, pending, ink);
    const region = isWhole ? bitmap.window : pending;
    pending = null;
    if (isWhole) tiles.clear();
    if (region !== null) show(tiles, bitmap, turn, camera, region);
  }

  return {
    follow,
    draw,
    get isShown() {
      return shown !== undefined;
    },
    get isPending() {
      return pending !== null;
    },
  };
}

/** A bitmap for the raster's window; what was painted in the one before is taken over. */
function bitmapFor(raster: Raster, before: Bitmap | null): Bitmap | null {
  let level = 0;
  while ((raster.width >> level) * (raster.height >> level) > MOST_CELLS) level += 1;
  const canvas = new OffscreenCanvas(
    Math.ceil(raster.width / 2 ** level),
    Math.ceil(raster.height / 2 ** level),
  );
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  if (before !== null && before.level === level) {
    const cell = 2 ** level;
    context.drawImage(
      before.canvas,
      (before.window.x - raster.x) / cell,
      (before.window.y - raster.y) / cell,
    );
  }
  return { canvas, context, window: windowOf(raster), level };
}

/** Puts the cells of a region (image px) into the bitmap. O(region). */
function paint({ context, level }: Bitmap, raster: Raster, region: Rect, ink: Ink): void {
  const cell = 2 ** level;
  const left = Math.max(Math.floor((region.x - raster.x) / cell), 0);
  const top = Math.max(Math.floor((region.y - raster.y) / cell), 0);
  const right = Math.min(
    Math.ceil((region.x + region.width - raster.x) / cell),
    Math.ceil(raster.width / cell),
  );
  const bottom = Math.min(
    Math.ceil((region.y + region.height - raster.y) / cell),
    Math.ceil(raster.height / cell),
  );
  if (right <= left || bottom <= top) return;
  const { red, green, blue, opacity } = ink.strong;
  const alpha = Math.round(Math.max(opacity, LEAST_OPACITY) * 255);
  const colour = ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  const width = right - left;
  const pixels = new Uint32Array(width * (bottom - top));
  for (let row = top; row < bottom; row += 1) {
    // Of a cell of several px the first stands for all: this is a preview of a very large window.
    let source = Math.min(row * cell, raster.height - 1) * raster.width + left * cell;
    let target = (row - top) * width;
    for (let column = 0; column < width; column += 1) {
      if (raster.data[source] === 1) pixels[target] = colour;
      source += cell;
      target += 1;
    }
  }
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, bottom - top);
  context.putImageData(image, left, top);
}

/** Draws a region (image px) anew where it is seen. */
function show(
  tiles: GlassTiles,
  { canvas, window, level }: Bitmap,
  turn: ViewTurn,
  camera: Camera,
  region: Rect,
): void {
  const { scale, offsetX, offsetY } = camera;
  const left = Math.floor(region.x * scale + offsetX) - 1;
  const top = Math.floor(region.y * scale + offsetY) - 1;
  const width = Math.ceil((region.x + region.width) * scale + offsetX) + 1 - left;
  const height = Math.ceil((region.y + region.height) * scale + offsetY) + 1 - top;
  const cell = scale * 2 ** level;
  tiles.draw(turnedRect(turn, { x: left, y: top, width, height }), (context) => {
    context.save();
    applyTurn(context, turn);
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    context.clearRect(left, top, width, height);
    context.imageSmoothingEnabled = cell < 1;
    context.drawImage(
      canvas,
      window.x * scale + offsetX,
      window.y * scale + offsetY,
      canvas.width * cell,
      canvas.height * cell,
    );
    context.restore();
  });
}

function windowOf({ x, y, width, height }: Raster): Rect {
  return { x, y, width, height };
}

function isSameWindow(a: Raster, b: Raster): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
