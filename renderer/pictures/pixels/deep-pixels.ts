import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';

/** The samples of a picture with 16 bits a channel, row by row, channels side by side. */
export interface DeepPixels {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha. */
  readonly bands: 1 | 2 | 3 | 4;
  readonly samples: Uint16Array<ArrayBuffer>;
}

/** The sample values shown as black and as white. */
export interface SampleWindow {
  readonly low: number;
  readonly high: number;
}

/** Width, height and bands, each 32 bits, lowest byte first; the samples follow, lowest byte first. */
const HEADER_BYTES = 12;
const SAMPLE_VALUES = 65_536;
/** So much of the pixels may lie beyond either end of the window that is chosen: hot pixels and dead ones. */
const BEYOND = 0.005;

/** Reads what main's media process answers for `?as=raw16`. */
export function parseDeepPixels(bytes: ArrayBuffer): Result<DeepPixels> {
  const broken = err(
    appError('image.undecodable', 'The samples of the picture came incomplete. Show it again.'),
  );
  if (bytes.byteLength < HEADER_BYTES) return broken;
  const [width = 0, height = 0, bands = 0] = new Uint32Array(bytes, 0, 3);
  if (bands !== 1 && bands !== 2 && bands !== 3 && bands !== 4) return broken;
  if (bytes.byteLength !== HEADER_BYTES + width * height * bands * 2) return broken;
  return ok({ width, height, bands, samples: new Uint16Array(bytes, HEADER_BYTES) });
}

/** From the value below which 0.5 % of the samples lie to that above which 0.5 % lie; alpha does not count. */
export function fittingWindow(pixels: DeepPixels): SampleWindow {
  const { bands, samples } = pixels;
  const colours = coloursOf(bands);
  const histogram = new Uint32Array(SAMPLE_VALUES);
  for (let at = 0; at < samples.length; at += bands) {
    for (let band = 0; band < colours; band++) {
      const value = samples[at + band] ?? 0;
      histogram[value] = (histogram[value] ?? 0) + 1;
    }
  }
  const beyond = Math.floor((samples.length / bands) * colours * BEYOND);
  let low = 0;
  for (let left = beyond; low < SAMPLE_VALUES - 1; low++) {
    left -= histogram[low] ?? 0;
    if (left < 0) break;
  }
  let high = SAMPLE_VALUES - 1;
  for (let left = beyond; high > 0; high--) {
    left -= histogram[high] ?? 0;
    if (left < 0) break;
  }
  // An even picture has no range of its own.
  return high > low ? { low, high } : { low: Math.max(0, low - 1), high: Math.max(1, low) };
}

/** As RGBA of 8 bits: `low` and below is 0, `high` and above 255, linear between. About 5 ns a pixel. */
export function windowed(pixels: DeepPixels, { low, high }: SampleWindow): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, bands, samples } = pixels;
  const levels = new Uint8ClampedArray(SAMPLE_VALUES);
  const range = Math.max(high - low, 1);
  for (let value = 0; value < SAMPLE_VALUES; value++) levels[value] = ((value - low) * 255) / range;
  const isColour = bands >= 3;
  const hasAlpha = bands === 2 || bands === 4;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, at = 0; at < rgba.length; from += bands, at += 4) {
    const first = levels[samples[from] ?? 0] ?? 0;
    rgba[at] = first;
    rgba[at + 1] = isColour ? (levels[samples[from + 1] ?? 0] ?? 0) : first;
    rgba[at + 2] = isColour ? (levels[samples[from + 2] ?? 0] ?? 0) : first;
    rgba[at + 3] = hasAlpha ? (samples[from + bands - 1] ?? 0) >> 8 : 255;
  }
  return rgba;
}

/** Whether a file's first bytes are those of a PNG with 16 bits a channel (IHDR is always its first chunk). */
export function isDeepPng(start: Uint8Array): boolean {
  return start.length > 24 && start[0] === 0x89 && start[1] === 0x50 && start[24] === 16;
}

function coloursOf(bands: DeepPixels['bands']): 1 | 3 {
  return bands <= 2 ? 1 : 3;
}
