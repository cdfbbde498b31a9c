import type { ImageFormat } from '../../../shared/schema/image';

/** As many bytes as tell every format apart. */
export const SIGNATURE_BYTES = 64;

/** The picture format that the first bytes belong to, whatever the file is called; null for anything else. */
export function sniffFormat(head: Uint8Array): ImageFormat | null {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (hasText(head, 0, 'GIF87a') || hasText(head, 0, 'GIF89a')) return 'gif';
  if (hasText(head, 0, 'RIFF') && hasText(head, 8, 'WEBP')) return 'webp';
  if (isBmp(head)) return 'bmp';
  if (isTiff(head)) return 'tiff';
  return isAvif(head) ? 'avif' : null;
}

export const CONTENT_TYPES: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  bmp: 'image/bmp',
  gif: 'image/gif',
  tiff: 'image/tiff',
  avif: 'image/avif',
};

/** `BM` alone begins many a text, so the header's length must be one that BMP has. */
function isBmp(head: Uint8Array): boolean {
  return (
    hasText(head, 0, 'BM') && [12, 16, 40, 52, 56, 64, 108, 124].includes(head[14] ?? 0) && head[15] === 0
  );
}

function isTiff(head: Uint8Array): boolean {
  const isLittle = startsWith(head, [0x49, 0x49, 0x2a, 0]) || startsWith(head, [0x49, 0x49, 0x2b, 0, 8, 0]);
  const isBig = startsWith(head, [0x4d, 0x4d, 0, 0x2a]) || startsWith(head, [0x4d, 0x4d, 0, 0x2b, 0, 8]);
  // Canon's raw files carry their own mark in a TIFF header.
  return (isLittle || isBig) && !hasText(head, 8, 'CR');
}

/** The brands of an ISO media file (AVIF, HEIC, MP4, …), main brand first; empty when it is none. */
function brands(head: Uint8Array): readonly string[] {
  if (!hasText(head, 4, 'ftyp')) return [];
  const end = Math.min(head.length, ((head[2] ?? 0) << 8) | (head[3] ?? 0));
  const found = [text(head, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) found.push(text(head, at, 4));
  return found;
}

function isAvif(head: Uint8Array): boolean {
  return brands(head).some((brand) => brand === 'avif' || brand === 'avis');
}

/** What a file is, in words that follow "it is"; `isPicture` when it is one, only in a format not read here. */
export interface Lookalike {
  readonly name: string;
  readonly isPicture: boolean;
}

const picture = (name: string): Lookalike => ({ name, isPicture: true });
const other = (name: string): Lookalike => ({ name, isPicture: false });

const HEIC_BRANDS: ReadonlySet<string> = new Set(['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1']);

/** Best description of content that is no readable picture, for the problem list. */
export function describeContent(head: Uint8Array): Lookalike {
  const [brand] = brands(head);
  if (brand !== undefined) return HEIC_BRANDS.has(brand) ? picture('a HEIC photo') : other('a video');
  if (startsWith(head, [0xff, 0x0a]) || hasText(head, 4, 'JXL ')) return picture('a JPEG XL picture');
  if (hasText(head, 4, 'jP  ') || startsWith(head, [0xff, 0x4f, 0xff, 0x51]))
    return picture('a JPEG 2000 picture');
  if (hasText(head, 0, '8BPS')) return picture('a Photoshop document');
  if (hasText(head, 8, 'CR')) return picture('a camera raw file');
  if (
    hasText(head, 0, 'FUJIFILMCCD-RAW') ||
    hasText(head, 0, 'IIRO') ||
    startsWith(head, [0x49, 0x49, 0x55, 0])
  ) {
    return picture('a camera raw file');
  }
  if (startsWith(head, [0, 0, 1, 0]) || startsWith(head, [0, 0, 2, 0])) return picture('an icon');
  if (startsWith(head, [0x76, 0x2f, 0x31, 0x01])) return picture('an OpenEXR picture');
  if (/^P[1-7]\s/.test(text(head, 0, 3))) return picture('a Netpbm picture');
  if (hasText(head, 0, '%PDF')) return other('a PDF document');
  if (startsWith(head, [0x50, 0x4b, 3, 4])) return other('a ZIP archive or an office document');
  if (startsWith(head, [0x1f, 0x8b])) return other('a gzip archive');
  if (hasText(head, 0, 'RIFF')) return other('a video or a sound');
  if (startsWith(head, [0x1a, 0x45, 0xdf, 0xa3])) return other('a video');
  if (startsWith(head, [0x93]) && hasText(head, 1, 'NUMPY')) return other('a NumPy array');
  return describeText(head);
}

function describeText(head: Uint8Array): Lookalike {
  if (head.length > 0 && head.every((byte) => byte === 0)) return other('nothing but zero bytes');
  if (!looksLikeText(head)) return other('data of no known picture format');
  const start = text(head, 0, SIGNATURE_BYTES)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (start.startsWith('version https://git-lfs')) {
    return other('a Git LFS pointer: the picture was never downloaded (run "git lfs pull")');
  }
  if (start.startsWith('<svg')) return picture('an SVG drawing');
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return other('a web page');
  if (start.startsWith('<')) return other('an XML text');
  if (start.startsWith('{') || start.startsWith('[')) return other('a JSON text');
  return other('plain text');
}

/** No control characters but white space; bytes from 0x80 on may be UTF-8 or an older encoding. */
function looksLikeText(head: Uint8Array): boolean {
  return head.length > 0 && head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);
}

function hasText(head: Uint8Array, at: number, expected: string): boolean {
  if (head.length < at + expected.length) return false;
  for (let i = 0; i < expected.length; i++) if (head[at + i] !== expected.charCodeAt(i)) return false;
  return true;
}

function text(head: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...head.subarray(at, at + length));
}
