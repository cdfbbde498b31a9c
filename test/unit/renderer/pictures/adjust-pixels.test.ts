import { describe, expect, it } from 'vitest';
import { NO_ADJUSTMENTS, type PictureAdjustments } from '../../../../renderer/editor/display-settings';
import { adjustPixels, isAdjusting } from '../../../../renderer/pictures/adjust-pixels';
import { createEqualiser } from '../../../../renderer/pictures/equalise';

function adjusted(pixels: readonly number[], changes: Partial<PictureAdjustments>): readonly number[] {
  const rgba = Uint8ClampedArray.from(pixels);
  adjustPixels(rgba, pixels.length / 4, 1, { ...NO_ADJUSTMENTS, ...changes });
  return [...rgba];
}

function greyPicture(width: number, height: number, levelAt: (x: number, y: number) => number) {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      rgba.fill(levelAt(x, y), at, at + 3);
      rgba[at + 3] = 255;
    }
  }
  return rgba;
}

const equalising = { ...NO_ADJUSTMENTS, isEqualised: true };

describe('adjustPixels', () => {
  it('leaves every level as it is without adjustments', () => {
    const levels = Array.from({ length: 256 }, (_, level) => [level, 255 - level, level, 200]).flat();
    expect(adjusted(levels, {})).toEqual(levels);
    expect(isAdjusting(NO_ADJUSTMENTS)).toBe(false);
  });

  it.each<[string, Partial<PictureAdjustments>, readonly number[]]>([
    ['brightness adds a share of the whole range', { brightness: 20 }, [61, 151, 251, 128]],
    ['darkness takes it away', { brightness: -20 }, [0, 49, 149, 128]],
    ['contrast 100 leaves black and white', { contrast: 100 }, [0, 0, 255, 128]],
    ['contrast -100 leaves the middle grey', { contrast: -100 }, [128, 128, 128, 128]],
    // 255 * (10 / 255) ** 0.5 = 50.5, (100 / 255) ** 0.5 = 0.6262
    ['gamma 2 lifts the dark parts', { gamma: 2 }, [50, 160, 226, 128]],
    ['inversion', { isInverted: true }, [245, 155, 55, 128]],
    ['the green channel as grey', { channel: 'green' }, [100, 100, 100, 128]],
    // luma = (77 * 10 + 150 * 100 + 29 * 200) >> 8 = 84
    ['no saturation is luma', { saturation: -100 }, [84, 84, 84, 128]],
    ['double saturation doubles the differences to luma', { saturation: 100 }, [0, 116, 255, 128]],
  ])('%s', (_name, changes, expected) => {
    expect(adjusted([10, 100, 200, 128], changes)).toEqual(expected);
    expect(isAdjusting({ ...NO_ADJUSTMENTS, ...changes })).toBe(true);
  });
});

describe('equalisation', () => {
  it('spreads a picture that uses a quarter of the levels, in order, when nothing is clipped', () => {
    const rgba = greyPicture(64, 64, (x, y) => 100 + ((x * 7 + y * 3) % 64));
    adjustPixels(rgba, 64, 64, equalising, createEqualiser(rgba, 64, 64, 256));
    const levels = rgba.filter((_, index) => index % 4 === 0);
    expect(Math.max(...levels) - Math.min(...levels)).toBeGreaterThan(200);
  });

  it('never turns the order of two levels round at one place', () => {
    const source = greyPicture(80, 80, (x, y) => (x * x + 5 * y) % 256);
    const equaliser = createEqualiser(source, 80, 80, 3);
    const shown = (level: number, x: number, y: number) => {
      const rgba = greyPicture(80, 80, () => level);
      adjustPixels(rgba, 80, 80, equalising, equaliser);
      return rgba[(y * 80 + x) * 4] ?? -1;
    };
    const places: readonly (readonly [number, number])[] = [
      [0, 0],
      [40, 40],
      [79, 13],
      [33, 61],
    ];
    for (const [x, y] of places) {
      const values = Array.from({ length: 256 }, (_, level) => shown(level, x, y));
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  });

  it('holds the slope of every region below the limit', () => {
    const limit = 2;
    const { maps } = createEqualiser(
      greyPicture(160, 160, (x) => (x % 20 === 0 ? 90 : 91)),
      160,
      160,
      limit,
    );
    for (let region = 0; region < 64; region++) {
      const map = maps.subarray(region * 256, region * 256 + 256);
      const steps = [...map].map((value, level) => (level === 0 ? 0 : value - (map[level - 1] ?? 0)));
      // An even picture rises by 1 a level; rounding of two neighbours adds 1.
      expect(Math.max(...steps)).toBeLessThanOrEqual(limit + 1);
      expect(map[255]).toBe(255);
    }
  });

  it('gives a tile what the whole picture gives there', () => {
    const whole = greyPicture(64, 64, (x, y) => (x * 3 + y * 2) % 256);
    const equaliser = createEqualiser(whole, 64, 64, 4);
    const tile = greyPicture(16, 16, (x, y) => ((x + 32) * 3 + (y + 16) * 2) % 256);
    adjustPixels(whole, 64, 64, equalising, equaliser);
    adjustPixels(tile, 16, 16, equalising, equaliser, { x: 0.5, y: 0.25, width: 0.25, height: 0.25 });
    for (let y = 0; y < 16; y++) {
      for (let x = 0; x < 16; x++) {
        expect(tile[(y * 16 + x) * 4]).toBe(whole[((y + 16) * 64 + x + 32) * 4]);
      }
    }
  });

  it('takes pictures of fewer pixels than regions', () => {
    const rgba = greyPicture(3, 1, (x) => x * 100);
    adjustPixels(rgba, 3, 1, equalising, createEqualiser(rgba, 3, 1, 2));
    expect(rgba).toHaveLength(12);
  });
});
