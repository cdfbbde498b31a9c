/** Crops are looked at in this size, in px. */
export const LOOK_SIDE = 32;

/** Cells a side and directions a cell. */
const CELLS = 4;
const DIRECTIONS = 8;
const CELL_SIDE = LOOK_SIDE / CELLS;

/** Levels that each colour channel is counted in. */
const LEVELS = 8;
const CHANNELS = 3;

const GRADIENTS = CELLS * CELLS * DIRECTIONS;

/** Numbers that describe a look: 128 of form, 24 of colour. */
export const LOOK_LENGTH = GRADIENTS + CHANNELS * LEVELS;

/** Components of a normalised histogram are cut here and normalised again: Lowe's 0.2, as Dalal & Triggs take it. */
const CLIP = 0.2;

/** How much colour counts beside form; below half, since light changes colours more than forms. */
const COLOR_WEIGHT = 0.7;

/**
 * What a crop looks like, for telling like from unlike: a histogram of oriented gradients of its grey values (N. Dalal
 * and B. Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR 2005) with 4 x 4 cells of 8 px and 8
 * unsigned directions, each pixel's vote shared between the two nearest directions, one L2-Hys normalisation over all
 * cells; and a histogram of each of red, green and blue in 8 levels, their square roots (so that the Euclidean distance
 * is Hellinger's), weighted by 0.7. Both parts have length 1 before weighting.
 * @param rgba `LOOK_SIDE` x `LOOK_SIDE` px.
 */
export function lookOf(rgba: Uint8ClampedArray): Float32Array {
  const look = new Float32Array(LOOK_LENGTH);
  gradientsInto(look, greyOf(rgba));
  normalise(look, 0, GRADIENTS);
  for (let at = 0; at < GRADIENTS; at += 1) look[at] = Math.min(CLIP, look[at] ?? 0);
  normalise(look, 0, GRADIENTS);
  colorsInto(look, rgba);
  return look;
}

/** Rec. 601 luma. */
function greyOf(rgba: Uint8ClampedArray): Float32Array {
  const grey = new Float32Array(LOOK_SIDE * LOOK_SIDE);
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * 4;
    grey[at] = 0.299 * (rgba[from] ?? 0) + 0.587 * (rgba[from + 1] ?? 0) + 0.114 * (rgba[from + 2] ?? 0);
  }
  return grey;
}

function gradientsInto(look: Float32Array, grey: Float32Array): void {
  const at = (x: number, y: number) => grey[y * LOOK_SIDE + x] ?? 0;
  const last = LOOK_SIDE - 1;
  for (let y = 0; y < LOOK_SIDE; y += 1) {
    for (let x = 0; x < LOOK_SIDE; x += 1) {
      const across = at(Math.min(last, x + 1), y) - at(Math.max(0, x - 1), y);
      const down = at(x, Math.min(last, y + 1)) - at(x, Math.max(0, y - 1));
      const strength = Math.hypot(across, down);
      if (strength === 0) continue;
      // Unsigned: a dark thing on light and a light one on dark are the same form.
      const turn = (Math.atan2(down, across) / Math.PI + 1) % 1;
      const place = turn * DIRECTIONS;
      const lower = Math.floor(place);
      const share = place - lower;
      const cell = (Math.floor(y / CELL_SIDE) * CELLS + Math.floor(x / CELL_SIDE)) * DIRECTIONS;
      add(look, cell + (lower % DIRECTIONS), strength * (1 - share));
      add(look, cell + ((lower + 1) % DIRECTIONS), strength * share);
    }
  }
}

function colorsInto(look: Float32Array, rgba: Uint8ClampedArray): void {
  let seen = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    // Beyond the picture's edge a crop is transparent.
    if (rgba[at + 3] === 0) continue;
    seen += 1;
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const level = ((rgba[at + channel] ?? 0) * LEVELS) >> 8;
      add(look, GRADIENTS + channel * LEVELS + level, 1);
    }
  }
  if (seen === 0) return;
  const weight = COLOR_WEIGHT / Math.sqrt(CHANNELS);
  for (let at = GRADIENTS; at < LOOK_LENGTH; at += 1) look[at] = weight * Math.sqrt((look[at] ?? 0) / seen);
}

function add(look: Float32Array, at: number, value: number): void {
  look[at] = (look[at] ?? 0) + value;
}

function normalise(values: Float32Array, from: number, to: number): void {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += (values[at] ?? 0) ** 2;
  if (sum === 0) return;
  const scale = 1 / Math.sqrt(sum);
  for (let at = from; at < to; at += 1) values[at] = (values[at] ?? 0) * scale;
}
