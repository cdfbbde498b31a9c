import { decode } from 'fast-png';
import { appError } from '../../../result/app-error';
import { err, ok, type Result } from '../../../result/result';
import { inflatesBeyond, pngHeader, rawByteSize, withNeededChunks } from './png-chunks';

export type Rgb = readonly [red: number, green: number, blue: number];

/** The samples of a PNG as they are stored: no colour management, no alpha blending, palette indexes not looked up. */
export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  /** 1 grey or palette, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: number;
  /** One number a sample, row by row, channels side by side; 1, 2 and 4 bit samples are unpacked, not scaled. */
  readonly samples: Uint8Array | Uint16Array;
  readonly palette: readonly Rgb[] | null;
}

/** Masks of 20,000 x 14,000 px pictures fit; a larger one is an attack, or a picture that is no mask. */
const MOST_PIXELS = 300_000_000;

/**
 * Decodes a PNG that holds numbers (masks, label maps) rather than a picture to be seen.
 * Errors: `image.undecodable` for damage, `image.unsupported` for interlaced ones of less than 8 bits, `image.too-large` for sizes and compressed data beyond all reason.
 */
export function decodePng(bytes: Uint8Array, shownPath: string): Result<DecodedPng> {
  const header = pngHeader(bytes);
  if (header === null) return err(undecodable(shownPath, 'it is not a PNG'));
  const { width, height } = header;
  if (width * height > MOST_PIXELS || inflatesBeyond(bytes, rawByteSize(header))) {
    return err(
      appError(
        'image.too-large',
        `${shownPath} says ${width} × ${height} px or holds more data than that; it was not read. Save it again from its source.`,
        { path: shownPath, width, height },
      ),
    );
  }
  if (header.isInterlaced && header.depth < 8) {
    return err(
      appError(
        'image.unsupported',
        `${shownPath} is an interlaced PNG of ${header.depth} bits, which is not read here. Save it without interlacing.`,
        { path: shownPath },
      ),
    );
  }
  const needed = withNeededChunks(bytes);
  if (needed === null) return err(undecodable(shownPath, 'it is cut off'));
  try {
    const { data, channels, depth, palette } = decode(needed, { checkCrc: true });
    const samples = depth < 8 ? unpacked(asBytes(data), width, height, depth, channels) : plainArray(data);
    if (samples.length < width * height * channels) return err(undecodable(shownPath, 'pixels are missing'));
    return ok({
      width,
      height,
      channels,
      samples,
      palette: palette?.map(([red = 0, green = 0, blue = 0]): Rgb => [red, green, blue]) ?? null,
    });
  } catch (thrown) {
    return err(undecodable(shownPath, thrown instanceof Error ? thrown.message : 'it is damaged'));
  }
}

/**
 * One number a pixel: a palette index, a grey value, or 0xRRGGBB; alpha is passed over. Grey and palette pictures give
 * their own samples, which are shared, not copied.
 */
export function valuesOfPng({ channels, samples }: DecodedPng): Uint8Array | Uint16Array | Uint32Array {
  if (channels === 1) return samples;
  const count = samples.length / channels;
  const values = new Uint32Array(count);
  for (let pixel = 0, at = 0; pixel < count; pixel += 1, at += channels) {
    const first = samples[at] ?? 0;
    values[pixel] =
      channels === 2 ? first : (first << 16) | ((samples[at + 1] ?? 0) << 8) | (samples[at + 2] ?? 0);
  }
  return values;
}

function asBytes(data: Uint8Array | Uint8ClampedArray | Uint16Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function plainArray(data: Uint8Array | Uint8ClampedArray | Uint16Array): Uint8Array | Uint16Array {
  return data instanceof Uint8ClampedArray ? asBytes(data) : data;
}

/** Samples of 1, 2 or 4 bits, each row beginning at a byte, as one byte each. */
function unpacked(
  packed: Uint8Array,
  width: number,
  height: number,
  depth: number,
  channels: number,
): Uint8Array {
  const inARow = width * channels;
  const bytesInARow = Math.ceil((inARow * depth) / 8);
  const mask = (1 << depth) - 1;
  const samples = new Uint8Array(inARow * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < inARow; column += 1) {
      const bit = column * depth;
      const byte = packed[row * bytesInARow + (bit >> 3)] ?? 0;
      samples[row * inARow + column] = (byte >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}

function undecodable(shownPath: string, why: string) {
  return appError(
    'image.undecodable',
    `${shownPath} could not be read as a PNG: ${why}. Save it again from its source.`,
    { path: shownPath },
  );
}
