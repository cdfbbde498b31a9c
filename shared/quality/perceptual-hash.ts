/** Grey pixels are averaged to this many a side before anything is asked of them. */
export const HASH_GRID_SIDE = 32;
/** Lowest frequencies that are kept, a side. */
const KEPT = 8;

/** Grey levels (0 to 255) between darkest and lightest below which a picture shows nothing to know it by. */
const LEAST_CONTRAST = 4;

/**
 * A picture's grey levels, averaged over a grid of `HASH_GRID_SIDE` x `HASH_GRID_SIDE` fields.
 * @param pixels RGBA, 8 bits each, row by row; transparent ones count as their colour. Luma by ITU-R BT.601.
 * @returns grey levels 0 to 255, row by row.
 */
export function greyGrid(
  pixels: Uint8ClampedArray | Uint8Array,
  width: number,
  height: number,
): Float64Array {
  const grid = new Float64Array(HASH_GRID_SIDE * HASH_GRID_SIDE);
  for (let row = 0; row < HASH_GRID_SIDE; row += 1) {
    const [top, bottom] = fieldOf(row, height);
    for (let column = 0; column < HASH_GRID_SIDE; column += 1) {
      const [left, right] = fieldOf(column, width);
      let sum = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) {
          const at = (y * width + x) * 4;
          sum += 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
        }
      }
      grid[row * HASH_GRID_SIDE + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return grid;
}

/** The pixels of a field along one side; at least one, also of pictures that are smaller than the grid. */
function fieldOf(number: number, length: number): readonly [number, number] {
  const from = Math.min(length - 1, Math.floor((number * length) / HASH_GRID_SIDE));
  return [from, Math.max(from + 1, Math.floor(((number + 1) * length) / HASH_GRID_SIDE))];
}

/** `DCT[k][n]` of a DCT-II of `HASH_GRID_SIDE` places. */
const COSINES = Array.from({ length: KEPT + 1 }, (_, k) =>
  Float64Array.from({ length: HASH_GRID_SIDE }, (_, n) =>
    Math.cos((Math.PI * k * (2 * n + 1)) / (2 * HASH_GRID_SIDE)),
  ),
);

/**
 * The DCT hash of a picture: 64 bits that stay nearly the same when it is scaled, recompressed or made lighter (Zauner,
 * "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1). Each bit says whether one
 * of the 8 x 8 lowest frequencies, the first row and column left out, lies above their median.
 * @param grid as `greyGrid` gives it.
 * @returns 16 hex digits; an empty text for a picture of one colour, which would look like every other such picture.
 */
export function perceptualHash(grid: Float64Array): string {
  let [darkest, lightest] = [255, 0];
  for (const level of grid) {
    darkest = Math.min(darkest, level);
    lightest = Math.max(lightest, level);
  }
  if (lightest - darkest < LEAST_CONTRAST) return '';
  const coefficients = lowFrequencies(grid);
  const sorted = Float64Array.from(coefficients).sort();
  const middle = sorted.length / 2;
  const median = ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  let hex = '';
  for (let at = 0; at < coefficients.length; at += 4) {
    let digit = 0;
    for (let bit = 0; bit < 4; bit += 1) digit = digit * 2 + ((coefficients[at + bit] ?? 0) > median ? 1 : 0);
    hex += digit.toString(16);
  }
  return hex;
}

/** Frequencies 1 to 8 across and down, row by row; 0 is the mean, which says how light a picture is. */
function lowFrequencies(grid: Float64Array): Float64Array {
  const across = new Float64Array(HASH_GRID_SIDE * KEPT);
  for (let row = 0; row < HASH_GRID_SIDE; row += 1) {
    for (let k = 1; k <= KEPT; k += 1) {
      let sum = 0;
      for (let n = 0; n < HASH_GRID_SIDE; n += 1)
        sum += (grid[row * HASH_GRID_SIDE + n] ?? 0) * (COSINES[k]?.[n] ?? 0);
      across[row * KEPT + k - 1] = sum;
    }
  }
  const both = new Float64Array(KEPT * KEPT);
  for (let down = 1; down <= KEPT; down += 1) {
    for (let k = 0; k < KEPT; k += 1) {
      let sum = 0;
      for (let n = 0; n < HASH_GRID_SIDE; n += 1)
        sum += (across[n * KEPT + k] ?? 0) * (COSINES[down]?.[n] ?? 0);
      both[(down - 1) * KEPT + k] = sum;
    }
  }
  return both;
}

/** The two words of a hash of 16 hex digits; null for any other text. */
export function hashWords(hash: string): readonly [high: number, low: number] | null {
  if (!/^[0-9a-f]{16}$/.test(hash)) return null;
  return [Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8), 16)];
}
