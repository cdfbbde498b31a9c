import fs from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type Vips from 'wasm-vips';
import {
  pyramidLevels,
  TILE_SIDE,
  type TileAddress,
  tileOffset,
} from '../../../shared/geometry/tile-pyramid';
import type { AppError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { MAX_PIXELS } from '../limits';
import { faultToError, fileFault } from '../scan/file-fault';
import { createCoarserLevels, type FinishedTile } from './coarser-levels';
import { levelFile } from './level-file';
import { readStored, uprightSize } from './make-overview';
import { cutIntoTiles, tileOfStrip, turnOf, uprightRect } from './orient-tile';
import { createStripReader } from './strip-reader';
import { diskFull, overtaken, tooLarge, vipsError } from './tile-errors';
import type { BuildArgs, BuiltPyramid } from './tile-requests';
import { owning } from './vips-ownership';

export interface BuildProgress {
  readonly signal: AbortSignal;
  readonly onBuilt: (tiles: readonly TileAddress[]) => void;
}

/**
 * Makes all tiles of a picture in one reading from top to bottom, in strips as high as a tile, and writes each level
 * into one file. Memory: what libvips needs to read in order, two strips and the unfinished tiles of coarser levels.
 * A picture that is damaged further down is read on permissively: what cannot be had stays grey.
 * Errors: `image.undecodable`, `image.too-large`, `file.disk-full`, `file.not-writable`, `job.cancelled`.
 */
export async function buildPyramid(
  vips: typeof Vips,
  { file, folder }: BuildArgs,
  { signal, onBuilt }: BuildProgress,
): Promise<Result<BuiltPyramid>> {
  return owning(async (own) => {
    const writers = createLevelWriters(folder);
    try {
      const stored = readStored(vips, file);
      if (stored.width * stored.height > MAX_PIXELS) return err(tooLarge(stored));
      const reader = await createStripReader(vips, file, own);
      const size = uprightSize(stored);
      const turn = turnOf(stored.orientation);
      const levels = pyramidLevels(size);
      const coarser = createCoarserLevels(size);
      const columns = cutIntoTiles(stored.width, turn.areColumnsBackwards);
      for (const rows of cutIntoTiles(stored.height, turn.areRowsBackwards)) {
        if (signal.aborted) return err(overtaken());
        const strip = reader.next(rows.length);
        const built: TileAddress[] = [];
        for (const span of columns) {
          const piece = { x: span.start, y: rows.start, width: span.length, height: rows.length };
          const { x, y } = uprightRect(piece, stored, turn);
          const address = { level: 0, column: x / TILE_SIDE, row: y / TILE_SIDE };
          const pixels = tileOfStrip(strip, stored.width, rows.length, span, turn);
          for (const tile of coarser.add({ address, pixels })) {
            const level = levels[tile.address.level];
            if (level !== undefined) await writers.write(tile, tileOffset(level, tile.address));
            built.push(tile.address);
          }
        }
        onBuilt(built);
        // Lets requests in, e.g. the one that cancels this.
        await setImmediate();
      }
      return ok({ damagedFromRow: reader.damagedFromRow() });
    } catch (thrown) {
      return err(buildError(thrown));
    } finally {
      await writers.close();
    }
  });
}

interface LevelWriters {
  write(tile: FinishedTile, offset: number): Promise<void>;
  close(): Promise<void>;
}

function createLevelWriters(folder: string): LevelWriters {
  const files = new Map<number, fs.FileHandle>();
  return {
    async write({ address, pixels }, offset) {
      const file = files.get(address.level) ?? (await fs.open(levelFile(folder, address.level), 'w'));
      files.set(address.level, file);
      await file.write(pixels, 0, pixels.length, offset);
    },
    async close() {
      for (const file of files.values()) await file.close();
    },
  };
}

function buildError(thrown: unknown): AppError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull();
  if (/^E[A-Z]+$/.test(code)) return faultToError(fileFault(thrown, 'file'));
  return vipsError(thrown);
}
