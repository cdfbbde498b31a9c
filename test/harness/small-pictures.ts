import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const FILES_PER_FOLDER = 1000;

/** Files for measuring scans: sound headers with noise for pixels: JPEG with EXIF and PNG in turn, 2 to 10 KB, each with bytes of its own. */
export function writeSmallPictures(root: string, n: number): readonly string[] {
  const noise = randomBytes(64 * 1024);
  for (let at = 0; at < noise.length; at++) if (noise[at] === 0xff) noise[at] = 0;
  const files: string[] = [];
  for (let index = 0; index < n; index++) {
    const folder = path.join(root, `part-${String(Math.floor(index / FILES_PER_FOLDER)).padStart(4, '0')}`);
    if (index % FILES_PER_FOLDER === 0) fs.mkdirSync(folder);
    const pixels = Buffer.from(noise.subarray(index % 32_768, (index % 32_768) + 2000 + (index % 8000)));
    pixels.writeUInt32LE(index & 0x7f7f7f7f);
    const isJpeg = index % 2 === 0;
    const file = path.join(folder, `frame-${String(index).padStart(6, '0')}.${isJpeg ? 'jpg' : 'png'}`);
    fs.writeFileSync(file, isJpeg ? jpeg(pixels) : png(pixels));
    files.push(file);
  }
  return files;
}

/** A little-endian TIFF block with orientation 1 and the capture time. */
function exifBlock(): Buffer {
  const block = Buffer.alloc(8 + 2 + 24 + 4 + 2 + 12 + 4 + 20);
  block.write('II*\0', 'latin1');
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(2, 8);
  writeField(block, 10, 0x0112, 3, 1, 1);
  writeField(block, 22, 0x8769, 4, 1, 38);
  block.writeUInt16LE(1, 38);
  writeField(block, 40, 0x9003, 2, 20, 56);
  block.write('2024:05:17 08:30:00\0', 56, 'latin1');
  return block;
}

function writeField(
  block: Buffer,
  at: number,
  tag: number,
  type: number,
  count: number,
  value: number,
): void {
  block.writeUInt16LE(tag, at);
  block.writeUInt16LE(type, at + 2);
  block.writeUInt32LE(count, at + 4);
  block.writeUInt32LE(value, at + 8);
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

const JPEG_HEAD = Buffer.concat([
  Buffer.from([0xff, 0xd8]),
  segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifBlock()])),
  segment(0xdb, Buffer.alloc(65, 1)),
  segment(0xc0, Buffer.from([8, 0, 64, 0, 96, 1, 1, 0x11, 0])),
  segment(0xc4, Buffer.alloc(28)),
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
]);

function jpeg(pixels: Buffer): Buffer {
  return Buffer.concat([JPEG_HEAD, pixels, Buffer.from([0xff, 0xd9])]);
}

/** IHDR of an 8-bit RGB picture of 96 x 64 px, with its checksum. */
const PNG_HEAD = Buffer.from('89504e470d0a1a0a0000000d49484452000000600000004008020000006a56e559', 'hex');
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');

function png(pixels: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(pixels.length);
  head.write('IDAT', 4, 'latin1');
  return Buffer.concat([PNG_HEAD, head, pixels, Buffer.alloc(4), PNG_END]);
}
