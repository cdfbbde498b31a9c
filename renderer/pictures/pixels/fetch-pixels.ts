import type { Rect, Size } from '../../../shared/geometry/rect';
import { appError } from '../../../shared/result/app-error';
import { err, ok, type Result } from '../../../shared/result/result';
import { type DeepPixels, isDeepPng, parseDeepPixels } from './deep-pixels';
import type { PixelPicture } from './pixel-messages';

// Runs in workers only: sandboxed, with nothing but fetch and Chromium's own decoders.

export type FetchedPixels =
  | { readonly kind: 'deep'; readonly pixels: DeepPixels }
  | { readonly kind: 'shallow'; readonly image: ImageData };

/** No content: the picture has no 16-bit samples. */
const NOT_DEEP = 204;

/**
 * The pixels of a window of the picture (whole image px inside of it), upright.
 * @param size what the window is scaled to, for an overview; null for the pixels as they are.
 */
export async function fetchPixels(
  picture: PixelPicture,
  window: Rect,
  size: Size | null,
): Promise<Result<FetchedPixels>> {
  const isWhole = window.width === picture.width && window.height === picture.height;
  const deepUrl = isWhole && size === null ? picture.deepUrl : null;
  if (deepUrl !== null && isDecodedByMain(picture.url)) {
    const deep = await fetchDeep(deepUrl);
    if (!deep.ok) return deep;
    if (deep.value !== null) return ok({ kind: 'deep', pixels: deep.value });
  }
  const { x, y, width, height } = window;
  const part = size === null ? picture.partUrl : null;
  const url = part === null ? picture.url : `${part.before}${x}/${y}/${width}/${height}${part.after}`;
  const response = await fetchAnswer(url);
  if (!response.ok) return response;
  const file = await response.value.blob();
  if (deepUrl !== null && (await isDeepFile(file))) {
    const deep = await fetchDeep(deepUrl);
    if (deep.ok && deep.value !== null) return ok({ kind: 'deep', pixels: deep.value });
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return undecodable();
  }
  try {
    const target = size ?? window;
    const context = new OffscreenCanvas(target.width, target.height).getContext('2d', {
      willReadFrequently: true,
    });
    if (context === null) return noCanvas();
    // Of a picture that is scaled down the pixels are spread again; its places are those of the record.
    context.scale(target.width / width, target.height / height);
    if (part !== null) context.drawImage(bitmap, 0, 0, width, height);
    else context.drawImage(bitmap, -x, -y, picture.width, picture.height);
    return ok({ kind: 'shallow', image: context.getImageData(0, 0, target.width, target.height) });
  } finally {
    bitmap.close();
  }
}

/** The 16-bit samples, or null when the picture has none. */
export async function fetchDeep(deepUrl: string): Promise<Result<DeepPixels | null>> {
  const response = await fetchAnswer(deepUrl);
  if (!response.ok) return response;
  if (response.value.status === NOT_DEEP) return ok(null);
  return parseDeepPixels(await response.value.arrayBuffer());
}

/** Whether main decodes what comes from an address: then only main knows of how many bits the file is. */
export function isDecodedByMain(url: string): boolean {
  return url.includes('?as=png');
}

/** Whether a file is a PNG with 16 bits a channel. */
export async function isDeepFile(file: Blob): Promise<boolean> {
  return isDeepPng(new Uint8Array(await file.slice(0, 32).arrayBuffer()));
}

async function fetchAnswer(url: string): Promise<Result<Response>> {
  try {
    const response = await fetch(url);
    if (response.ok) return ok(response);
    return err(
      appError(response.status === 422 ? 'image.undecodable' : 'file.not-readable', await response.text()),
    );
  } catch {
    return err(
      appError('file.not-readable', 'The picture could not be read. Check the disk it is on and try again.'),
    );
  }
}

function undecodable(): Result<never> {
  return err(
    appError(
      'image.undecodable',
      'The picture could not be decoded: its pixels are damaged. Open it in another program and save it anew.',
    ),
  );
}

function noCanvas(): Result<never> {
  return err(appError('internal.unexpected', 'No canvas could be had to read the pixels of the picture.'));
}
