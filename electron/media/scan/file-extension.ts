import type { ImageFormat } from '../../../shared/schema/image';

/** Endings by which people expect a picture of a format. Content decides; endings only make a mismatch visible. */
const FORMAT_BY_EXTENSION: Readonly<Record<string, ImageFormat>> = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  png: 'png',
  apng: 'png',
  webp: 'webp',
  bmp: 'bmp',
  dib: 'bmp',
  gif: 'gif',
  tif: 'tiff',
  tiff: 'tiff',
  avif: 'avif',
};

/** Endings of pictures that the app does not read; such a file is a line in the problem list, not ignored. */
const UNREAD_PICTURE_EXTENSIONS: ReadonlySet<string> = new Set(
  'heic heif jxl jp2 j2k psd svg exr ppm pgm pbm raw dng cr2 cr3 nef arw orf rw2 raf pef srw'.split(' '),
);

const RAW_EXTENSIONS: ReadonlySet<string> = new Set('raw dng cr2 cr3 nef arw orf rw2 raf pef srw'.split(' '));

/** The ending in lower case without its dot; empty when the name has none. */
export function extensionOf(key: string): string {
  const dot = key.lastIndexOf('.');
  return dot <= key.lastIndexOf('/') + 1 ? '' : key.slice(dot + 1).toLowerCase();
}

export function formatOfExtension(extension: string): ImageFormat | null {
  return Object.hasOwn(FORMAT_BY_EXTENSION, extension) ? (FORMAT_BY_EXTENSION[extension] ?? null) : null;
}

export function isUnreadPicture(extension: string): boolean {
  return UNREAD_PICTURE_EXTENSIONS.has(extension);
}

/** Camera raw files are often TIFF inside, where the picture that other programs find is only a small preview. */
export function isCameraRaw(extension: string): boolean {
  return RAW_EXTENSIONS.has(extension);
}
