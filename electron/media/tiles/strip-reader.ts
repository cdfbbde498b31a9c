import type Vips from 'wasm-vips';
import { TILE_SIDE } from '../../../shared/geometry/tile-pyramid';
import { openInOrder, readTone } from './make-overview';
import { toRgb } from './picture-tone';
import { rowsPerTiffStrip } from './tiff-strips';
import { type Owned, owning } from './vips-ownership';

const CHANNELS = 3;

/** Rows of a picture as stored, each read once, from top to bottom. */
export interface StripReader {
  /** RGB of the next `height` rows. Throws what libvips throws when not even damaged content can be had. */
  next(height: number): Uint8Array;
  /** First row of the part that could not be decoded cleanly, as far as it was read; exact to a chunk. */
  damagedFromRow(): number | null;
}

/**
 * libvips reads in order only while each request begins where its decoder stands: at a multiple of 16 rows, in TIFF of
 * the file's own strips. So chunks are read that do, and strips of any height are cut from them.
 */
export async function createStripReader(vips: typeof Vips, file: string, own: Owned): Promise<StripReader> {
  const tone = readTone(vips, file, own);
  const { rows: chunkRows, isInOrder } = await chunksOf(vips, file);
  const open = (failOn: 'none' | 'error') => {
    if (isInOrder) return toRgb(openInOrder(vips, file, failOn, own), tone, own);
    const source = own(vips.Source.newFromFile(file));
    return toRgb(own(vips.Image.newFromSource(source, '', { fail_on: failOn })), tone, own);
  };
  let image = open('error');
  let damagedFromRow: number | null = null;
  const { width, height: total } = image;
  let chunk = new Uint8Array(0);
  let chunkEnd = 0;

  function crop(top: number, height: number): Uint8Array<ArrayBuffer> {
    const rows = image.crop(0, top, width, height);
    try {
      return new Uint8Array(rows.writeToMemory());
    } finally {
      rows.delete();
    }
  }

  function readChunk(): Uint8Array<ArrayBuffer> {
    const top = chunkEnd;
    const height = Math.min(chunkRows, total - top);
    chunkEnd += height;
    if (damagedFromRow !== null) return crop(top, height);
    try {
      return crop(top, height);
    } catch {
      // From here on whatever the decoder makes of it; rows above are read again and dropped.
      damagedFromRow = top;
      image = open('none');
      return crop(top, height);
    }
  }

  return {
    damagedFromRow: () => damagedFromRow,
    next(height) {
      const wanted = height * width * CHANNELS;
      if (chunk.length === 0) {
        const whole = readChunk();
        if (whole.length === wanted) return whole;
        chunk = whole;
      }
      const strip = new Uint8Array(wanted);
      for (let filled = 0; filled < wanted; ) {
        if (chunk.length === 0) chunk = readChunk();
        const part = chunk.subarray(0, wanted - filled);
        strip.set(part, filled);
        filled += part.length;
        chunk = chunk.subarray(part.length);
      }
      return strip;
    },
  };
}

/** Rows to read at a time; not in order, with the whole in memory, for files that cannot be read otherwise. */
async function chunksOf(
  vips: typeof Vips,
  file: string,
): Promise<{ readonly rows: number; readonly isInOrder: boolean }> {
  const stripRows = await rowsPerTiffStrip(file);
  if (stripRows === null || TILE_SIDE % stripRows === 0) return { rows: TILE_SIDE, isInOrder: true };
  // Strips of few rows are decoded several at once, as many as make up to 16 rows; very high ones row by row.
  const group = stripRows < 16 ? stripRows * Math.floor(16 / stripRows) : stripRows;
  for (const rows of [group * Math.ceil(TILE_SIDE / group), TILE_SIDE]) {
    if (await canRead(vips, file, rows)) return { rows, isInOrder: true };
  }
  return { rows: TILE_SIDE, isInOrder: false };
}

/** Tries three chunks, the least that shows whether the decoder stands where the next one begins. */
async function canRead(vips: typeof Vips, file: string, rows: number): Promise<boolean> {
  return owning((own) => {
    try {
      const image = openInOrder(vips, file, 'none', own);
      for (let top = 0; top < Math.min(image.height, rows * 3); top += rows) {
        own(image.crop(0, top, image.width, Math.min(rows, image.height - top))).writeToMemory();
      }
      return true;
    } catch {
      return false;
    }
  });
}
