import { intersectRects, type Rect, type Size } from '../../shared/geometry/rect';
import {
  levelForScale,
  pyramidLevels,
  TILE_SIDE,
  type TileAddress,
  tileRect,
  tileRectOnImage,
  tilesAround,
} from '../../shared/geometry/tile-pyramid';
import type { AppError } from '../../shared/result/app-error';
import { NO_ADJUSTMENTS, type PictureAdjustments } from '../editor/display-settings';
import { isAdjusting } from './adjust-pixels';
import { overviewUrl, type PictureRef, tileUrl } from './asset-url';
import type { PictureWorker } from './picture-worker';

/** A tile that is decoded, and where it lies on the picture in image px. It belongs to the source: never close it. */
export interface PlacedTile {
  readonly bitmap: ImageBitmap;
  readonly rect: Rect;
}

/** The tiles of one huge picture, asked for as they are looked at. */
export interface PictureTiles {
  /**
   * What can be drawn now of the part `seen` (image px), coarse tiles before the fine ones that lie on them; asks for
   * what is missing and withdraws what is not looked at any more. Cheap enough for every frame.
   * @param scale device px a image px.
   */
  look(seen: Rect, scale: number): readonly PlacedTile[];
  /** Tiles are shown as before until they come anew with these. */
  setAdjustments(adjustments: PictureAdjustments): void;
  /** Hears when there is more to draw, and why there will be no more. */
  subscribe(listener: (failure: AppError | null) => void): () => void;
  /** True when all that was last looked at is there. */
  isSharp(): boolean;
  close(): void;
}

/** Decoded tiles that are kept: 96 whole ones, which fill a 4K screen three times. */
const BYTE_LIMIT = 96 * TILE_SIDE * TILE_SIDE * 4;

/** Asked for side by side. Those not made yet wait in main, so there must be room for others behind them. */
const AT_A_TIME = 24;

/** Asked for beyond what is seen, on every side, for the next move. */
const RING = 1;

interface Kept extends PlacedTile {
  readonly bytes: number;
  readonly version: number;
}

export function createTileSource(
  image: PictureRef,
  overview: Size,
  worker: Pick<PictureWorker, 'perform'>,
): PictureTiles {
  const size = { width: image.width, height: image.height };
  const levels = pyramidLevels(size);
  const overviewScale = overview.width / size.width;
  // Least recently looked at first; a Map keeps the order of insertion.
  const kept = new Map<string, Kept>();
  const loading = new Map<string, AbortController>();
  const listeners = new Set<(failure: AppError | null) => void>();
  let wanted: readonly TileAddress[] = [];
  let needed: readonly string[] = [];
  let adjustments = NO_ADJUSTMENTS;
  // Rises with every adjustment, so that tiles of an earlier one are known.
  let version = 0;
  let bytes = 0;
  let isClosed = false;
  let hasFailed = false;

  const isCurrent = (key: string): boolean => kept.get(key)?.version === version;

  function keep(key: string, tile: Kept): void {
    drop(key);
    kept.set(key, tile);
    bytes += tile.bytes;
    const looked = new Set(wanted.map(keyOf));
    for (const old of [...kept.keys()]) {
      if (bytes <= BYTE_LIMIT) return;
      if (!looked.has(old)) drop(old);
    }
  }

  function drop(key: string): void {
    const tile = kept.get(key);
    if (tile === undefined) return;
    kept.delete(key);
    bytes -= tile.bytes;
    tile.bitmap.close();
  }

  async function load(address: TileAddress): Promise<void> {
    const key = keyOf(address);
    const shape = tileRect(levels, address);
    const rect = tileRectOnImage(levels, address);
    if (shape === null || rect === null) return;
    const abort = new AbortController();
    const asked = version;
    loading.set(key, abort);
    const place = {
      x: rect.x / size.width,
      y: rect.y / size.height,
      width: rect.width / size.width,
      height: rect.height / size.height,
    };
    const look = isAdjusting(adjustments) ? { adjustments, overviewUrl: overviewUrl(image), place } : null;
    const { width, height } = shape;
    const url = tileUrl(image, address);
    const answer = await worker.perform({ kind: 'tile', url, width, height, look }, abort.signal);
    if (loading.get(key) === abort) loading.delete(key);
    if (answer.kind === 'bitmap') {
      if (isClosed || abort.signal.aborted) answer.bitmap.close();
      else {
        keep(key, { bitmap: answer.bitmap, rect, bytes: width * height * 4, version: asked });
        tell(null);
      }
    } else if (answer.kind === 'failed' && answer.error.code !== 'job.cancelled' && !isClosed) {
      // One word for all of them: what stops one tile (a full disk, a file that is gone) stops the others.
      hasFailed = true;
      tell(answer.error);
    }
    loadNext();
  }

  function tell(failure: AppError | null): void {
    for (const listener of listeners) listener(failure);
  }

  function loadNext(): void {
    if (isClosed || hasFailed) return;
    for (const address of wanted) {
      if (loading.size >= AT_A_TIME) return;
      const key = keyOf(address);
      if (!isCurrent(key) && !loading.has(key)) void load(address);
    }
  }

  function withdrawUnwanted(): void {
    const isWanted = new Set(wanted.map(keyOf));
    for (const [key, abort] of loading) {
      if (isWanted.has(key)) continue;
      loading.delete(key);
      abort.abort();
    }
  }

  function want(next: readonly TileAddress[]): void {
    const isSame =
      next.length === wanted.length && next.every((tile, index) => keyOf(tile) === keyOf(wanted[index]));
    if (isSame) return;
    wanted = next;
    withdrawUnwanted();
    loadNext();
  }

  function touch(keys: readonly string[]): void {
    for (const key of keys) {
      const tile = kept.get(key);
      if (tile === undefined) continue;
      kept.delete(key);
      kept.set(key, tile);
    }
  }

  return {
    look(seen, scale) {
      const level = levelForScale(levels, scale, overviewScale);
      if (level === null) {
        needed = [];
        want([]);
        return [];
      }
      const inView = tilesAround(levels, level, seen, 0);
      const around = tilesAround(levels, level, seen, RING);
      const isInView = new Set(inView.map(keyOf));
      needed = [...isInView];
      // What is seen comes first, each from the centre outwards.
      want([...inView, ...around.filter((tile) => !isInView.has(keyOf(tile)))]);
      touch(needed);
      return [...kept]
        .map(([key, tile]) => ({ tile, level: Number(key.slice(0, key.indexOf('/'))) }))
        .filter((entry) => entry.level >= level && intersectRects(entry.tile.rect, seen) !== null)
        .sort((a, b) => b.level - a.level)
        .map(({ tile }) => tile);
    },

    setAdjustments(next) {
      if (next === adjustments) return;
      adjustments = next;
      version += 1;
      for (const abort of loading.values()) abort.abort();
      loading.clear();
      loadNext();
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    isSharp: () => needed.every(isCurrent),

    close() {
      isClosed = true;
      for (const abort of loading.values()) abort.abort();
      for (const key of [...kept.keys()]) drop(key);
      loading.clear();
      listeners.clear();
    },
  };
}

function keyOf(address: TileAddress | undefined): string {
  return address === undefined ? '' : `${address.level}/${address.column}/${address.row}`;
}
