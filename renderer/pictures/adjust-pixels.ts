import type { PictureAdjustments } from '../editor/display-settings';
import { type Equaliser, equalise, type Place, WHOLE } from './equalise';

/** Rec. 601 luma in 1/256, which JPEG's own YCbCr uses. */
const RED_WEIGHT = 77;
const GREEN_WEIGHT = 150;
const BLUE_WEIGHT = 29;

/** Whether anything would be changed; the window of 16-bit pictures is applied when they are made 8-bit. */
export function isAdjusting(adjustments: PictureAdjustments): boolean {
  return (
    adjustments.brightness !== 0 ||
    adjustments.contrast !== 0 ||
    adjustments.saturation !== 0 ||
    adjustments.gamma !== 1 ||
    adjustments.isInverted ||
    adjustments.isEqualised ||
    adjustments.channel !== 'all'
  );
}

/**
 * Applies the adjustments to RGBA pixels in place: channel, local equalisation, saturation, then one curve of contrast,
 * brightness, gamma and inversion. Alpha stays. One pass of about 8 ns a pixel, with equalisation 20 ns.
 * @param equaliser of the whole picture, for a tile of it; without one nothing is equalised.
 * @param place the part of the picture that the pixels are, as fractions of its sides.
 */
export function adjustPixels(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  adjustments: PictureAdjustments,
  equaliser: Equaliser | null = null,
  place: Place = WHOLE,
): void {
  if (adjustments.channel !== 'all') keepChannel(rgba, adjustments.channel);
  if (adjustments.isEqualised && equaliser !== null) equalise(rgba, width, height, equaliser, place);
  applyCurve(rgba, curveOf(adjustments), 1 + adjustments.saturation / 100);
}

/**
 * What each of the 256 levels becomes. Contrast is the slope about the middle, tan of 0 to 90°, so that -100 is flat
 * grey and 100 is black and white only; brightness 100 adds the whole range.
 */
export function curveOf(adjustments: PictureAdjustments): Uint8ClampedArray {
  const curve = new Uint8ClampedArray(256);
  const slope = Math.min(Math.tan((Math.PI / 4) * (1 + adjustments.contrast / 100)), 1e4);
  const shift = adjustments.brightness / 100;
  for (let level = 0; level < 256; level++) {
    const contrasted = (level / 255 - 0.5) * slope + 0.5 + shift;
    const bounded = Math.min(Math.max(contrasted, 0), 1);
    const lifted = bounded ** (1 / adjustments.gamma);
    curve[level] = 255 * (adjustments.isInverted ? 1 - lifted : lifted);
  }
  return curve;
}

function lumaOf(red: number, green: number, blue: number): number {
  return (RED_WEIGHT * red + GREEN_WEIGHT * green + BLUE_WEIGHT * blue) >> 8;
}

/** Shows one channel as grey. */
function keepChannel(rgba: Uint8ClampedArray, channel: 'red' | 'green' | 'blue'): void {
  const offset = channel === 'red' ? 0 : channel === 'green' ? 1 : 2;
  for (let at = 0; at < rgba.length; at += 4) {
    const value = rgba[at + offset] ?? 0;
    rgba[at] = value;
    rgba[at + 1] = value;
    rgba[at + 2] = value;
  }
}

function applyCurve(rgba: Uint8ClampedArray, curve: Uint8ClampedArray, saturation: number): void {
  const isFlat = saturation === 1;
  for (let at = 0; at < rgba.length; at += 4) {
    let red = rgba[at] ?? 0;
    let green = rgba[at + 1] ?? 0;
    let blue = rgba[at + 2] ?? 0;
    if (!isFlat) {
      const luma = lumaOf(red, green, blue);
      red = bounded(luma + (red - luma) * saturation);
      green = bounded(luma + (green - luma) * saturation);
      blue = bounded(luma + (blue - luma) * saturation);
    }
    rgba[at] = curve[red] ?? 0;
    rgba[at + 1] = curve[green] ?? 0;
    rgba[at + 2] = curve[blue] ?? 0;
  }
}

/** To a whole level, as an index into the curve. */
function bounded(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0;
}
