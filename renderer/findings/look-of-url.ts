import { greyGrid, perceptualHash } from '../../shared/quality/perceptual-hash';

/** Thumbnails are 160 px or so; a picture that is shown as it is must not be decoded whole for 1,024 grey levels. */
const SIDE_IN_PX = 128;

/**
 * The perceptual hash of the picture at a URL; empty for one of one colour, null where it cannot be decoded. The picture
 * is drawn into a square: what is hashed is its look, not its aspect.
 */
export async function lookOfUrl(url: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) return null;
    const bitmap = await createImageBitmap(await response.blob(), {
      resizeWidth: SIDE_IN_PX,
      resizeHeight: SIDE_IN_PX,
      resizeQuality: 'medium',
    });
    const context = new OffscreenCanvas(SIDE_IN_PX, SIDE_IN_PX).getContext('2d', {
      willReadFrequently: true,
    });
    context?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const pixels = context?.getImageData(0, 0, SIDE_IN_PX, SIDE_IN_PX);
    return pixels === undefined ? null : perceptualHash(greyGrid(pixels.data, SIDE_IN_PX, SIDE_IN_PX));
  } catch {
    // A picture that cannot be read is on the list of problems already; it has no look.
    return null;
  }
}
