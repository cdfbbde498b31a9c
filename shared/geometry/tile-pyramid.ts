import { intersectRects, type Rect, type Size } from './rect';

// A huge picture is shown from square tiles in halving sizes. Where the tiles lie is agreed here, between the process
// that makes them and the page that shows them.

/** Side of a tile in px of its level; tiles at the right and lower border are smaller. */
export const TILE_SIDE = 512;

/** Bytes of a whole tile: red, green, blue, one byte each, rows from the top without padding. */
export const TILE_BYTES = TILE_SIDE * TILE_SIDE * 3;

/** Longest side in px of a picture that is shown whole; one with a longer side is shown from tiles. */
export const LONGEST_WHOLE_SIDE = 8000;

/** Most px of a picture that is shown whole: 400 MB once decoded to RGBA. */
export const MOST_WHOLE_PIXELS = 100_000_000;

/** Longest side in px of the overview, which is shown at once and wherever tiles are not there yet. */
export const OVERVIEW_SIDE = 3072;

/** Below this longest side there is no further level; the overview is at least as sharp. */
const SMALLEST_LEVEL_SIDE = 2048;

/** A tile's place: level 0 is the picture at full size, each further one half the size of the one before. */
export interface TileAddress {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

export interface PyramidLevel extends Size {
  readonly columns: number;
  readonly rows: number;
}

/** True when a picture of this size is shown from tiles instead of whole. */
export function isTiled({ width, height }: Size): boolean {
  return Math.max(width, height) > LONGEST_WHOLE_SIDE || width * height > MOST_WHOLE_PIXELS;
}

/** The levels of a picture, the full size first; sizes are rounded up so that no row or column is lost. */
export function pyramidLevels(size: Size): readonly PyramidLevel[] {
  const levels: PyramidLevel[] = [];
  let { width, height } = size;
  do {
    levels.push({
      width,
      height,
      columns: Math.ceil(width / TILE_SIDE),
      rows: Math.ceil(height / TILE_SIDE),
    });
    width = Math.ceil(width / 2);
    height = Math.ceil(height / 2);
  } while (Math.max(width, height) > SMALLEST_LEVEL_SIDE);
  return levels;
}

/** Where a tile lies on its level, in px of that level; null when there is no such tile. */
export function tileRect(levels: readonly PyramidLevel[], address: TileAddress): Rect | null {
  const level = levels[address.level];
  if (level === undefined || !isWithin(address.column, level.columns) || !isWithin(address.row, level.rows)) {
    return null;
  }
  const x = address.column * TILE_SIDE;
  const y = address.row * TILE_SIDE;
  return {
    x,
    y,
    width: Math.min(TILE_SIDE, level.width - x),
    height: Math.min(TILE_SIDE, level.height - y),
  };
}

function isWithin(index: number, count: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < count;
}

/** Where a tile lies on the picture, in image px; at odd sizes the last tiles of a level reach beyond its border. */
export function tileRectOnImage(levels: readonly PyramidLevel[], address: TileAddress): Rect | null {
  const rect = tileRect(levels, address);
  if (rect === null) return null;
  const factor = 2 ** address.level;
  return {
    x: rect.x * factor,
    y: rect.y * factor,
    width: rect.width * factor,
    height: rect.height * factor,
  };
}

/** Bytes before a tile in the file of its level. Every tile has room for a whole one, so that places are computed. */
export function tileOffset(
  level: PyramidLevel,
  { column, row }: Pick<TileAddress, 'column' | 'row'>,
): number {
  return (row * level.columns + column) * TILE_BYTES;
}

/**
 * The tiles of a level that a rectangle in image px touches, with `ring` more around them, those nearest to the
 * rectangle's centre first.
 */
export function tilesAround(
  levels: readonly PyramidLevel[],
  level: number,
  seen: Rect,
  ring: number,
): readonly TileAddress[] {
  const shape = levels[level];
  const first = levels[0];
  if (shape === undefined || first === undefined) return [];
  const inside = intersectRects(seen, { x: 0, y: 0, width: first.width, height: first.height });
  if (inside === null) return [];
  const side = TILE_SIDE * 2 ** level;
  const left = Math.max(0, Math.floor(inside.x / side) - ring);
  const top = Math.max(0, Math.floor(inside.y / side) - ring);
  const right = Math.min(shape.columns - 1, Math.floor((inside.x + inside.width) / side) + ring);
  const bottom = Math.min(shape.rows - 1, Math.floor((inside.y + inside.height) / side) + ring);
  const found: TileAddress[] = [];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) found.push({ level, column, row });
  }
  const centreX = (inside.x + inside.width / 2) / side - 0.5;
  const centreY = (inside.y + inside.height / 2) / side - 0.5;
  const distance = ({ column, row }: TileAddress) => (column - centreX) ** 2 + (row - centreY) ** 2;
  return found.sort((a, b) => distance(a) - distance(b));
}

/**
 * The level whose px are at least as fine as the screen's; null when the overview is.
 * @param scale device px a image px.
 * @param overviewScale px of the overview a image px.
 */
export function levelForScale(
  levels: readonly PyramidLevel[],
  scale: number,
  overviewScale: number,
): number | null {
  if (!(scale > overviewScale)) return null;
  return Math.min(levels.length - 1, Math.max(0, Math.floor(Math.log2(1 / scale))));
}
