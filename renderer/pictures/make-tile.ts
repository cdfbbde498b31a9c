import { appError } from '../../shared/result/app-error';
import { NO_ADJUSTMENTS, type PictureAdjustments } from '../editor/display-settings';
import { adjustPixels } from './adjust-pixels';
import { createEqualiser, type Equaliser } from './equalise';
import type { PictureAnswer, PictureTask, TileLook } from './picture-messages';

// Runs in the picture worker.

type TileTask = Extract<PictureTask, { kind: 'tile' }>;

/** The equaliser of the picture on screen; all of its tiles go by the same one. */
let equaliser: { readonly key: string; readonly made: Promise<Equaliser | null> } | null = null;

/** Turns the bytes of a tile into a bitmap, adjusted as asked. */
export async function makeTile(task: TileTask, bytes: ArrayBuffer): Promise<PictureAnswer> {
  const { width, height, look } = task;
  if (bytes.byteLength !== width * height * 3) {
    return {
      kind: 'failed',
      error: appError('image.undecodable', 'A part of the picture came incomplete. Open the picture again.'),
    };
  }
  const image = new ImageData(width, height);
  spread(new Uint8Array(bytes), image.data);
  if (look !== null) {
    const { adjustments, place } = look;
    adjustPixels(image.data, width, height, adjustments, await equaliserOf(look), place);
  }
  return { kind: 'bitmap', bitmap: await createImageBitmap(image), damage: null };
}

/** RGB to opaque RGBA. */
function spread(rgb: Uint8Array, rgba: Uint8ClampedArray): void {
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from] ?? 0;
    rgba[to + 1] = rgb[from + 1] ?? 0;
    rgba[to + 2] = rgb[from + 2] ?? 0;
    rgba[to + 3] = 255;
  }
}

function equaliserOf({ adjustments, overviewUrl }: TileLook): Promise<Equaliser | null> {
  if (!adjustments.isEqualised) return Promise.resolve(null);
  // Only what is read before equalisation counts, see adjustPixels.
  const key = `${overviewUrl}#${adjustments.equaliseLimit}#${adjustments.channel}`;
  if (equaliser?.key !== key) equaliser = { key, made: readEqualiser(overviewUrl, adjustments) };
  return equaliser.made;
}

async function readEqualiser(url: string, adjustments: PictureAdjustments): Promise<Equaliser | null> {
  try {
    const bitmap = await createImageBitmap(await (await fetch(url)).blob());
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    context?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const pixels = context?.getImageData(0, 0, width, height).data;
    if (pixels === undefined) return null;
    adjustPixels(pixels, width, height, { ...NO_ADJUSTMENTS, channel: adjustments.channel });
    return createEqualiser(pixels, width, height, adjustments.equaliseLimit);
  } catch {
    return null;
  }
}
