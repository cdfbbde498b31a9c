import { encode } from 'fast-png';
import type { Rgb } from './decode-png';

export interface PngToEncode {
  readonly width: number;
  readonly height: number;
  /** 1 grey or palette indexes, 3 RGB. */
  readonly channels: 1 | 3;
  /** `width * height * channels` numbers, row by row; a Uint16Array makes a 16 bit file. */
  readonly samples: Uint8Array | Uint16Array;
  /** At most 256 colours; makes an indexed file of 8 bit samples. */
  readonly palette?: readonly Rgb[];
}

/** Masks are long runs of one value, on which higher levels win little and cost much. */
const COMPRESSION_LEVEL = 4;

/** The bytes of a PNG file; the same samples always give the same bytes. */
export function encodePng({ width, height, channels, samples, palette }: PngToEncode): Uint8Array {
  return encode(
    {
      width,
      height,
      channels,
      data: samples,
      depth: samples instanceof Uint16Array ? 16 : 8,
      ...(palette === undefined ? {} : { palette: palette.map((color) => [...color]) }),
    },
    { zlib: { level: COMPRESSION_LEVEL } },
  );
}
