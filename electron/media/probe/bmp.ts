import { damaged, facts, fault, NO_METADATA, type Probe, truncated } from './picture-facts';

/** Compressions by number: stored rows (0, 3, 6) have a length that follows from the size. */
const STORED: ReadonlySet<number> = new Set([0, 3, 6]);
const RUN_LENGTH: ReadonlySet<number> = new Set([1, 2]);

export const probeBmp: Probe = (source) => {
  const head = source.window(0, 54);
  if (head.length < 26) return truncated('it ends inside its header');
  const pixelsAt = head.readUInt32LE(10);
  const headerSize = head.readUInt32LE(14);
  if (headerSize === 12) {
    return checkRows(head.readUInt16LE(18), head.readUInt16LE(20), head.readUInt16LE(24), 0);
  }
  if (headerSize < 16 || headerSize > 1024) return damaged('its header is of no known kind');
  if (head.length < 34) return truncated('it ends inside its header');
  // A negative height means that the rows run from top to bottom.
  return checkRows(
    head.readInt32LE(18),
    Math.abs(head.readInt32LE(22)),
    head.readUInt16LE(28),
    headerSize >= 40 ? head.readUInt32LE(30) : 0,
  );

  function checkRows(width: number, height: number, bitsPerPixel: number, compression: number) {
    const checked = facts(width, height, NO_METADATA);
    if (!checked.ok) return checked;
    if (![1, 2, 4, 8, 16, 24, 32].includes(bitsPerPixel))
      return damaged('its header names no known kind of colour');
    if (!STORED.has(compression) && !RUN_LENGTH.has(compression)) {
      return fault(
        'image.unsupported',
        'This BMP is compressed in a way that viewers do not read. Save it as PNG.',
      );
    }
    const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4;
    const needed = STORED.has(compression) ? pixelsAt + rowBytes * height : pixelsAt + 2;
    if (needed > source.size) return truncated(`its pixels need ${needed} bytes and it has ${source.size}`);
    return checked;
  }
};
