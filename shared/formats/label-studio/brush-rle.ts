import { rasterOfMask } from '../../geometry/mask-runs';
import type { Size } from '../../geometry/rect';
import type { MaskShape } from '../../schema/shapes';
import { runsOfShape, shapeOfRaster } from '../../shapes/mask/mask-pixels';

/**
 * Label Studio's "rle" of a brush, which is that of the npm package @thi.ng/rle-pack: bits, highest first, of a count of
 * words (32), the size of a word - 1 (5), four sizes of run lengths - 1 (4 each), and then blocks: one bit that is 1 when
 * the block repeats one word, two bits that choose the size of the length, the length - 1, and the word or words.
 * The words are bytes of an RGBA picture, row by row; a pixel is set when its alpha is not 0.
 */
const CHANNELS = 4;
const ALPHA = 3;

/** The sizes that Label Studio's own encoders use. */
const RUN_SIZES = [3, 4, 8, 16] as const;
const WORD_BITS = 8;
const LONGEST_RUN = 2 ** 16;
const SET = 255;

/** One byte a pixel of what is set; a larger picture is an attack. */
const MOST_PIXELS = 300_000_000;

/** The pixels that a brush sets, in their tightest window; `'empty'` for none, null when it is no encoding of the picture. */
export function maskFromBrush(rle: unknown, { width, height }: Size): MaskShape | 'empty' | null {
  if (!Array.isArray(rle) || !Number.isInteger(width) || !Number.isInteger(height)) return null;
  const pixels = width * height;
  if (pixels <= 0 || pixels > MOST_PIXELS) return null;
  const input = new BitReader(rle);
  const count = input.read(32);
  const wordBits = input.read(5) + 1;
  const sizes = RUN_SIZES.map(() => input.read(4) + 1);
  if (count !== pixels * CHANNELS) return null;
  const runs: number[] = [];
  for (let at = 0; at < count; ) {
    const isRun = input.read(1) === 1;
    const length = input.read(sizes[input.read(2)] ?? 1) + 1;
    if (input.isBeyondEnd || at + length > count) return null;
    if (isRun) {
      if (input.read(wordBits) !== 0) addPixels(runs, at, at + length);
      at += length;
    } else {
      for (const end = at + length; at < end; at += 1) {
        if (input.read(wordBits) !== 0) addPixels(runs, at, at + 1);
      }
    }
    if (input.isBeyondEnd) return null;
  }
  return maskOfRuns(runs, width);
}

/** Adds the pixels whose alpha is among the words `from` up to but not including `to`, as first and end. */
function addPixels(runs: number[], from: number, to: number): void {
  const first = Math.ceil((from - ALPHA) / CHANNELS);
  const end = Math.ceil((to - ALPHA) / CHANNELS);
  if (end <= first) return;
  if (runs.at(-1) === first) runs[runs.length - 1] = end;
  else runs.push(first, end);
}

/** Pixels in reading order as a mask; only the window around them is painted. */
function maskOfRuns(runs: readonly number[], width: number): MaskShape | 'empty' {
  let left = width;
  let right = 0;
  for (let at = 0; at < runs.length; at += 2) {
    const [first = 0, end = 0] = [runs[at], runs[at + 1]];
    const isInOneRow = Math.floor(first / width) === Math.floor((end - 1) / width);
    left = Math.min(left, isInOneRow ? first % width : 0);
    right = Math.max(right, isInOneRow ? ((end - 1) % width) + 1 : width);
  }
  if (runs.length === 0) return 'empty';
  const top = Math.floor((runs[0] ?? 0) / width);
  const height = Math.floor(((runs.at(-1) ?? 0) - 1) / width) + 1 - top;
  const window = { x: left, y: top, width: right - left, height };
  const data = new Uint8Array(window.width * height);
  for (let at = 0; at < runs.length; at += 2) {
    const end = runs[at + 1] ?? 0;
    for (let pixel = runs[at] ?? 0; pixel < end; ) {
      const row = Math.floor(pixel / width);
      const endInRow = Math.min(end, (row + 1) * width);
      const place = (row - top) * window.width - row * width - left;
      data.fill(1, place + pixel, place + endInRow);
      pixel = endInRow;
    }
  }
  return shapeOfRaster({ ...window, data }) ?? 'empty';
}

