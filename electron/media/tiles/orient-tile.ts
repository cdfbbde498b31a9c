import type { Rect, Size } from '../../../shared/geometry/rect';
import { TILE_SIDE } from '../../../shared/geometry/tile-pyramid';

// Files store pictures in one of eight orientations (EXIF 1 to 8); tiles are upright. The stored picture is read from
// top to bottom in strips that are cut where the upright tiles' borders lie, so that each piece is exactly one tile.

const CHANNELS = 3;

/** Which upright side stored columns and rows run along, and whether they run backwards. */
interface Turn {
  readonly isTransposed: boolean;
  readonly areColumnsBackwards: boolean;
  readonly areRowsBackwards: boolean;
}

export function turnOf(orientation: number): Turn {
  return {
    isTransposed: orientation >= 5,
    areColumnsBackwards: [2, 3, 7, 8].includes(orientation),
    areRowsBackwards: [3, 4, 6, 7].includes(orientation),
  };
}

export interface Span {
  readonly start: number;
  readonly length: number;
}

/** Cuts `length` px into pieces that end where upright tiles end; the short one is the first when it runs backwards. */
export function cutIntoTiles(length: number, isBackwards: boolean): readonly Span[] {
  const spans: Span[] = [];
  const rest = length % TILE_SIDE;
  let start = 0;
  if (isBackwards && rest > 0) {
    spans.push({ start: 0, length: rest });
    start = rest;
  }
  for (; start < length; start += TILE_SIDE)
    spans.push({ start, length: Math.min(TILE_SIDE, length - start) });
  return spans;
}

/** Where a piece of the stored picture lies on the upright one. */
export function uprightRect(piece: Rect, stored: Size, turn: Turn): Rect {
  const along = turn.areColumnsBackwards ? stored.width - piece.x - piece.width : piece.x;
  const down = turn.areRowsBackwards ? stored.height - piece.y - piece.height : piece.y;
  return turn.isTransposed
    ? { x: down, y: along, width: piece.height, height: piece.width }
    : { x: along, y: down, width: piece.width, height: piece.height };
}

/**
 * Copies the columns `columns` of a strip of stored rows (RGB) into an upright tile of their own.
 * @param stripWidth width of the strip in px; its height is that of the tile's stored rows.
 */
export function tileOfStrip(
  strip: Uint8Array,
  stripWidth: number,
  stripHeight: number,
  columns: Span,
  turn: Turn,
): Uint8Array {
  const tile = new Uint8Array(columns.length * stripHeight * CHANNELS);
  const isUpright = !turn.isTransposed && !turn.areColumnsBackwards && !turn.areRowsBackwards;
  if (isUpright) {
    const bytes = columns.length * CHANNELS;
    for (let row = 0; row < stripHeight; row += 1) {
      const from = (row * stripWidth + columns.start) * CHANNELS;
      tile.set(strip.subarray(from, from + bytes), row * bytes);
    }
    return tile;
  }
  // One step along a stored row or column is a fixed step in the tile, whichever way it is turned.
  const tileWidth = turn.isTransposed ? stripHeight : columns.length;
  const acrossStep = (turn.isTransposed ? tileWidth : 1) * (turn.areColumnsBackwards ? -1 : 1);
  const downStep = (turn.isTransposed ? 1 : tileWidth) * (turn.areRowsBackwards ? -1 : 1);
  const first =
    (turn.areColumnsBackwards ? -acrossStep * (columns.length - 1) : 0) +
    (turn.areRowsBackwards ? -downStep * (stripHeight - 1) : 0);
  for (let row = 0; row < stripHeight; row += 1) {
    let from = (row * stripWidth + columns.start) * CHANNELS;
    let to = (first + row * downStep) * CHANNELS;
    for (let column = 0; column < columns.length; column += 1) {
      tile[to] = strip[from] ?? 0;
      tile[to + 1] = strip[from + 1] ?? 0;
      tile[to + 2] = strip[from + 2] ?? 0;
      from += CHANNELS;
      to += acrossStep * CHANNELS;
    }
  }
  return tile;
}
