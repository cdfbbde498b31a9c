import type { ImageRecord } from '../../shared/schema/image';

/** What is needed of an image to show it. */
export type PictureRef = Pick<
  ImageRecord,
  'sourceId' | 'key' | 'contentHash' | 'format' | 'width' | 'height' | 'exifOrientation'
>;

/** Largest picture that is decoded at full size, in px: 400 MB as RGBA. Larger ones are shown scaled down. */
const MAX_FULL_PIXELS = 100_000_000;

/** Longest side of pictures that are shown scaled down, in px. */
const SCALED_MAX_SIDE = 8192;

/**
 * Where a picture's pixels come from, upright. Chromium decodes most formats itself, in a sandbox; main's media process
 * decodes TIFF, pictures beyond what fits in memory at full size, and PNG and WebP with an EXIF orientation, which
 * Chromium applies to JPEG and AVIF only.
 * @param maxSide enough px for the longest side; only a hint, and only followed where main decodes anyway.
 */
export function pictureUrl(image: PictureRef, maxSide?: number): string {
  const key = image.key.split('/').map(encodeURIComponent).join('/');
  const url = `asset://source/${image.sourceId}/${key}`;
  const isHuge = image.width * image.height > MAX_FULL_PIXELS;
  const isTurnedUnseen = image.exifOrientation !== 1 && (image.format === 'png' || image.format === 'webp');
  if (!isHuge && !isTurnedUnseen && image.format !== 'tiff') return url;
  return `${url}?as=png&max=${Math.min(maxSide ?? SCALED_MAX_SIDE, SCALED_MAX_SIDE)}`;
}

/** A thumbnail of the disk cache; answers 404 when it was not made yet. */
export function cachedThumbnailUrl(contentHash: string): string {
  return `asset://thumb/${contentHash}`;
}
