import fs from 'node:fs';
import path from 'node:path';
import type Vips from 'wasm-vips';
import { loadVips } from '../../electron/media/vips';
import type { ImageFormat } from '../../shared/schema/image';

/** Encoders' names of the formats, and the endings that people give them. */
const SUFFIXES: Readonly<Record<Exclude<ImageFormat, 'bmp'>, string>> = {
  jpeg: '.jpg',
  png: '.png',
  webp: '.webp',
  gif: '.gif',
  tiff: '.tif',
  avif: '.avif',
};

export const FIXTURE_FORMATS = ['jpeg', 'png', 'webp', 'bmp', 'gif', 'tiff', 'avif'] as const;

export interface FixtureOptions {
  /** Stored size in px; 64 x 32 when absent. */
  readonly width?: number;
  readonly height?: number;
  /** EXIF orientation (irot and imir in AVIF). */
  readonly orientation?: number;
  /** EXIF DateTimeOriginal, `2024:05:17 08:30:00`. */
  readonly takenAt?: string;
  /** Makes the content, and so the hash, another one. */
  readonly seed?: number;
}

export function suffixOf(format: ImageFormat): string {
  return format === 'bmp' ? '.bmp' : SUFFIXES[format];
}

/** A whole picture by libvips: left half red, right half blue, as stored. BMP is written by hand. */
export async function makePicture(format: ImageFormat, options: FixtureOptions = {}): Promise<Buffer> {
  const { width = 64, height = 32, seed = 0 } = options;
  if (format === 'bmp') return bmp(width, height, seed);
  const vips = await loadVips();
  const half = Math.floor(width / 2);
  const image = plain(vips, half, height, [255, seed % 200, 0])
    .join(plain(vips, width - half, height, [0, seed % 200, 255]), 'horizontal')
    .copy({ interpretation: 'srgb' });
  if (options.orientation !== undefined) image.setInt('orientation', options.orientation);
  if (options.takenAt !== undefined) {
    image.setString(
      'exif-ifd2-DateTimeOriginal',
      `${options.takenAt} (${options.takenAt}, ASCII, 20 components)`,
    );
  }
  return Buffer.from(image.writeToBuffer(SUFFIXES[format]));
}

function plain(vips: typeof Vips, width: number, height: number, colour: number[]): Vips.Image {
  return vips.Image.black(width, height, { bands: 3 }).linear([1, 1, 1], colour).cast('uchar');
}

function bmp(width: number, height: number, seed: number): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + row * height, seed);
  file.write('BM', 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  return file;
}

/** A file that should end as a line in the problem list, and as which. */
export interface BadInput {
  readonly name: string;
  readonly content: Buffer;
  readonly code: string;
  /** A word that the reason must have, so that the person learns what is wrong. */
  readonly says: RegExp;
}

/** Broken, cut off, empty, mislabelled and oversized files of every kind that people meet. */
export async function makeBadInputs(): Promise<readonly BadInput[]> {
  const inputs: BadInput[] = [
    { name: 'empty.jpg', content: Buffer.alloc(0), code: 'image.empty', says: /0 bytes/ },
    {
      name: 'text.jpg',
      content: Buffer.from('Call me back.\n'),
      code: 'image.mislabelled',
      says: /plain text/,
    },
    {
      name: 'page.png',
      content: Buffer.from('<!DOCTYPE html><title>404</title>'),
      code: 'image.mislabelled',
      says: /web page/,
    },
    { name: 'zeros.jpg', content: Buffer.alloc(4096), code: 'image.mislabelled', says: /zero bytes/ },
    {
      name: 'pointer.jpg',
      content: Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'),
      code: 'image.mislabelled',
      says: /git lfs pull/,
    },
    {
      name: 'phone.jpg',
      content: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
      code: 'image.unsupported',
      says: /HEIC/,
    },
    { name: 'raw.nef', content: await makePicture('tiff'), code: 'image.unsupported', says: /camera raw/ },
    { name: 'bomb.png', content: pngBomb(), code: 'image.too-large', says: /65536 × 65536/ },
    { name: 'bomb.gif', content: gifWithSize(65_535, 65_535), code: 'image.too-large', says: /65535/ },
    { name: 'half.bmp', content: halfOf(await makePicture('bmp')), code: 'image.truncated', says: /cut off/ },
    { name: 'badcrc.png', content: await pngWithBadChecksum(), code: 'image.undecodable', says: /checksum/ },
    {
      name: 'noscan.jpg',
      content: Buffer.from('ffd8ffd9', 'hex'),
      code: 'image.undecodable',
      says: /pixels/,
    },
  ];
  for (const format of FIXTURE_FORMATS) {
    if (format === 'bmp') continue;
    // Large enough that the cut falls into the pixels and not into the headers.
    const whole = await makePicture(format, { width: 256, height: 256 });
    inputs.push({
      name: `cut${suffixOf(format)}`,
      content: Buffer.from(whole.subarray(0, whole.length - 24)),
      code: 'image.truncated',
      says: /cut off/,
    });
    inputs.push({
      name: `start${suffixOf(format)}`,
      content: Buffer.from(whole.subarray(0, 20)),
      code: 'image.truncated',
      says: /cut off/,
    });
  }
  return inputs;
}

function halfOf(content: Buffer): Buffer {
  return Buffer.from(content.subarray(0, Math.floor(content.length / 2)));
}

/** 65,536 x 65,536 px in 69 bytes; the checksum is the one that zlib gives for this header. */
function pngBomb(): Buffer {
  return Buffer.from(
    '89504e470d0a1a0a0000000d494844520001000000010000080000000049ef6f3f0000000049444154000000000000000049454e44ae426082',
    'hex',
  );
}

function gifWithSize(width: number, height: number): Buffer {
  const file = Buffer.concat([
    Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1'),
    Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]),
  ]);
  file.writeUInt16LE(width, 6);
  file.writeUInt16LE(height, 8);
  return file;
}

async function pngWithBadChecksum(): Promise<Buffer> {
  const content = await makePicture('png');
  // The last byte of the header's width; its checksum then no longer fits.
  content.writeUInt8(content.readUInt8(19) ^ 1, 19);
  return content;
}

/** Writes files below a folder, making the folders on the way. */
export function writeFiles(root: string, files: Readonly<Record<string, Buffer | string>>): void {
  for (const [key, content] of Object.entries(files)) {
    const file = path.join(root, key);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}
