import { MAX_METADATA_BYTES, MAX_PARTS } from '../limits';
import { partOf } from './byte-source';
import { crc32 } from './crc32';
import { readExif } from './exif';
import { damaged, facts, fault, type Metadata, NO_METADATA, type Probe, truncated } from './picture-facts';

/** Bit depths that each colour type may have. */
const DEPTHS_BY_COLOUR_TYPE: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const INDEXED = 3;

/**
 * Follows the chunks to IEND. Checksums are verified for the two small chunks on which everything hangs; those of the
 * pixels are left to the decoder, which reads them anyway.
 */
export const probePng: Probe = (source) => {
  let at = 8;
  let width = 0;
  let height = 0;
  let isIndexed = false;
  let hasPalette = false;
  let hasPixels = false;
  let metadata: Metadata = NO_METADATA;
  for (let part = 0; part < MAX_PARTS; part++) {
    const head = source.window(at, 8);
    if (head.length < 8)
      return truncated(hasPixels ? 'its end chunk is missing' : 'it ends inside its headers');
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    const next = at + 12 + length;
    if (next > source.size) return truncated(`its ${type} chunk is longer than what is left of it`);
    if (part === 0) {
      if (type === 'CgBI') {
        return fault(
          'image.unsupported',
          'This is a PNG in the private form of iPhone apps. Save it as an ordinary PNG.',
        );
      }
      if (type !== 'IHDR' || length !== 13) return damaged('it does not start with its header');
      const header = source.window(at + 4, 21);
      if (crc32(header.subarray(0, 17)) !== header.readUInt32BE(17)) {
        return damaged('the checksum of its header is wrong');
      }
      width = header.readUInt32BE(4);
      height = header.readUInt32BE(8);
      const colourType = header.readUInt8(13);
      if (!DEPTHS_BY_COLOUR_TYPE[colourType]?.includes(header.readUInt8(12))) {
        return damaged('its header names a kind of colour that PNG does not have');
      }
      isIndexed = colourType === INDEXED;
    } else if (type === 'PLTE') {
      if (length === 0 || length > 768 || length % 3 !== 0) return damaged('its palette has a wrong length');
      const palette = source.window(at + 4, length + 8);
      if (crc32(palette.subarray(0, length + 4)) !== palette.readUInt32BE(length + 4)) {
        return damaged('the checksum of its palette is wrong');
      }
      hasPalette = true;
    } else if (type === 'IDAT') {
      if (isIndexed && !hasPalette) return damaged('its palette is missing');
      hasPixels = true;
    } else if (type === 'eXIf') {
      metadata = readExif(partOf(source, at + 8, Math.min(length, MAX_METADATA_BYTES)));
    } else if (type === 'IEND') {
      if (!hasPixels) return damaged('it has no pixels');
      return facts(width, height, metadata);
    }
    at = next;
  }
  return damaged('it has too many chunks');
};
