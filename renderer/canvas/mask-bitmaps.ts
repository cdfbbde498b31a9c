import type { MaskShape } from '../../shared/schema/shapes';
import { runsOfShape } from '../../shared/shapes/mask/mask-pixels';
import type { Fill } from './ink';
import { bytesAtLevel, cellsOf, coloursOf, levelFor } from './mask-levels';

/** All bitmaps together never take more; 192 MB hold 50 masks of a megapixel. */
const BOUND_IN_BYTES = 192 * 1024 * 1024;
/** A frame makes bitmaps no longer than this; what is missing then comes with the next frames. */
const BUDGET_IN_MS = 6;

/** A mask's pixels in colour, at a level of detail. */
export interface MaskBitmap {
  readonly canvas: OffscreenCanvas;
  readonly level: number;
}

interface Entry extends MaskBitmap {
  readonly css: string;
  readonly isBorderShown: boolean;
  readonly bytes: number;
  isKept: boolean;
}

/** Bitmaps of masks, made when they are first seen and kept while there is room: the longest unused go first. */
export interface MaskBitmaps {
  /** To be called before each frame: what a frame may take starts anew. */
  beginFrame(): void;
  /** The bitmap to draw now, a coarser or older one while the right one is being made, or none yet. */
  bitmapOf(shape: MaskShape, scale: number, fill: Fill, isBorderShown: boolean): MaskBitmap | null;
  /** Whether something drawn since `beginFrame` is not yet as it should be; another frame mends it. */
  readonly isBehind: boolean;
  readonly bytes: number;
  clear(): void;
}

export function createMaskBitmaps(boundInBytes = BOUND_IN_BYTES, budgetInMs = BUDGET_IN_MS): MaskBitmaps {
  let byShape = new WeakMap<MaskShape, Entry[]>();
  /** In the order of their last use. */
  const byUse = new Set<Entry>();
  let bytes = 0;
  let bytesThisFrame = 0;
  let spentInMs = 0;
  let isBehind = false;

  function use(entry: Entry): Entry {
    byUse.delete(entry);
    byUse.add(entry);
    bytesThisFrame += entry.bytes;
    return entry;
  }

  function make(shape: MaskShape, level: number, fill: Fill, isBorderShown: boolean): Entry | null {
    const cells = cellsOf(runsOfShape(shape), level);
    const canvas = new OffscreenCanvas(cells.width, cells.height);
    const context = canvas.getContext('2d');
    if (context === null) return null;
    const pixels = coloursOf(cells, fill, isBorderShown);
    context.putImageData(new ImageData(pixels, cells.width, cells.height), 0, 0);
    return {
      canvas,
      level,
      css: fill.css,
      isBorderShown,
      bytes: bytesAtLevel(shape, level),
      isKept: true,
    };
  }

  function keep(entry: Entry): void {
    bytes += entry.bytes;
    byUse.add(entry);
    for (const oldest of byUse) {
      if (bytes <= boundInBytes || oldest === entry) return;
      byUse.delete(oldest);
      bytes -= oldest.bytes;
      oldest.isKept = false;
    }
  }

  /** The finest level that still fits into what this frame has left: a frame that needs more would throw out its own. */
  function fittingLevel(shape: MaskShape, wanted: number): number {
    let level = wanted;
    while (level < 16 && bytesThisFrame + bytesAtLevel(shape, level) > boundInBytes) level += 1;
    return level;
  }

  return {
    get isBehind() {
      return isBehind;
    },
    get bytes() {
      return bytes;
    },
    beginFrame() {
      bytesThisFrame = 0;
      spentInMs = 0;
      isBehind = false;
    },
    bitmapOf(shape, scale, fill, isBorderShown) {
      const entries = (byShape.get(shape) ?? []).filter((entry) => entry.isKept);
      const level = fittingLevel(shape, levelFor(scale));
      const right = entries.find(
        (entry) => entry.level === level && entry.css === fill.css && entry.isBorderShown === isBorderShown,
      );
      if (right !== undefined) return use(right);
      if (spentInMs >= budgetInMs) {
        isBehind = true;
        const [other] = entries;
        return other === undefined ? null : use(other);
      }
      const start = performance.now();
      const made = make(shape, level, fill, isBorderShown);
      spentInMs += performance.now() - start;
      if (made === null) return null;
      keep(made);
      byShape.set(shape, [made, ...entries]);
      bytesThisFrame += made.bytes;
      return made;
    },
    clear() {
      byShape = new WeakMap();
      byUse.clear();
      bytes = 0;
    },
  };
}

/** One for the window: masks are the same objects wherever they are drawn. */
export const maskBitmaps = createMaskBitmaps();
