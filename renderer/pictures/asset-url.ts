import { isTiled } from '../../shared/geometry/tile-pyramid';
import type { ImageRecord } from '../../shared/schema/image';
import type { PixelPicture } from './pixels/pixel-messages';

/** What is needed of an image to show it. */
export type PictureRef = Pick<
  ImageRecord,
  'sourceId' | 'key' | 'contentHash' | 'format' | 'width' | 'height' | 'exifOrientation'
>;

/** Largest picture that is decoded at full size, in px: 400 MB as RGBA. Larger ones are shown scaled down. */
const MAX_FULL_PIXELS = 100_000_000;

/** Largest picture whose 16-bit samples are read, in px: 200 MB of colour. Larger ones are shown with 8 bits. */
const MOST_DEEP_PIXELS = 2 ** 25;

/** Longest side of pictures that are shown scaled down, in px. */
const SCALED_MAX_SIDE = 8192;

/**
 * Where a picture's pixels come from, upright. Chromium decodes most formats itself, in a sandbox; main's media process
 * decodes TIFF, pictures beyond what fits in memory at full size, and PNG and WebP with an EXIF orientation, which
 * Chromium applies to JPEG and AVIF only.
 * @param maxSide enough px for the longest side; only a hint, and only followed where main decodes anyway.
 */
export function pictureUrl(image: PictureRef, maxSide?: number): string {
  const url = fileUrl(image);
  const isHuge = image.width * image.height > MAX_FULL_PIXELS;
  const isTurnedUnseen = image.exifOrientation !== 1 && (image.format === 'png' || image.format === 'webp');
  if (!isHuge && !isTurnedUnseen && image.format !== 'tiff') return url;
  return `${url}?as=png&max=${Math.min(maxSide ?? SCALED_MAX_SIDE, SCALED_MAX_SIDE)}`;
}

/** Where the pixels for scissors, wand and adjustments come from; of huge pictures in parts. */
export function pixelPictureOf(image: PictureRef): PixelPicture {
  const { width, height, sourceId, contentHash } = image;
  const size = { width, height };
  if (!isTiled(image)) return { url: pictureUrl(image), deepUrl: deepUrl(image), partUrl: null, ...size };
  const place = `${sourceId}/${contentHash}/`;
  const key = encodedKey(image);
  return {
    url: `asset://overview/${place}${key}`,
    deepUrl: null,
    partUrl: { before: `asset://crop/${place}`, after: `/${key}` },
    ...size,
  };
}

/** Where the samples of a picture come from that may have 16 bits a channel; null when it cannot or has too many. */
export function deepUrl(image: PictureRef): string | null {
  const { format, width, height } = image;
  const mayBeDeep = (format === 'png' || format === 'tiff') && width * height <= MOST_DEEP_PIXELS;
  return mayBeDeep ? `${fileUrl(image)}?as=raw16` : null;
}

function fileUrl(image: PictureRef): string {
  return `asset://source/${image.sourceId}/${encodedKey(image)}`;
}

function encodedKey({ key }: PictureRef): string {
  return key.split('/').map(encodeURIComponent).join('/');
}

/** A thumbnail of the disk cache; answers 404 when it was not made yet. */
export function cachedThumbnailUrl(contentHash: string): string {
  return `asset://thumb/${contentHash}`;
}
