import { isTiled, type TileAddress } from '../../shared/geometry/tile-pyramid';
import type { ImageRecord } from '../../shared/schema/image';
import type { PixelPicture } from './pixels/pixel-messages';

/** What is needed of an image to show it. */
export type PictureRef = Pick<
  ImageRecord,
  'sourceId' | 'key' | 'contentHash' | 'format' | 'width' | 'height' | 'exifOrientation'
>;

/** Largest picture whose 16-bit samples are read, in px: 200 MB of colour. Larger ones are shown with 8 bits. */
const MOST_DEEP_PIXELS = 2 ** 25;

/** Longest side of what main decodes whole, in px; larger pictures are shown from tiles. */
const SCALED_MAX_SIDE = 8192;

/**
 * Where a picture's pixels come from, upright. Chromium decodes most formats itself, in a sandbox; main's media process
 * decodes TIFF, and PNG and WebP with an EXIF orientation, which Chromium applies to JPEG and AVIF only. Huge pictures
 * are an overview here, and tiles over it.
 * @param maxSide enough px for the longest side; only a hint, and only followed where main decodes anyway.
 */
export function pictureUrl(image: PictureRef, maxSide?: number): string {
  if (isTiled(image) && maxSide === undefined) return overviewUrl(image);
  const url = fileUrl(image);
  const isTurnedUnseen = image.exifOrientation !== 1 && (image.format === 'png' || image.format === 'webp');
  if (!isTiled(image) && !isTurnedUnseen && image.format !== 'tiff') return url;
  return decodedUrl(image, maxSide ?? SCALED_MAX_SIDE);
}

/** A picture decoded by main's media process, 8 bits a channel, its longest side at most `maxSide` px. */
export function decodedUrl(image: PictureRef, maxSide: number): string {
  return `${fileUrl(image)}?as=png&max=${Math.min(maxSide, SCALED_MAX_SIDE)}`;
}

/** Where the pixels for scissors, wand and adjustments come from; of huge pictures in parts. */
export function pixelPictureOf(image: PictureRef): PixelPicture {
  const { width, height, sourceId, contentHash } = image;
  const size = { width, height };
  if (!isTiled(image)) return { url: pictureUrl(image), deepUrl: deepUrl(image), partUrl: null, ...size };
  const place = `${sourceId}/${contentHash}/`;
  const key = encodedKey(image);
  return {
    url: overviewUrl(image),
    deepUrl: null,
    partUrl: { before: `asset://crop/${place}`, after: `/${key}` },
    ...size,
  };
}

/** Of a huge picture: all of it, small. */
export function overviewUrl(image: PictureRef): string {
  return `asset://overview/${image.sourceId}/${image.contentHash}/${encodedKey(image)}`;
}

export function tileUrl(image: PictureRef, { level, column, row }: TileAddress): string {
  return `asset://tile/${image.sourceId}/${image.contentHash}/${level}/${column}/${row}/${encodedKey(image)}`;
}

/** Of a huge picture: whether it is damaged. */
export function damageUrl(image: PictureRef): string {
  return `asset://damage/${image.sourceId}/${image.contentHash}/${encodedKey(image)}`;
}

/** What is left of a picture that is damaged; null for huge ones, whose parts are salvaged one by one. */
export function salvageUrl(image: PictureRef): string | null {
  return isTiled(image) ? null : `${fileUrl(image)}?as=salvage`;
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
