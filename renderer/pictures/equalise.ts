/** Contextual regions a side, as in Zuiderveld's "Contrast Limited Adaptive Histogram Equalization" (1994). */
const REGIONS = 8;
const LEVELS = 256;

/** A part of the picture as fractions of its sides, 0 to 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const WHOLE: Place = { x: 0, y: 0, width: 1, height: 1 };

/** What every region of a picture makes of each of the 256 levels of grey; 16 KB. */
export interface Equaliser {
  /** `maps[(row * REGIONS + column) * 256 + level]` */
  readonly maps: Uint8Array;
}

/**
 * Reads the local histograms of a picture. It may be a smaller version of the picture that is equalised: only shares of
 * levels count. A region's slope is at most `limit` times that of a picture with even levels.
 */
export function createEqualiser(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  limit: number,
): Equaliser {
  const maps = new Uint8Array(REGIONS * REGIONS * LEVELS);
  const histogram = new Uint32Array(LEVELS);
  for (let row = 0; row < REGIONS; row++) {
    const [top, bottom] = regionOf(row, height);
    for (let column = 0; column < REGIONS; column++) {
      const [left, right] = regionOf(column, width);
      histogram.fill(0);
      for (let y = top; y < bottom; y++) {
        for (let at = (y * width + left) * 4, end = (y * width + right) * 4; at < end; at += 4) {
          const luma = lumaAt(rgba, at);
          histogram[luma] = (histogram[luma] ?? 0) + 1;
        }
      }
      const count = (bottom - top) * (right - left);
      clipHistogram(histogram, Math.max(1, Math.floor((limit * count) / LEVELS)));
      writeMap(maps.subarray((row * REGIONS + column) * LEVELS), histogram, count);
    }
  }
  return { maps };
}

/**
 * Equalises luma in place; each pixel is interpolated between the four regions around it, so that no seams show, and
 * keeps its colour difference.
 */
export function equalise(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  { maps }: Equaliser,
  place: Place,
): void {
  const across = interpolation(width, place.x, place.width);
  const down = interpolation(height, place.y, place.height);
  const first = across.before[0] ?? 0;
  const last = across.after[width - 1] ?? 0;
  // The maps of this row, halfway between the regions above and below it: once a row instead of once a pixel.
  const blended = new Uint16Array(REGIONS * LEVELS);
  for (let y = 0, at = 0; y < height; y++) {
    const upper = (down.before[y] ?? 0) * REGIONS * LEVELS;
    const lower = (down.after[y] ?? 0) * REGIONS * LEVELS;
    const weightDown = down.weight[y] ?? 0;
    for (let index = first * LEVELS; index < (last + 1) * LEVELS; index++) {
      const above = maps[upper + index] ?? 0;
      blended[index] = above * 256 + ((maps[lower + index] ?? 0) - above) * weightDown;
    }
    for (let x = 0; x < width; x++, at += 4) {
      const luma = lumaAt(rgba, at);
      const left = blended[(across.before[x] ?? 0) * LEVELS + luma] ?? 0;
      const right = blended[(across.after[x] ?? 0) * LEVELS + luma] ?? 0;
      // Both weights are in 1/256, so the sum is in 1/65,536; half of that rounds.
      const change = ((left * 256 + (right - left) * (across.weight[x] ?? 0) + 32_768) >> 16) - luma;
      rgba[at] = (rgba[at] ?? 0) + change;
      rgba[at + 1] = (rgba[at + 1] ?? 0) + change;
      rgba[at + 2] = (rgba[at + 2] ?? 0) + change;
    }
  }
}

/** First and behind-last pixel of a region; a picture of fewer pixels than regions shares them. */
function regionOf(index: number, length: number): readonly [number, number] {
  const first = Math.min(Math.floor((index * length) / REGIONS), length - 1);
  return [first, Math.max(Math.floor(((index + 1) * length) / REGIONS), first + 1)];
}

/** Cuts levels at the limit and spreads what was cut off evenly over those that have room. */
function clipHistogram(histogram: Uint32Array, limit: number): void {
  let excess = 0;
  for (let level = 0; level < LEVELS; level++) {
    const count = histogram[level] ?? 0;
    if (count <= limit) continue;
    excess += count - limit;
    histogram[level] = limit;
  }
  while (excess > 0) {
    const share = Math.max(1, Math.floor(excess / LEVELS));
    const before = excess;
    // Small rests go to levels far apart, not all to the dark ones.
    const step = excess < LEVELS ? Math.max(1, Math.floor(LEVELS / excess)) : 1;
    for (let level = 0; level < LEVELS && excess > 0; level += step) {
      const count = histogram[level] ?? 0;
      const added = Math.min(share, limit - count, excess);
      if (added <= 0) continue;
      histogram[level] = count + added;
      excess -= added;
    }
    // Every level is full when the limit is below an even share; the rest is lost, as the map is scaled by its sum.
    if (excess === before) {
      if (step === 1) return;
      for (let level = 0; level < LEVELS && excess > 0; level++) {
        const count = histogram[level] ?? 0;
        if (count >= limit) continue;
        histogram[level] = count + 1;
        excess -= 1;
      }
      if (excess === before) return;
    }
  }
}

function writeMap(map: Uint8Array, histogram: Uint32Array, count: number): void {
  let sum = 0;
  for (let level = 0; level < LEVELS; level++) {
    sum += histogram[level] ?? 0;
    map[level] = Math.min(255, Math.round((sum * 255) / count));
  }
}

/** For each pixel of a side: the regions before and after it and the weight of the latter in 1/256. */
function interpolation(length: number, from: number, share: number) {
  const before = new Uint8Array(length);
  const after = new Uint8Array(length);
  const weight = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    // Maps hold in the middle of their region.
    const at = (from + ((i + 0.5) / length) * share) * REGIONS - 0.5;
    const first = Math.min(Math.max(Math.floor(at), 0), REGIONS - 1);
    before[i] = first;
    after[i] = Math.min(first + 1, REGIONS - 1);
    weight[i] = Math.round(Math.min(Math.max(at - first, 0), 1) * 256);
  }
  return { before, after, weight };
}

/** As `lumaOf`; spelled out here because it runs twice a pixel. */
function lumaAt(rgba: Uint8ClampedArray, at: number): number {
  return (77 * (rgba[at] ?? 0) + 150 * (rgba[at + 1] ?? 0) + 29 * (rgba[at + 2] ?? 0)) >> 8;
}
