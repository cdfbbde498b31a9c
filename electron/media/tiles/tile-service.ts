import fs from 'node:fs/promises';
import type { Rect, Size } from '../../../shared/geometry/rect';
import { pyramidLevels, type TileAddress, tileRect } from '../../../shared/geometry/tile-pyramid';
import type { AppError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import type { WorkerProcess } from '../../process-host/worker-process';
import { MAX_PIXELS } from '../limits';
import { faultToError, fileFault } from '../scan/file-fault';
import { pyramidBytes, readTile, tilesUnder } from './read-tiles';
import type { FileMark, TileCache } from './tile-cache';
import { diskFull, noSuchTile, overtaken, tooLarge } from './tile-errors';
import {
  type BuildArgs,
  type BuiltPyramid,
  type Crop,
  type CropArgs,
  type Overview,
  type OverviewArgs,
  TILES_BUILD,
  TILES_BUILT,
  TILES_CROP,
  TILES_OVERVIEW,
  type TilesBuilt,
} from './tile-requests';

/** A huge picture that main may read: its real path, found through a grant, and the hash its record has. */
export interface TiledPicture {
  readonly file: string;
  readonly contentHash: string;
}

export interface Tile extends Size {
  readonly pixels: Buffer;
}

/** Huge pictures in parts. What is asked for before it is made is answered when it is. */
export interface TileService {
  /** The whole picture, small; begins to make its tiles, in place of those of any other picture. */
  overview(picture: TiledPicture): Promise<Result<Overview>>;
  tile(picture: TiledPicture, address: TileAddress, signal?: AbortSignal): Promise<Result<Tile>>;
  /** A part at full size as PNG; `rect` is cut to the picture. */
  crop(picture: TiledPicture, rect: Rect): Promise<Result<Crop>>;
  /** When all tiles are made: from which row on the picture is damaged, null for a sound one. */
  damage(picture: TiledPicture): Promise<Result<number | null>>;
}

/** The tiles process is ended when nothing was asked of it for so long; it holds some hundred MB. */
const IDLE_MS = 15_000;

/** Where a picture's tiles are, whole or still being made. */
interface Pyramid {
  readonly size: Size;
  readonly overview: Uint8Array;
  folder: string;
  /** Null once all are there. */
  building: Building | null;
  damagedFromRow: number | null;
  /** Why no more tiles will come. */
  failure: AppError | null;
}

interface Building {
  readonly abort: AbortController;
  readonly built: Set<string>;
  /** Called whenever tiles came, and at the end. */
  readonly waiting: Set<() => void>;
}

interface Entry {
  readonly mark: FileMark;
  readonly pyramid: Promise<Result<Pyramid>>;
}

export function createTileService(
  worker: Pick<WorkerProcess, 'request' | 'subscribe' | 'stop'>,
  cache: TileCache,
): TileService {
  // One picture is open at a time, so one entry is enough: the cache on disk serves the others.
  let current: { readonly hash: string; readonly entry: Entry } | null = null;
  let pending = 0;
  let idle: ReturnType<typeof setTimeout> | null = null;

  worker.subscribe(({ name, payload }) => {
    if (name !== TILES_BUILT || current === null) return;
    const { folder, tiles } = payload as TilesBuilt;
    void current.entry.pyramid.then((result) => {
      if (!result.ok || result.value.folder !== folder || result.value.building === null) return;
      for (const tile of tiles) result.value.building.built.add(keyOf(tile));
      wake(result.value.building);
    });
  });

  async function ask<T>(method: string, args: unknown, signal?: AbortSignal): Promise<Result<T>> {
    if (idle !== null) clearTimeout(idle);
    pending += 1;
    const result = await worker.request<T>(method, args, signal === undefined ? {} : { signal });
    pending -= 1;
    if (pending === 0) {
      idle = setTimeout(() => void worker.stop(), IDLE_MS);
      idle.unref();
    }
    return result;
  }

  async function build(picture: TiledPicture, pyramid: Pyramid, building: Building, mark: FileMark) {
    const args: BuildArgs = { file: picture.file, folder: pyramid.folder };
    const result = await ask<BuiltPyramid>(TILES_BUILD, args, building.abort.signal);
    if (result.ok) {
      const { damagedFromRow } = result.value;
      pyramid.damagedFromRow = damagedFromRow;
      const stored = { size: pyramid.size, damagedFromRow, file: mark };
      try {
        await cache.finish(pyramid.folder, stored, pyramid.overview);
      } catch {
        // The tiles are good where they are; they will only be made again after the next start.
      }
    } else {
      pyramid.failure = result.error;
      await cache.discard(pyramid.folder);
    }
    pyramid.building = null;
    wake(building);
  }

  async function open(picture: TiledPicture, mark: FileMark): Promise<Result<Pyramid>> {
    const found = await cache.find(picture.contentHash);
    if (found !== null && isSame(found.stored.file, mark)) {
      const overview = await cache.overview(found.folder);
      const { size, damagedFromRow } = found.stored;
      if (overview !== null) {
        return ok({ size, overview, folder: found.folder, building: null, damagedFromRow, failure: null });
      }
    }
    // Made from another file, which had the same record.
    if (found !== null) await cache.discard(found.folder);
    const overview = await ask<Overview>(TILES_OVERVIEW, { file: picture.file } satisfies OverviewArgs);
    if (!overview.ok) return overview;
    const { size, jpeg } = overview.value;
    const pyramid: Pyramid = {
      size,
      overview: jpeg,
      folder: '',
      building: null,
      damagedFromRow: null,
      failure: null,
    };
    if (size.width * size.height > MAX_PIXELS) return err(tooLarge(size));
    const folder = await cache.begin(picture.contentHash, pyramidBytes(size)).catch(() => null);
    if (folder === null) return ok({ ...pyramid, failure: diskFull() });
    const building: Building = { abort: new AbortController(), built: new Set(), waiting: new Set() };
    pyramid.folder = folder;
    pyramid.building = building;
    void build(picture, pyramid, building, mark);
    return ok(pyramid);
  }

  async function pyramidOf(picture: TiledPicture): Promise<Result<Pyramid>> {
    const mark = await markOf(picture.file);
    if (!mark.ok) return mark;
    if (current?.hash === picture.contentHash && isSame(current.entry.mark, mark.value)) {
      const known = await current.entry.pyramid;
      if (known.ok) return known;
    }
    forget();
    const entry: Entry = { mark: mark.value, pyramid: open(picture, mark.value) };
    current = { hash: picture.contentHash, entry };
    return entry.pyramid;
  }

  function forget(): void {
    void current?.entry.pyramid.then((result) => {
      if (result.ok) result.value.building?.abort.abort();
    });
    current = null;
  }

  /** Waits until all of `tiles` are on disk. */
  async function made(pyramid: Pyramid, tiles: readonly TileAddress[]): Promise<Result<null>> {
    for (;;) {
      const { building, failure } = pyramid;
      if (failure !== null) return err(failure);
      if (building === null || tiles.every((tile) => building.built.has(keyOf(tile)))) return ok(null);
      await new Promise<void>((resolve) => building.waiting.add(resolve));
    }
  }

  return {
    async overview(picture) {
      if (current?.hash === picture.contentHash) {
        const known = await current.entry.pyramid;
        // Opened again: what failed is tried again.
        if (!known.ok || known.value.failure !== null) forget();
      }
      const pyramid = await pyramidOf(picture);
      return pyramid.ok ? ok({ jpeg: pyramid.value.overview, size: pyramid.value.size }) : pyramid;
    },

    async tile(picture, address, signal) {
      const pyramid = await pyramidOf(picture);
      if (!pyramid.ok) return pyramid;
      const rect = tileRect(pyramidLevels(pyramid.value.size), address);
      if (rect === null) return err(noSuchTile());
      const ready = await made(pyramid.value, [address]);
      if (!ready.ok) return ready;
      if (signal?.aborted) return err(overtaken());
      const pixels = await readTile(pyramid.value.folder, pyramid.value.size, address);
      return pixels === null ? err(noSuchTile()) : ok({ pixels, width: rect.width, height: rect.height });
    },

    async crop(picture, rect) {
      const pyramid = await pyramidOf(picture);
      if (!pyramid.ok) return pyramid;
      const { size } = pyramid.value;
      const left = Math.max(0, rect.x);
      const top = Math.max(0, rect.y);
      const width = Math.min(size.width, rect.x + rect.width) - left;
      const height = Math.min(size.height, rect.y + rect.height) - top;
      if (width < 1 || height < 1) return err(noSuchTile());
      const inside = { x: left, y: top, width, height };
      const ready = await made(pyramid.value, tilesUnder(size, inside));
      if (!ready.ok) return ready;
      return ask<Crop>(TILES_CROP, { folder: pyramid.value.folder, size, rect: inside } satisfies CropArgs);
    },

    async damage(picture) {
      const pyramid = await pyramidOf(picture);
      if (!pyramid.ok) return pyramid;
      while (pyramid.value.building !== null) {
        const { building } = pyramid.value;
        await new Promise<void>((resolve) => building.waiting.add(resolve));
      }
      const { failure, damagedFromRow } = pyramid.value;
      return failure === null ? ok(damagedFromRow) : err(failure);
    },
  };
}

function wake(building: Building): void {
  const waiting = [...building.waiting];
  building.waiting.clear();
  for (const go of waiting) go();
}

function keyOf({ level, column, row }: TileAddress): string {
  return `${level}/${column}/${row}`;
}

async function markOf(file: string): Promise<Result<FileMark>> {
  try {
    const stats = await fs.stat(file);
    return ok({ bytes: stats.size, modifiedAtMs: stats.mtimeMs });
  } catch (thrown) {
    return err(faultToError(fileFault(thrown, 'file')));
  }
}

function isSame(a: FileMark, b: FileMark): boolean {
  return a.bytes === b.bytes && a.modifiedAtMs === b.modifiedAtMs;
}
