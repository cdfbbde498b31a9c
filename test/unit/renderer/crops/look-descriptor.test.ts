import { describe, expect, it } from 'vitest';
import { LOOK_LENGTH, LOOK_SIDE, lookOf } from '../../../../renderer/crops/look-descriptor';

type Color = readonly [red: number, green: number, blue: number];

function crop(colorAt: (x: number, y: number) => Color): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(LOOK_SIDE * LOOK_SIDE * 4);
  for (let y = 0; y < LOOK_SIDE; y += 1) {
    for (let x = 0; x < LOOK_SIDE; x += 1) rgba.set([...colorAt(x, y), 255], (y * LOOK_SIDE + x) * 4);
  }
  return rgba;
}

const stripes = (turned: boolean, color: Color) =>
  crop((x, y) => (Math.floor((turned ? y : x) / 4) % 2 === 0 ? color : [0, 0, 0]));

function distance(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)));
}

describe('looks', () => {
  it('are 128 numbers of form and 24 of colour', () => {
    expect(LOOK_LENGTH).toBe(152);
    expect(lookOf(crop(() => [9, 9, 9]))).toHaveLength(152);
  });

  it('put upright stripes into the direction across, in every cell', () => {
    const look = lookOf(stripes(false, [255, 255, 255]));
    for (let cell = 0; cell < 16; cell += 1) {
      const directions = [...look.slice(cell * 8, cell * 8 + 8)];
      // Unsigned: 0° is across.
      expect(directions.indexOf(Math.max(...directions))).toBe(0);
      expect(directions.slice(1).every((value) => value === 0)).toBe(true);
    }
  });

  it('have form of length 1 and colours of length 0.7', () => {
    const look = lookOf(stripes(false, [255, 128, 0]));
    expect(Math.hypot(...look.slice(0, 128))).toBeCloseTo(1, 5);
    expect(Math.hypot(...look.slice(128))).toBeCloseTo(0.7, 5);
  });

  it('count colours in eight levels', () => {
    // All of red 200, green 100, blue 0: levels 6, 3 and 0.
    const colors = [...lookOf(crop(() => [200, 100, 0])).slice(128)];
    const seen = colors.flatMap((value, at) => (value > 0 ? [at] : []));
    expect(seen).toEqual([6, 8 + 3, 16 + 0]);
    expect(colors[6]).toBeCloseTo(0.7 / Math.sqrt(3), 5);
  });

  it('are nearer to the same form in another light than to another form', () => {
    const upright = lookOf(stripes(false, [220, 220, 220]));
    const darker = lookOf(stripes(false, [180, 180, 180]));
    const level = lookOf(stripes(true, [220, 220, 220]));
    expect(distance(upright, darker)).toBeLessThan(distance(upright, level));
  });

  it('do not count what lies beyond the picture', () => {
    const half = crop(() => [200, 100, 0]);
    for (let at = 0; at < half.length / 2; at += 1) half[at] = 0;
    const seen = [...lookOf(half).slice(128)].flatMap((value, at) => (value > 0 ? [at] : []));
    expect(seen).toEqual([6, 8 + 3, 16]);
  });
});