class BitReader {
  readonly #bytes: readonly unknown[];
  #at = 0;
  #left = 0;
  #byte = 0;
  /** True once more was asked for than there is, or something that is no byte was met. */
  isBeyondEnd = false;

  constructor(bytes: readonly unknown[]) {
    this.#bytes = bytes;
  }

  /** At most 32 bits as a number that is not negative. */
  read(bits: number): number {
    let value = 0;
    for (let wanted = bits; wanted > 0; ) {
      if (this.#left === 0) this.#next();
      const taken = Math.min(wanted, this.#left);
      this.#left -= taken;
      value = value * 2 ** taken + ((this.#byte >> this.#left) & ((1 << taken) - 1));
      wanted -= taken;
    }
    return value;
  }

  #next(): void {
    const byte = this.#bytes[this.#at];
    const isByte = typeof byte === 'number' && Number.isInteger(byte) && byte >= 0 && byte <= 255;
    if (!isByte) this.isBeyondEnd = true;
    this.#byte = isByte ? byte : 0;
    this.#left = 8;
    this.#at += 1;
  }
}

/**
 * The bytes that Label Studio's converter (`mask2rle`) writes for the same pixels, with 255 in all four channels where
 * they are set. What lies outside a picture of `size` is cut off.
 */
export function brushOfMask(mask: MaskShape, { width, height }: Size): readonly number[] {
  const output = new BitWriter();
  output.write(width * height * CHANNELS, 32);
  output.write(WORD_BITS - 1, 5);
  for (const size of RUN_SIZES) output.write(size - 1, 4);
  const raster = rasterOfMask(runsOfShape(mask));
  let value = 0;
  let length = 0;
  const append = (next: number, pixels: number) => {
    if (pixels <= 0) return;
    if (next === value) {
      length += pixels;
      return;
    }
    writeRun(output, value, length * CHANNELS);
    value = next;
    length = pixels;
  };
  for (let y = 0; y < height; y += 1) {
    const row = y - raster.y;
    const isInWindow = row >= 0 && row < raster.height;
    const left = Math.min(Math.max(raster.x, 0), width);
    const right = isInWindow ? Math.min(Math.max(raster.x + raster.width, left), width) : left;
    append(0, left);
    for (let x = left; x < right; x += 1) append(raster.data[row * raster.width + x - raster.x] ?? 0, 1);
    append(0, width - right);
  }
  writeRun(output, value, length * CHANNELS);
  return output.finish();
}

function writeRun(output: BitWriter, value: number, words: number): void {
  for (let left = words; left > 0; left -= LONGEST_RUN) {
    const length = Math.min(left, LONGEST_RUN);
    const choice = RUN_SIZES.findIndex((size) => length <= 2 ** size);
    output.write(1, 1);
    output.write(choice, 2);
    output.write(length - 1, RUN_SIZES[choice] ?? 16);
    output.write(value === 0 ? 0 : SET, WORD_BITS);
  }
}

class BitWriter {
  readonly #bytes: number[] = [];
  #byte = 0;
  #filled = 0;

  write(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit -= 1) {
      this.#byte = this.#byte * 2 + (Math.floor(value / 2 ** bit) % 2);
      this.#filled += 1;
      if (this.#filled === 8) this.#flush();
    }
  }

  /** The converter fills up to a whole byte, and adds one where there was nothing to fill. */
  finish(): readonly number[] {
    this.write(0, 8 - this.#filled);
    return this.#bytes;
  }

  #flush(): void {
    this.#bytes.push(this.#byte);
    this.#byte = 0;
    this.#filled = 0;
  }
}
