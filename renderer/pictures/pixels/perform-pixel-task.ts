import type { Rect } from '../../../shared/geometry/rect';
import { appError } from '../../../shared/result/app-error';
import { shapeOfRaster } from '../../../shared/shapes/mask/mask-pixels';
import type { PictureAdjustments } from '../../editor/display-settings';
import type { PixelSample } from '../../editor/pixel-services';
import { adjustPixels } from '../adjust-pixels';
import { createEqualiser } from '../equalise';
import { windowed } from './deep-pixels';
import { similarPixels } from './flood-fill';
import { growWire } from './grow-wire';
import type { HeldPixels, PixelKeeper } from './held-pixels';
import type { PixelAnswer, PixelPicture, PixelWork } from './pixel-messages';
import { wireCosts } from './wire-costs';

/** Side in image px of what the wand searches of a picture too large to be held whole. */
const WAND_REACH = 2048;

/** Does one piece of work on the pixels of a picture, fetching them first when they are not held. */
export async function performPixelTask(
  keeper: PixelKeeper,
  picture: PixelPicture,
  work: PixelWork,
): Promise<PixelAnswer> {
  if ('x' in work && !isInside(picture, work)) {
    return work.kind === 'sample' ? { kind: 'sample', sample: null } : outside();
  }
  const needed = neededOf(work);
  const pixels = needed === null ? await keeper.overviewOf(picture) : await keeper.pixelsOf(picture, needed);
  if (!pixels.ok) return { kind: 'failed', error: pixels.error };
  const held = pixels.value;
  switch (work.kind) {
    case 'wire':
      return wire(held, work);
    case 'wand': {
      const { rgba, width, height } = held;
      const found = similarPixels(
        { rgba, width, height },
        Math.floor(work.x) - held.left,
        Math.floor(work.y) - held.top,
        work,
      );
      return {
        kind: 'wand',
        shape: shapeOfRaster({ ...found, x: found.x + held.left, y: found.y + held.top }),
        isPart: width < picture.width || height < picture.height,
      };
    }
    case 'sample':
      return { kind: 'sample', sample: sampleAt(held, Math.floor(work.x), Math.floor(work.y)) };
    case 'adjust':
      return { kind: 'adjust', bitmap: await adjusted(held, work.adjustments) };
    case 'facts':
      return {
        kind: 'facts',
        facts:
          held.deep === null
            ? { bits: 8, fittingWindow: null }
            : { bits: 16, fittingWindow: held.deep.fitting },
      };
  }
}

function isInside(picture: PixelPicture, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height;
}

/** In image px; null for the whole picture, in as many px as can be held. */
function neededOf(work: PixelWork): Rect | null {
  switch (work.kind) {
    case 'wire':
      return square(work, work.reach);
    case 'wand':
      return square(work, WAND_REACH / 2);
    case 'sample':
      return square(work, 0);
    case 'adjust':
    case 'facts':
      return null;
  }
}

/** Whole px around the px of a place. */
function square(at: { readonly x: number; readonly y: number }, reach: number): Rect {
  const whole = Math.ceil(reach);
  return {
    x: Math.floor(at.x) - whole,
    y: Math.floor(at.y) - whole,
    width: 2 * whole + 1,
    height: 2 * whole + 1,
  };
}

function wire(held: HeldPixels, work: Extract<PixelWork, { kind: 'wire' }>): PixelAnswer {
  const wanted = square(work, work.reach);
  const left = Math.max(wanted.x, held.left);
  const top = Math.max(wanted.y, held.top);
  const width = Math.min(wanted.x + wanted.width, held.left + held.width) - left;
  const height = Math.min(wanted.y + wanted.height, held.top + held.height) - top;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((top - held.top + y) * held.width + left - held.left) * 4;
    rgba.set(held.rgba.subarray(from, from + width * 4), y * width * 4);
  }
  const toSeed = growWire(
    wireCosts(rgba, width, height),
    Math.floor(work.x) - left,
    Math.floor(work.y) - top,
  );
  return { kind: 'wire', left, top, width, height, toSeed };
}

function sampleAt(held: HeldPixels, x: number, y: number): PixelSample {
  const place = (y - held.top) * held.width + x - held.left;
  if (held.deep !== null) {
    const { bands, samples } = held.deep.pixels;
    return { channels: [...samples.subarray(place * bands, (place + 1) * bands)], bits: 16 };
  }
  const [red = 0, green = 0, blue = 0, alpha = 255] = held.rgba.subarray(place * 4, place * 4 + 4);
  return { channels: alpha === 255 ? [red, green, blue] : [red, green, blue, alpha], bits: 8 };
}

async function adjusted(held: HeldPixels, adjustments: PictureAdjustments): Promise<ImageBitmap> {
  const { width, height, deep } = held;
  const rgba =
    deep !== null && adjustments.window !== null
      ? windowed(deep.pixels, adjustments.window)
      : held.rgba.slice();
  const equaliser = adjustments.isEqualised
    ? createEqualiser(rgba, width, height, adjustments.equaliseLimit)
    : null;
  adjustPixels(rgba, width, height, adjustments, equaliser);
  return createImageBitmap(new ImageData(rgba, width, height));
}

function outside(): PixelAnswer {
  return {
    kind: 'failed',
    error: appError('usage.bad-arguments', 'This is outside of the picture. Click inside of it.'),
  };
}
