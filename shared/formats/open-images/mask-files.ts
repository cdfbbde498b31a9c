import { maskInWindow, tightMask } from '../../geometry/mask-runs';
import { maskScaledInto } from '../../geometry/mask-transform';
import type { Size } from '../../geometry/rect';
import type { MaskShape } from '../../schema/shapes';
import { runsOfShape, shapeOfRuns } from '../../shapes/mask/mask-pixels';
import type { DatasetFolder } from '../format';
import { folderOf, nameOf } from '../parts/picture-index';
import { maskOfSetPixels } from '../parts/png/binary-mask';
import { decodePng, valuesOfPng } from '../parts/png/decode-png';
import type { Table } from './tables';

/** A binary mask of 100 megapixels compresses to far less. */
const MAX_MASK_BYTES = 32 * 1024 * 1024;

export type FoundMask =
  | { readonly shape: MaskShape; readonly isScaled: boolean }
  | { readonly code: string; readonly reason: string };

/** Finds mask files by the name that a table gives, in the folder of its split where there are several. */
export class MaskFiles {
  readonly #folder: DatasetFolder;
  readonly #byName = new Map<string, string[]>();

  constructor(folder: DatasetFolder, paths: readonly string[]) {
    this.#folder = folder;
    for (const path of paths) {
      if (!/\.png$/i.test(path)) continue;
      const known = this.#byName.get(nameOf(path));
      if (known === undefined) this.#byName.set(nameOf(path), [path]);
      else known.push(path);
    }
  }

  /** The pixels that are set, in px of the picture: mask files may be smaller than their pictures. */
  async read(name: string, table: Table, size: Size): Promise<FoundMask> {
    const candidates = this.#byName.get(nameOf(name)) ?? [];
    const path =
      candidates.find((one) => table.split !== null && folderOf(one).toLowerCase().includes(table.split)) ??
      candidates[0];
    if (path === undefined)
      return { code: 'open-images-no-mask', reason: `names ${name.slice(0, 200)}, which is not there` };
    const bytes = await this.#folder.readBytes(path, MAX_MASK_BYTES);
    const png = bytes.ok ? decodePng(bytes.value, path) : bytes;
    if (!png.ok)
      return {
        code: 'open-images-bad-mask',
        reason: `names a mask that cannot be read: ${png.error.message}`,
      };
    const mask = maskOfSetPixels(valuesOfPng(png.value), png.value);
    if (mask === null) return { code: 'open-images-empty-mask', reason: 'names a mask that sets no pixel' };
    if (png.value.width === size.width && png.value.height === size.height)
      return { shape: mask, isScaled: false };
    const whole = { x: 0, y: 0, width: png.value.width, height: png.value.height };
    const picture = { x: 0, y: 0, width: Math.round(size.width), height: Math.round(size.height) };
    const scaled = tightMask(maskScaledInto(maskInWindow(runsOfShape(mask), whole), picture));
    if (scaled === null) return { code: 'open-images-empty-mask', reason: 'names a mask that sets no pixel' };
    return { shape: shapeOfRuns(scaled), isScaled: true };
  }
}
