import fs from 'node:fs/promises';
import type { Rect, Size } from '../../../shared/geometry/rect';
import {
  pyramidLevels,
  TILE_SIDE,
  type TileAddress,
  tileOffset,
  tileRect,
  tilesAround,
} from '../../../shared/geometry/tile-pyramid';
import { levelFile } from './level-file';

const CHANNELS = 3;

/** A tile's pixels (RGB, as wide and high as the tile); null when there is no such tile or not yet. */
export async function readTile(folder: string, size: Size, address: TileAddress): Promise<Buffer | null> {
  const levels = pyramidLevels(size);
  const rect = tileRect(levels, address);
  const level = levels[address.level];
  if (rect === null || level === undefined) return null;
  const bytes = Buffer.allocUnsafe(rect.width * rect.height * CHANNELS);
  try {
    const file = await fs.open(levelFile(folder, address.level), 'r');
    try {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, tileOffset(level, address));
      return bytesRead === bytes.length ? bytes : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/** The tiles of the full size that lie under a rectangle of image px. */
export function tilesUnder(size: Size, rect: Rect): readonly TileAddress[] {
  // A rectangle that ends where a tile begins does not touch it.
  const inner = { ...rect, width: Math.max(0, rect.width - 1), height: Math.max(0, rect.height - 1) };
  return tilesAround(pyramidLevels(size), 0, inner, 0);
}

/** The pixels (RGB) under a rectangle of whole image px inside the picture; null when a tile of it is missing. */
export async function readRect(folder: string, size: Size, rect: Rect): Promise<Uint8Array | null> {
  const levels = pyramidLevels(size);
  const pixels = new Uint8Array(rect.width * rect.height * CHANNELS);
  for (const address of tilesUnder(size, rect)) {
    const place = tileRect(levels, address);
    const tile = await readTile(folder, size, address);
    if (place === null || tile === null) return null;
    const left = Math.max(place.x, rect.x);
    const right = Math.min(place.x + place.width, rect.x + rect.width);
    const bottom = Math.min(place.y + place.height, rect.y + rect.height);
    for (let y = Math.max(place.y, rect.y); y < bottom; y += 1) {
      const from = ((y - place.y) * place.width + left - place.x) * CHANNELS;
      const to = ((y - rect.y) * rect.width + left - rect.x) * CHANNELS;
      pixels.set(tile.subarray(from, from + (right - left) * CHANNELS), to);
    }
  }
  return pixels;
}

/** Bytes that the tiles of a picture take on disk, all levels. */
export function pyramidBytes(size: Size): number {
  return pyramidLevels(size).reduce(
    (sum, level) => sum + level.columns * level.rows * TILE_SIDE * TILE_SIDE * CHANNELS,
    0,
  );
}
