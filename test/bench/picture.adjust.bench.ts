import { NO_ADJUSTMENTS, type PictureAdjustments } from '../../renderer/editor/display-settings';
import { adjustPixels } from '../../renderer/pictures/adjust-pixels';
import { createEqualiser } from '../../renderer/pictures/equalise';

const WIDTH = 1920;
const HEIGHT = 1080;
const RUNS = 15;

const CASES: Readonly<Record<string, Partial<PictureAdjustments>>> = {
  curve: { brightness: 10, contrast: 20, gamma: 1.4 },
  saturation: { saturation: 30 },
  equalise: { isEqualised: true, equaliseLimit: 3 },
};

/** Adjusting a 1080p picture, as the worker does it. Against the least there is: every channel through a table. */
export default async function bench() {
  const source = new Uint8ClampedArray(WIDTH * HEIGHT * 4).map(
    (_, at) => ((at * 2_654_435_761) >>> 13) & 255,
  );
  const table = Uint8ClampedArray.from({ length: 256 }, (_, level) => 255 - level);
  const baseline = median(() => {
    const rgba = source.slice();
    for (let at = 0; at < rgba.length; at++) rgba[at] = table[rgba[at] ?? 0] ?? 0;
  });
  return Object.entries(CASES).map(([name, changes]) => {
    const adjustments = { ...NO_ADJUSTMENTS, ...changes };
    const value = median(() => {
      const rgba = source.slice();
      const equaliser = adjustments.isEqualised
        ? createEqualiser(rgba, WIDTH, HEIGHT, adjustments.equaliseLimit)
        : null;
      adjustPixels(rgba, WIDTH, HEIGHT, adjustments, equaliser);
    });
    const n = WIDTH * HEIGHT;
    return { bench: `picture.adjust.${name}`, n, value, unit: 'ms', baseline, ratio: value / baseline };
  });
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
