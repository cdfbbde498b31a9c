import type { Rect, Size } from '../../shared/geometry/rect';

const SIDE = 512;

interface Tile {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

/**
 * A layer of small canvases over the glass, made where something is drawn. The browser copies every canvas that changed
 * as a whole for each frame, 33 MB at 4K; of this layer it copies only the tiles that a brush went over.
 */
export interface GlassTiles {
  readonly element: HTMLElement;
  /** Calls `paint` for each tile that `region` (on the glass) meets; contexts draw in px of the glass. */
  draw(region: Rect, paint: (context: CanvasRenderingContext2D) => void): void;
  clear(): void;
  /** Must be told when the glass changes its size or its pixels theirs; nothing is left then. */
  resize(glass: Size): void;
}

export function createGlassTiles(): GlassTiles {
  const element = document.createElement('div');
  element.style.cssText = 'position:absolute;inset:0;overflow:hidden;pointer-events:none';
  const tiles = new Map<string, Tile>();
  let glass: Size = { width: 0, height: 0 };

  function tileAt(column: number, row: number): Tile | null {
    const key = `${column},${row}`;
    const known = tiles.get(key);
    if (known !== undefined) return known;
    const ratio = window.devicePixelRatio;
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(SIDE * ratio);
    canvas.height = Math.ceil(SIDE * ratio);
    canvas.style.cssText = `position:absolute;left:${column * SIDE}px;top:${row * SIDE}px;width:${canvas.width / ratio}px;height:${canvas.height / ratio}px`;
    const context = canvas.getContext('2d');
    if (context === null) return null;
    context.setTransform(ratio, 0, 0, ratio, -column * SIDE * ratio, -row * SIDE * ratio);
    // Neighbours overlap by part of a px where the ratio is no whole number; each keeps to its own part.
    context.beginPath();
    context.rect(column * SIDE, row * SIDE, SIDE, SIDE);
    context.clip();
    element.append(canvas);
    const tile = { canvas, context };
    tiles.set(key, tile);
    return tile;
  }

  function clear(): void {
    for (const { canvas } of tiles.values()) canvas.remove();
    tiles.clear();
  }

  return {
    element,
    clear,
    resize(next) {
      glass = next;
      clear();
    },
    draw(region, paint) {
      const left = Math.max(region.x, 0);
      const top = Math.max(region.y, 0);
      const right = Math.min(region.x + region.width, glass.width);
      const bottom = Math.min(region.y + region.height, glass.height);
      if (right <= left || bottom <= top) return;
      for (let row = Math.floor(top / SIDE); row * SIDE < bottom; row += 1) {
        for (let column = Math.floor(left / SIDE); column * SIDE < right; column += 1) {
          const tile = tileAt(column, row);
          if (tile !== null) paint(tile.context);
        }
      }
    },
  };
}
