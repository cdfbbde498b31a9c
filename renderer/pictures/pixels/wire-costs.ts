/**
 * What it costs a wire to pass through the pixels of a window: Mortensen and Barrett, "Intelligent Scissors for Image
 * Composition" (SIGGRAPH 1995): Laplacian zero-crossings 0.43, gradient magnitude 0.43, gradient direction 0.14.
 */
export interface WireCosts {
  readonly width: number;
  readonly height: number;
  /** Zero-crossing and magnitude of each pixel, 0 (on a strong edge) to 0.86 of `SCALE`. */
  readonly pixel: Uint8Array;
  /** Direction of the edge through each pixel (across the gradient) in 1/32 of a turn. */
  readonly direction: Uint8Array;
}

/** Costs are whole, so that Dijkstra can sort them into buckets; a diagonal step of the dearest kind is still below 256. */
export const SCALE = 180;
export const DIRECTIONS = 32;

const ZERO_CROSSING_COST = 0.43 * SCALE;
const GRADIENT_COST = 0.43 * SCALE;

/** Share of pixels whose gradient counts as full: one glaring lamp must not make all other edges look weak. */
const STRONG_SHARE = 0.01;
/** Never less than this part of the strongest gradient, else noise is full where a picture has few edges. */
const LEAST_OF_STRONGEST = 0.25;

/** O(pixels), about 60 ns each. `rgba` are the pixels of the window. */
export function wireCosts(rgba: Uint8ClampedArray, width: number, height: number): WireCosts {
  const { magnitude, direction } = gradients(rgba, width, height);
  const full = fullGradient(magnitude);
  const isCrossing = zeroCrossings(rgba, width, height);
  const pixel = new Uint8Array(width * height);
  for (let at = 0; at < pixel.length; at++) {
    const strength = Math.min((magnitude[at] ?? 0) / full, 1);
    const crossing = isCrossing[at] === 1 && strength > 0 ? 0 : ZERO_CROSSING_COST;
    pixel[at] = Math.round(crossing + GRADIENT_COST * (1 - strength));
  }
  return { width, height, pixel, direction };
}

/** Sobel's gradient of the channel in which it is strongest, so that edges of equal brightness are found too. */
function gradients(rgba: Uint8ClampedArray, width: number, height: number) {
  const magnitude = new Float32Array(width * height);
  const direction = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const above = (y === 0 ? y : y - 1) * width;
    const here = y * width;
    const below = (y === height - 1 ? y : y + 1) * width;
    for (let x = 0; x < width; x++) {
      const left = x === 0 ? x : x - 1;
      const right = x === width - 1 ? x : x + 1;
      let strongest = 0;
      let alongX = 0;
      let alongY = 0;
      for (let channel = 0; channel < 3; channel++) {
        const a = rgba[(above + left) * 4 + channel] ?? 0;
        const b = rgba[(above + x) * 4 + channel] ?? 0;
        const c = rgba[(above + right) * 4 + channel] ?? 0;
        const d = rgba[(here + left) * 4 + channel] ?? 0;
        const f = rgba[(here + right) * 4 + channel] ?? 0;
        const g = rgba[(below + left) * 4 + channel] ?? 0;
        const h = rgba[(below + x) * 4 + channel] ?? 0;
        const i = rgba[(below + right) * 4 + channel] ?? 0;
        const dx = c + 2 * f + i - a - 2 * d - g;
        const dy = g + 2 * h + i - a - 2 * b - c;
        const squared = dx * dx + dy * dy;
        if (squared <= strongest) continue;
        strongest = squared;
        alongX = dx;
        alongY = dy;
      }
      magnitude[here + x] = Math.sqrt(strongest);
      // The edge runs across its gradient: a quarter turn on.
      const turn = Math.atan2(alongX, -alongY) / (2 * Math.PI);
      direction[here + x] = Math.round((turn + 1) * DIRECTIONS) % DIRECTIONS;
    }
  }
  return { magnitude, direction };
}

function fullGradient(magnitude: Float32Array): number {
  // Sobel of 0 to 255 is at most 1,443.
  const histogram = new Uint32Array(1444);
  let largest = 0;
  for (const value of magnitude) {
    if (value > largest) largest = value;
    const bin = Math.floor(value);
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  let left = magnitude.length * STRONG_SHARE;
  let bin = histogram.length - 1;
  while (bin > 0 && left > (histogram[bin] ?? 0)) {
    left -= histogram[bin] ?? 0;
    bin -= 1;
  }
  return Math.max(bin, largest * LEAST_OF_STRONGEST, 1);
}

/** Pixels at which the smoothed Laplacian of luma changes its sign, the one nearer to zero of each two. */
function zeroCrossings(rgba: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const laplacian = laplacianOf(smoothed(lumaOfAll(rgba), width, height), width, height);
  const isCrossing = new Uint8Array(width * height);
  const compare = (at: number, other: number): void => {
    const one = laplacian[at] ?? 0;
    const two = laplacian[other] ?? 0;
    if (one * two >= 0) return;
    isCrossing[Math.abs(one) <= Math.abs(two) ? at : other] = 1;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (x + 1 < width) compare(at, at + 1);
      if (y + 1 < height) compare(at, at + width);
    }
  }
  return isCrossing;
}

function lumaOfAll(rgba: Uint8ClampedArray): Float32Array {
  const luma = new Float32Array(rgba.length / 4);
  for (let at = 0; at < luma.length; at++) {
    const from = at * 4;
    luma[at] = 0.299 * (rgba[from] ?? 0) + 0.587 * (rgba[from + 1] ?? 0) + 0.114 * (rgba[from + 2] ?? 0);
  }
  return luma;
}

/** Binomial 1 2 1 both ways; the border repeats. */
function smoothed(values: Float32Array, width: number, height: number): Float32Array {
  const across = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const before = values[row + (x === 0 ? 0 : x - 1)] ?? 0;
      const after = values[row + (x === width - 1 ? x : x + 1)] ?? 0;
      across[row + x] = (before + 2 * (values[row + x] ?? 0) + after) / 4;
    }
  }
  const result = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const above = (y === 0 ? y : y - 1) * width;
    const below = (y === height - 1 ? y : y + 1) * width;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      result[at] = ((across[above + x] ?? 0) + 2 * (across[at] ?? 0) + (across[below + x] ?? 0)) / 4;
    }
  }
  return result;
}

function laplacianOf(values: Float32Array, width: number, height: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      result[at] =
        (values[at - 1] ?? 0) +
        (values[at + 1] ?? 0) +
        (values[at - width] ?? 0) +
        (values[at + width] ?? 0) -
        4 * (values[at] ?? 0);
    }
  }
  return result;
}
