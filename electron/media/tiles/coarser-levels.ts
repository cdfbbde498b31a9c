import type { Size } from '../../../shared/geometry/rect';
import {
  type PyramidLevel,
  pyramidLevels,
  TILE_SIDE,
  type TileAddress,
  tileRect,
} from '../../../shared/geometry/tile-pyramid';

const CHANNELS = 3;

export interface FinishedTile {
  readonly address: TileAddress;
  readonly pixels: Uint8Array;
}

interface Unfinished {
  readonly pixels: Uint8Array;
  missing: number;
}

/**
 * Makes the tiles of coarser levels from those of the full size, as soon as the four under each are there. Holds only
 * what is unfinished: about one row of tiles a level.
 */
export interface CoarserLevels {
  /** Takes a finished tile; returns it with every coarser tile that it completed. */
  add(tile: FinishedTile): readonly FinishedTile[];
}

export function createCoarserLevels(size: Size): CoarserLevels {
  const levels = pyramidLevels(size);
  const unfinished = new Map<string, Unfinished>();

  function unfinishedAt(address: TileAddress, width: number, height: number): Unfinished {
    const key = `${address.level}/${address.column}/${address.row}`;
    const known = unfinished.get(key);
    if (known !== undefined) return known;
    const made = {
      pixels: new Uint8Array(width * height * CHANNELS),
      missing: countBelow(levels, address),
    };
    unfinished.set(key, made);
    return made;
  }

  function add(tile: FinishedTile): readonly FinishedTile[] {
    const { level, column, row } = tile.address;
    const below = tileRect(levels, tile.address);
    const address = { level: level + 1, column: column >> 1, row: row >> 1 };
    const rect = tileRect(levels, address);
    if (rect === null || below === null) return [tile];
    const target = unfinishedAt(address, rect.width, rect.height);
    halveInto(target.pixels, rect.width, {
      pixels: tile.pixels,
      width: below.width,
      height: below.height,
      x: (column & 1) * (TILE_SIDE / 2),
      y: (row & 1) * (TILE_SIDE / 2),
    });
    target.missing -= 1;
    if (target.missing > 0) return [tile];
    unfinished.delete(`${address.level}/${address.column}/${address.row}`);
    return [tile, ...add({ address, pixels: target.pixels })];
  }

  return { add };
}

function countBelow(levels: readonly PyramidLevel[], { level, column, row }: TileAddress): number {
  const below = levels[level - 1];
  if (below === undefined) return 0;
  const across = Math.min(2, below.columns - column * 2);
  const down = Math.min(2, below.rows - row * 2);
  return across * down;
}

/** Means of two by two px; at an odd border the last row or column stands for its missing neighbour. */
function halveInto(
  target: Uint8Array,
  targetWidth: number,
  from: {
    readonly pixels: Uint8Array;
    readonly width: number;
    readonly height: number;
    readonly x: number;
    readonly y: number;
  },
): void {
  const { pixels, width, height } = from;
  const halfWidth = Math.ceil(width / 2);
  const halfHeight = Math.ceil(height / 2);
  for (let y = 0; y < halfHeight; y += 1) {
    const upper = y * 2 * width * CHANNELS;
    const lower = Math.min(y * 2 + 1, height - 1) * width * CHANNELS;
    let to = ((from.y + y) * targetWidth + from.x) * CHANNELS;
    for (let x = 0; x < halfWidth; x += 1) {
      const left = x * 2 * CHANNELS;
      const right = Math.min(x * 2 + 1, width - 1) * CHANNELS;
      for (let channel = 0; channel < CHANNELS; channel += 1) {
        target[to] =
          ((pixels[upper + left + channel] ?? 0) +
            (pixels[upper + right + channel] ?? 0) +
            (pixels[lower + left + channel] ?? 0) +
            (pixels[lower + right + channel] ?? 0) +
            2) >>
          2;
        to += 1;
      }
    }
  }
}
