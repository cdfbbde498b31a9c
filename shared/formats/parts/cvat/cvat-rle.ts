import { createRunsBuilder, type MaskRuns, maskOfRaster, tightMask } from '../../../geometry/mask-runs';
import type { Rect } from '../../../geometry/rect';
import type { MaskShape } from '../../../schema/shapes';
import { LARGEST_SIDE } from '../../../schema/shapes/mask';
import { rasterOfShape, shapeOfRuns } from '../../../shapes/mask/mask-pixels';

/** One byte a pixel is held while a mask is turned from rows to columns. */
const MOST_PIXELS = 200_000_000;

/**
 * CVAT's runs of unset and set pixels in turn, row by row within the window, as numbers between commas. Ours go column by
 * column. Null when they do not fill the window, or nothing is set.
 */
export function maskOfRowRuns(text: string, { x, y, width, height }: Rect): MaskShape | null {
  if (!(width >= 1 && height >= 1 && width <= LARGEST_SIDE && height <= LARGEST_SIDE)) return null;
  if (Math.abs(x) > LARGEST_SIDE || Math.abs(y) > LARGEST_SIDE) return null;
  const ends = endsOfRuns(text, width * height);
  if (ends === null) return null;
  const blocks = blocksOfRuns(ends, width);
  if (blocks.length === 0) return null;
  // Work by the shorter of the two: a few runs may fill a window of a hundred million pixels.
  const tight =
    2 * blocks.length * blocks.length < width * height || width * height > MOST_PIXELS
      ? maskOfBlocks(blocks, { x, y, width, height })
      : maskOfRaster({ x, y, width, height, data: rasterOfRuns(ends, width * height) });
  return tight === null ? null : shapeOfRuns(tight);
}

/** Where each run ends; null when the text is no list of numbers that add up to the pixels of the window. */
function endsOfRuns(text: string, pixels: number): readonly number[] | null {
  const ends: number[] = [];
  let end = 0;
  let run = 0;
  let digits = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? COMMA : text.charCodeAt(at);
    if (code >= ZERO && code <= ZERO + 9) {
      run = run * 10 + code - ZERO;
      digits += 1;
      if (run > pixels) return null;
    } else if (code === COMMA) {
      end += run;
      if (digits === 0 || end > pixels) return null;
      ends.push(end);
      run = 0;
      digits = 0;
    } else if (code !== BLANK) return null;
  }
  return end === pixels ? ends : null;
}

function rasterOfRuns(ends: readonly number[], pixels: number): Uint8Array {
  const data = new Uint8Array(pixels);
  for (let run = 1; run < ends.length; run += 2) data.fill(1, ends[run - 1], ends[run]);
  return data;
}

/** Set pixels of whole rows and columns, from the first up to but not including the last. */
interface Block {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The set pixels as blocks that do not overlap, in the order of rows: at most three a run. */
function blocksOfRuns(ends: readonly number[], width: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let run = 1; run < ends.length; run += 2) {
    let start = ends[run - 1] ?? 0;
    const end = ends[run] ?? 0;
    while (start < end) {
      const row = Math.floor(start / width);
      const left = start - row * width;
      const fullRows = left === 0 ? Math.floor((end - start) / width) : 0;
      const bottom = row + Math.max(1, fullRows);
      const right = fullRows > 0 ? width : Math.min(width, left + end - start);
      blocks.push({ left, right, top: row, bottom });
      start = fullRows > 0 ? bottom * width : row * width + right;
    }
  }
  return blocks;
}

/** Between two columns at which a block begins or ends all columns are alike. O(blocks² + runs of the result). */
function maskOfBlocks(blocks: readonly Block[], { x, y, width, height }: Rect): MaskRuns | null {
  const changes = new Set([0, width]);
  for (const { left, right } of blocks) changes.add(left).add(right);
  const columns = [...changes].sort((a, b) => a - b);
  const builder = createRunsBuilder();
  let runs = 0;
  for (const [index, from] of columns.entries()) {
    const to = columns[index + 1] ?? from;
    const active = blocks.filter(({ left, right }) => left <= from && right > from);
    runs += active.length * (to - from);
    if (runs > MOST_RUNS) return null;
    for (let column = from; column < to; column += 1) {
      let row = 0;
      for (const { top, bottom } of active) {
        builder.append(0, top - row);
        builder.append(1, bottom - top);
        row = bottom;
      }
      builder.append(0, height - row);
    }
  }
  return tightMask({ x, y, width, height, ends: builder.finish() });
}

/** Beyond this the text of a mask is longer than one may be. */
const MOST_RUNS = 32 * 1024 * 1024;

const ZERO = 48;
const COMMA = 44;
const BLANK = 32;

/** The runs of a mask row by row, or null when its window is too large to be turned in memory. */
export function rowRunsOfMask(mask: MaskShape): string | null {
  if (mask.width * mask.height > MOST_PIXELS) return null;
  const { data } = rasterOfShape(mask);
  const runs: number[] = [];
  let value = 0;
  let start = 0;
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    if (data[pixel] === value) continue;
    runs.push(pixel - start);
    start = pixel;
    value = 1 - value;
  }
  runs.push(data.length - start);
  return runs.join(', ');
}
