import { type MaskRuns, maskInWindow, tightMask } from '../../geometry/mask-runs';
import type { Size } from '../../geometry/rect';
import { decodeRle, encodeRle, endsOfLengths } from '../../geometry/rle';
import type { MaskShape } from '../../schema/shapes';
import { LARGEST_SIDE, LONGEST_RLE } from '../../schema/shapes/mask';
import { runsOfShape, shapeOfRuns } from '../../shapes/mask/mask-pixels';
import { isRecord } from './json/json-values';

/** COCO's run-length encoding of a whole picture: runs column by column from the top-left, unset pixels first. */
export interface CocoRle {
  /** Compressed text, or lengths of runs. */
  readonly counts: string | readonly number[];
  readonly size: readonly [height: number, width: number];
}

/**
 * The pixels that a `{counts, size: [height, width]}` sets, in their tightest window of the picture (image px); `'empty'`
 * when it sets none, null when it is no such record or does not encode exactly that many pixels.
 */
export function maskFromCocoRle(value: unknown): MaskShape | 'empty' | null {
  if (!isRecord(value) || !Array.isArray(value.size) || value.size.length !== 2) return null;
  const [height, width] = value.size as readonly unknown[];
  if (!isSide(height) || !isSide(width)) return null;
  const ends = endsOfCounts(value.counts, width * height);
  if (ends === null) return null;
  const tight = tightMask({ x: 0, y: 0, width, height, ends });
  return tight === null ? 'empty' : shapeOfRuns(tight);
}

/** The mask as compressed COCO RLE of a picture of `size`; what lies outside the picture is cut off. */
export function cocoRleOfMask(mask: MaskShape, size: Size): CocoRle & { readonly counts: string } {
  return { counts: encodeRle(whole(mask, size).ends), size: [size.height, size.width] };
}

/** Whether the mask lies in a picture of `size` as a whole. */
export function isMaskInside({ x, y, width, height }: MaskShape, size: Size): boolean {
  return x >= 0 && y >= 0 && x + width <= size.width && y + height <= size.height;
}

function whole(mask: MaskShape, { width, height }: Size): MaskRuns {
  return maskInWindow(runsOfShape(mask), { x: 0, y: 0, width, height });
}

function isSide(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LARGEST_SIDE;
}

function endsOfCounts(counts: unknown, pixelCount: number): Uint32Array | null {
  if (typeof counts === 'string') return counts.length > LONGEST_RLE ? null : decodeRle(counts, pixelCount);
  if (!Array.isArray(counts)) return null;
  let total = 0;
  for (const length of counts as readonly unknown[]) {
    if (!Number.isInteger(length) || (length as number) < 0) return null;
    total += length as number;
    if (total > pixelCount) return null;
  }
  return total === pixelCount ? endsOfLengths(counts as readonly number[]) : null;
}
