import type Vips from 'wasm-vips';
import { err, ok, type Result } from '../../../shared/result/result';
import { MAX_PIXELS } from '../limits';
import { readStored, readTone, uprightSize } from '../tiles/make-overview';
import { openInOrder, openSource } from '../tiles/open-picture';
import { toRgb } from '../tiles/picture-tone';
import { tooLarge, vipsError } from '../tiles/tile-errors';
import { type Owned, owning } from '../tiles/vips-ownership';

export interface SalvagedPicture {
  /** What could be decoded, at full size, upright; the rest is grey or black. */
  readonly png: Uint8Array;
  /** First row of the file that could not be decoded, in stored px; null when the whole was. */
  readonly damagedFromRow: number | null;
}

/** Rows read at a time while looking for the damage: as exact as the blocks of JPEG. */
const STEP = 16;

/**
 * Decodes as much as there is of a damaged picture. `image.undecodable` when there is nothing at all.
 * Costs two readings of the file.
 */
export async function salvagePicture(vips: typeof Vips, file: string): Promise<Result<SalvagedPicture>> {
  return owning((own) => {
    try {
      const stored = readStored(vips, file);
      if (stored.width * stored.height > MAX_PIXELS) return err(tooLarge(uprightSize(stored)));
      const damagedFromRow = findDamage(vips, file, own);
      if (damagedFromRow === 0 && !stored.isJpeg) return err(vipsError(null));
      const source = openSource(vips, file, own);
      const image = own(vips.Image.newFromSource(source, '', { fail_on: 'none' }));
      const upright = own(own(toRgb(image, readTone(vips, file), own).copyMemory()).autorot());
      return ok({ png: upright.writeToBuffer('.png', { compression: 1, keep: 'none' }), damagedFromRow });
    } catch (thrown) {
      return err(vipsError(thrown));
    }
  });
}

function findDamage(vips: typeof Vips, file: string, own: Owned): number | null {
  const image = openInOrder(vips, file, 'error', own);
  for (let top = 0; top < image.height; top += STEP) {
    const rows = image.crop(0, top, image.width, Math.min(STEP, image.height - top));
    try {
      rows.writeToMemory();
    } catch {
      return top;
    } finally {
      rows.delete();
    }
  }
  return null;
}
