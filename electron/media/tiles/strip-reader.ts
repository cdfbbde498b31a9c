import type Vips from 'wasm-vips';
import { readTone } from './make-overview';
import { openInOrder, openSource } from './open-picture';
import { toRgb } from './picture-tone';
import { rowsPerTiffStrip } from './tiff-strips';
import { type Owned, owning } from './vips-ownership';

const CHANNELS = 3;

/** Rows read at a time at least: few, because libvips and this process each hold them once. */
const CHUNK_ROWS = 128;

/** Rows of a picture as stored, each read once, from top to bottom. */
export interface StripReader {
  /** RGB of the next `height` rows, valid until the next call. Throws what libvips throws when not even damaged content can be had. */
  next(height: number): Uint8Array;
  /** First row of the part that could not be decoded cleanly, as far as it was read; exact to a chunk. */
  damagedFromRow(): number | null;
}

/**
 * libvips reads in order only while each request begins where its decoder stands: at a multiple of 16 rows, in TIFF of
 * the file's own strips. So chunks are read that do, and strips of any height are cut from them.
 */
export async function createStripReader(vips: typeof Vips, file: string, own: Owned): Promise<StripReader> {
  const tone = readTone(vips, file);
  const { rows: chunkRows, isInOrder } = await chunksOf(vips, file);
  const open = (failOn: 'none' | 'error') => {
    if (isInOrder) return toRgb(openInOrder(vips, file, failOn, own), tone, own);
    const source = openSource(vips, file, own);
    return toRgb(own(vips.Image.newFromSource(source, '', { fail_on: failOn })), tone, own);
  };
  let image = open('error');
  let damagedFromRow: number | null = null;
  const { width, height: total } = image;
  let chunk: Uint8Array = new Uint8Array(0);
  let chunkEnd = 0;
  // One for all strips: fresh ones of some ten MB would pile up until they are collected.
  let strip: Uint8Array = new Uint8Array(0);

  function crop(top: number, height: number): Uint8Array {
    const rows = image.crop(0, top, width, height);
    try {
      const memory = rows.writeToMemory();
      return memory instanceof Uint8Array ? memory : new Uint8Array(memory);
    } finally {
      rows.delete();
    }
  }

  function readChunk(): Uint8Array {
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
      if (strip.length < wanted) strip = new Uint8Array(wanted);
      for (let filled = 0; filled < wanted; ) {
        if (chunk.length === 0) chunk = readChunk();
        const part = chunk.subarray(0, wanted - filled);
        strip.set(part, filled);
        filled += part.length;
        chunk = chunk.subarray(part.length);
      }
      return strip.subarray(0, wanted);
    },
  };
}

/** Rows to read at a time; not in order, with the whole in memory, for files that cannot be read otherwise. */
async function chunksOf(
  vips: typeof Vips,
  file: string,
): Promise<{ readonly rows: number; readonly isInOrder: boolean }> {
  const stripRows = await rowsPerTiffStrip(file);
  if (stripRows === null || CHUNK_ROWS % stripRows === 0) return { rows: CHUNK_ROWS, isInOrder: true };
  // Strips of few rows are decoded several at once, as many as make up to 16 rows; very high ones row by row.
  const group = stripRows < 16 ? stripRows * Math.floor(16 / stripRows) : stripRows;
  for (const rows of [group * Math.ceil(CHUNK_ROWS / group), CHUNK_ROWS]) {
    if (await canRead(vips, file, rows)) return { rows, isInOrder: true };
  }
  return { rows: CHUNK_ROWS, isInOrder: false };
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
