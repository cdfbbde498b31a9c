import type Vips from 'wasm-vips';
import type { Owned } from './vips-ownership';

/** How sample values become 0 to 255, found before its pixels are read in order. */
export interface PictureTone {
  readonly scale: number;
  readonly offset: number;
}

/** Cameras and scanners put 10 to 12 bits into 16; the upper byte alone would show such pictures as black. */
const TWELVE_BITS = 4095;

export const AS_IT_IS: PictureTone = { scale: 1, offset: 0 };

/** Reads the whole picture when it is grey of more than 8 bits or of floats, and only its header otherwise. */
export function toneOf(image: Vips.Image): PictureTone {
  if (image.format === 'uchar') return AS_IT_IS;
  if (image.format === 'ushort') {
    const most = image.bands <= 2 ? image.max() : 0;
    return { scale: most > 0 && most <= TWELVE_BITS ? 255 / most : 1 / 257, offset: 0 };
  }
  // Floats, and integers beyond 16 bits, have no agreed white: darkest to brightest is what can be shown.
  const stats = image.stats();
  const [least = 0, most = 0] = [...stats.getpoint(0, 0), ...stats.getpoint(1, 0)];
  stats.delete();
  const scale = most > least ? 255 / (most - least) : 0;
  return { scale, offset: -least * scale };
}

/** Red, green and blue of one byte each; what is transparent shows white. Works on pictures that are read in order. */
export function toRgb(image: Vips.Image, tone: PictureTone, own: Owned): Vips.Image {
  let result = image;
  const isWide = result.format !== 'uchar';
  const isColour = result.bands > 2;
  if (isColour && !isWide && result.interpretation !== 'srgb' && result.interpretation !== 'multiband') {
    result = own(result.colourspace('srgb'));
  }
  if (isWide) result = own(own(result.linear(tone.scale, tone.offset)).cast('uchar'));
  if (result.bands === 2 || result.bands > 3) {
    const colours = own(result.extractBand(0, { n: result.bands > 3 ? 3 : 1 }));
    const opacity = own(result.extractBand(result.bands > 3 ? 3 : 1));
    const white = own(opacity.linear(-1, 255));
    // colour x opacity + white x (1 - opacity)
    result = own(own(own(own(colours.multiply(opacity)).linear(1 / 255, 0)).add(white)).cast('uchar'));
  }
  return result.bands === 1 ? own(result.bandjoin([result, result])) : result;
}
