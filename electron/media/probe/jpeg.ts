import { MAX_METADATA_BYTES, MAX_PARTS } from '../limits';
import { type ByteSource, partOf } from './byte-source';
import { readExif } from './exif';
import { damaged, facts, fault, type Metadata, NO_METADATA, type Probe, truncated } from './picture-facts';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP1 = 0xe1;

/** Frame kinds that browsers decode: baseline, extended and progressive, all Huffman-coded. */
const READABLE_FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);

/** C0 to CF are frames, save C4 (tables), C8 (reserved) and CC (arithmetic tables). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Follows the segments to the first scan, then looks for the end marker behind it, which a cut-off file lacks. */
export const probeJpeg: Probe = (source) => {
  let at = 2;
  let size: { readonly width: number; readonly height: number } | null = null;
  let metadata: Metadata | null = null;
  for (let part = 0; part < MAX_PARTS; part++) {
    const head = source.window(at, 4);
    if (head.length < 2) return truncated('it ends inside its headers');
    const marker = head.readUInt8(1);
    if (head.readUInt8(0) !== 0xff || marker === 0xff || marker === 0x00) {
      // Fill bytes and stray bytes between segments are legal or at least common; decoders step over them.
      at += 1;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    if (marker === END_OF_IMAGE) return damaged('it ends before any pixels');
    if (head.length < 4) return truncated('it ends inside its headers');
    const length = head.readUInt16BE(2);
    if (length < 2) return damaged('one of its headers has no length');
    if (isFrame(marker)) {
      if (!READABLE_FRAMES.has(marker)) return unreadableKind('lossless or arithmetic-coded');
      const frame = source.window(at + 4, 5);
      if (frame.length < 5) return truncated('it ends inside its headers');
      if (frame.readUInt8(0) !== 8) return unreadableKind(`${frame.readUInt8(0)}-bit`);
      size = { height: frame.readUInt16BE(1), width: frame.readUInt16BE(3) };
    } else if (marker === APP1 && metadata === null && isExif(source.window(at + 4, 6))) {
      metadata = readExif(partOf(source, at + 10, Math.min(length - 8, MAX_METADATA_BYTES)));
    } else if (marker === START_OF_SCAN) {
      if (size === null) return damaged('it has pixels but no size');
      if (!hasEndMarker(source, at + 2 + length)) return truncated('its end marker is missing');
      return facts(size.width, size.height, metadata ?? NO_METADATA);
    }
    at += 2 + length;
  }
  return damaged('it has too many headers');
};

function isExif(start: Buffer): boolean {
  return start.length === 6 && start.toString('latin1', 0, 4) === 'Exif' && start.readUInt8(4) === 0;
}

function unreadableKind(kind: string) {
  return fault(
    'image.unsupported',
    `This is a ${kind} JPEG, which common viewers and trainers cannot read. Save it as an ordinary 8-bit JPEG or as PNG.`,
  );
}

const END = Buffer.from([0xff, END_OF_IMAGE]);
const SEARCH_STEP = 64 * 1024;

/**
 * True when an end marker follows `from`. Searched from the back: it is the last thing in most files, and phones put a
 * film or a second picture behind it. Inside pixel data FF is always escaped, so D9 after FF can only be the marker.
 */
function hasEndMarker(source: ByteSource, from: number): boolean {
  let end = source.size;
  while (end > from) {
    const start = Math.max(from, end - SEARCH_STEP);
    if (source.window(start, end - start).lastIndexOf(END) !== -1) return true;
    // One byte is searched again, for a marker that lies across two steps.
    end = start === from ? from : start + 1;
  }
  return false;
}
