import type Vips from 'wasm-vips';
import type { Size } from '../../../shared/geometry/rect';
import { OVERVIEW_SIDE } from '../../../shared/geometry/tile-pyramid';
import { err, ok, type Result } from '../../../shared/result/result';
import { openInOrder, openSource } from './open-picture';
import { AS_IT_IS, type PictureTone, toneOf, toRgb } from './picture-tone';
import { vipsError } from './tile-errors';
import type { Overview } from './tile-requests';
import { type Owned, owning, owningNow } from './vips-ownership';

/** The decoder of JPEG scales by these while it reads, at a fraction of the cost. */
const JPEG_SHRINKS = [1, 2, 4, 8] as const;

const JPEG_QUALITY = 90;

/** Width, height and orientation as the file's own header says. */
interface StoredPicture extends Size {
  readonly orientation: number;
  readonly isJpeg: boolean;
}

/** Reads the header only. */
export function readStored(vips: typeof Vips, file: string): StoredPicture {
  return owningNow((own) => readHeader(openInOrder(vips, file, 'none', own)));
}

function readHeader(image: Vips.Image): StoredPicture {
  const orientation = image.getTypeof('orientation') === 0 ? 1 : image.getInt('orientation');
  return {
    width: image.width,
    height: image.height,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    isJpeg: image.getString('vips-loader').startsWith('jpegload'),
  };
}

export function uprightSize({ width, height, orientation }: StoredPicture): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/**
 * A small copy of a huge picture, read in order with little memory. Parts that are damaged are grey; how much is
 * damaged is found when its tiles are made. `image.undecodable` when nothing could be read.
 */
export async function makeOverview(vips: typeof Vips, file: string): Promise<Result<Overview>> {
  return owning((own) => {
    try {
      const stored = readStored(vips, file);
      const small = openSmall(vips, file, stored, OVERVIEW_SIDE, own);
      const jpeg = small.writeToBuffer('.jpg', { Q: JPEG_QUALITY, keep: 'none' });
      return ok({ jpeg, size: uprightSize(stored) });
    } catch (thrown) {
      return err(vipsError(thrown));
    }
  });
}

/** The same as PNG, its longest side at most `maxSide` px, for those who want a small copy and no tiles. */
export async function makeSmallPng(
  vips: typeof Vips,
  file: string,
  maxSide: number,
): Promise<Result<Uint8Array>> {
  return owning((own) => {
    try {
      const stored = readStored(vips, file);
      const small = openSmall(vips, file, stored, maxSide, own);
      return ok(small.writeToBuffer('.png', { compression: 1, keep: 'none' }));
    } catch (thrown) {
      return err(vipsError(thrown));
    }
  });
}

/** Upright, in memory, red, green and blue. */
function openSmall(
  vips: typeof Vips,
  file: string,
  stored: StoredPicture,
  maxSide: number,
  own: Owned,
): Vips.Image {
  const longest = Math.max(stored.width, stored.height);
  // In memory before it is turned: turning reads from bottom to top.
  if (!stored.isJpeg) {
    const whole = toRgb(openInOrder(vips, file, 'none', own), readTone(vips, file), own);
    const bound = { height: maxSide, size: 'down', no_rotate: true } as const;
    return own(own(own(whole.thumbnailImage(maxSide, bound)).copyMemory()).autorot());
  }
  const shrink = JPEG_SHRINKS.find((factor) => longest / factor <= maxSide) ?? 8;
  const source = openSource(vips, file, own);
  let image = own(vips.Image.jpegloadSource(source, { shrink, access: 'sequential' }));
  const left = Math.max(image.width, image.height);
  if (left > maxSide) image = own(image.resize(maxSide / left));
  return own(own(toRgb(image, AS_IT_IS, own).copyMemory()).autorot());
}

/** How the file's sample values are shown; costs a reading of the whole only where the values themselves must tell. */
export function readTone(vips: typeof Vips, file: string): PictureTone {
  return owningNow((own) => toneOf(openInOrder(vips, file, 'none', own)));
}
