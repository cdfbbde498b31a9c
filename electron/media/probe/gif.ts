import { MAX_PARTS } from '../limits';
import { damaged, facts, NO_METADATA, type Probe, truncated } from './picture-facts';

const EXTENSION = 0x21;
const FRAME = 0x2c;
const TRAILER = 0x3b;

/** Bytes of the colour table that a packed flags byte announces. */
function colourTableSize(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Follows the blocks to the trailer. Animations count as their first frame, which is what is shown. */
export const probeGif: Probe = (source) => {
  const screen = source.window(0, 13);
  if (screen.length < 13) return truncated('it ends inside its header');
  let width = screen.readUInt16LE(6);
  let height = screen.readUInt16LE(8);
  let at = 13 + colourTableSize(screen.readUInt8(10));
  let hasFrame = false;
  for (let part = 0; part < MAX_PARTS; part++) {
    const head = source.window(at, 10);
    if (head.length === 0) return truncated('its end marker is missing');
    const kind = head.readUInt8(0);
    if (kind === TRAILER) {
      return hasFrame ? facts(width, height, NO_METADATA) : damaged('it has no picture in it');
    }
    if (kind === EXTENSION) {
      at += 2;
    } else if (kind === FRAME) {
      if (head.length < 10) return truncated('it ends inside a frame');
      if (!hasFrame) {
        // A first frame beyond the screen makes the screen grow, in browsers as elsewhere.
        width = Math.max(width, head.readUInt16LE(1) + head.readUInt16LE(5));
        height = Math.max(height, head.readUInt16LE(3) + head.readUInt16LE(7));
      }
      hasFrame = true;
      at += 10 + colourTableSize(head.readUInt8(9)) + 1;
    } else {
      return damaged('one of its blocks is of no known kind');
    }
    for (let block = 0; ; block++) {
      const length = source.window(at, 1);
      if (length.length === 0) return truncated('it ends inside a frame');
      if (block > MAX_PARTS * 16) return damaged('it has too many blocks');
      at += 1 + length.readUInt8(0);
      if (length.readUInt8(0) === 0) break;
    }
  }
  return damaged('it has too many blocks');
};
