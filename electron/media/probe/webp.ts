import { MAX_METADATA_BYTES, MAX_PARTS } from '../limits';
import { type ByteSource, partOf } from './byte-source';
import { readExif } from './exif';
import { damaged, facts, type Metadata, NO_METADATA, type Probe, truncated } from './picture-facts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Follows the RIFF chunks; the length in the RIFF header tells whether the file is whole. */
export const probeWebp: Probe = (source) => {
  const head = source.window(0, 12);
  if (head.length < 12) return truncated('it ends inside its header');
  const end = head.readUInt32LE(4) + 8;
  if (end > source.size) return truncated(`its header promises ${end} bytes and it has ${source.size}`);
  let at = 12;
  let size: Size | null = null;
  let hasPixels = false;
  let metadata: Metadata = NO_METADATA;
  for (let part = 0; part < MAX_PARTS && at + 8 <= end; part++) {
    const chunk = source.window(at, 8);
    const type = chunk.toString('latin1', 0, 4);
    const length = chunk.readUInt32LE(4);
    if (at + 8 + length > end) return truncated(`its ${type} chunk is longer than what is left of it`);
    if (type === 'VP8X') size = extendedSize(source.window(at + 8, 10));
    else if (type === 'VP8 ' || type === 'VP8L') {
      hasPixels = true;
      const bitstream = source.window(at + 8, 10);
      size ??= type === 'VP8 ' ? lossySize(bitstream) : losslessSize(bitstream);
    } else if (type === 'ANMF') hasPixels = true;
    else if (type === 'EXIF') metadata = exifOf(source, at + 8, length);
    // Chunks are padded to even lengths.
    at += 8 + length + (length % 2);
  }
  if (size === null) return damaged('its header gives no size');
  if (!hasPixels) return damaged('it has no pixels');
  return facts(size.width, size.height, metadata);
};

/** Some writers put JPEG's `Exif\0\0` before the block. */
function exifOf(source: ByteSource, at: number, length: number): Metadata {
  const prefix = source.window(at, 6).toString('latin1') === 'Exif\0\0' ? 6 : 0;
  return readExif(partOf(source, at + prefix, Math.min(length - prefix, MAX_METADATA_BYTES)));
}

function extendedSize(bytes: Buffer): Size | null {
  return bytes.length < 10 ? null : { width: 1 + bytes.readUIntLE(4, 3), height: 1 + bytes.readUIntLE(7, 3) };
}

function lossySize(bytes: Buffer): Size | null {
  if (bytes.length < 10 || bytes.readUIntBE(3, 3) !== 0x9d012a) return null;
  return { width: bytes.readUInt16LE(6) & 0x3fff, height: bytes.readUInt16LE(8) & 0x3fff };
}

function losslessSize(bytes: Buffer): Size | null {
  if (bytes.length < 5 || bytes.readUInt8(0) !== 0x2f) return null;
  const packed = bytes.readUInt32LE(1);
  return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
}
