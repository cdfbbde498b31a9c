import { growWire } from '../../renderer/pictures/pixels/grow-wire';
import { wireCosts } from '../../renderer/pictures/pixels/wire-costs';

/** What the scissors ask for with every point: 320 px around it. */
const SIDE = 641;
const RUNS = 9;

/**
 * From a fixed point to the cheapest ways from everywhere around it, as the worker finds them. Against one plain pass
 * over the same pixels that sums the differences to four neighbours.
 */
export default async function bench() {
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4);
  for (let at = 0; at < SIDE * SIDE; at++) {
    const x = at % SIDE;
    const y = Math.floor(at / SIDE);
    // Discs on a slope with a little noise: edges in all directions, as in a photo.
    const isInDisc = Math.hypot((x % 128) - 64, (y % 128) - 64) < 40;
    const level = (isInDisc ? 150 : 60) + x / 20 + ((at * 2_654_435_761) >>> 29);
    rgba.fill(level, at * 4, at * 4 + 3);
  }
  const middle = (SIDE - 1) / 2;
  const value = median(() => void growWire(wireCosts(rgba, SIDE, SIDE), middle, middle));
  let sum = 0;
  const baseline = median(() => {
    for (let at = SIDE; at < SIDE * (SIDE - 1); at++) {
      for (const step of [-1, 1, -SIDE, SIDE]) {
        for (let channel = 0; channel < 3; channel++) {
          sum += Math.abs((rgba[at * 4 + channel] ?? 0) - (rgba[(at + step) * 4 + channel] ?? 0));
        }
      }
    }
  });
  if (sum === 0) throw new Error('The picture has no edges.');
  return [{ bench: 'wire.grow', n: SIDE * SIDE, value, unit: 'ms', baseline, ratio: value / baseline }];
}

function median(work: () => void): number {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
}
