import { describe, expect, it } from 'vitest';
import { leastColorDistance } from '../../../../shared/templates/color-vision';
import { LABEL_PALETTE, nextPaletteColor, paletteColor } from '../../../../shared/templates/palette';

// Written from other sources than the code under test: Viénot, Brettel and Mollon 1999 for the two common kinds of colour
// blindness and CIE L*a*b* for the distance, so that an error in the app's own formulas cannot hide here.
const VIENOT = {
  protan: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deutan: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

function lab([r = 0, g = 0, b = 0]: number[]): number[] {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(a: number[], b: number[]): number {
  return Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)));
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const pairs = LABEL_PALETTE.flatMap((a, at) => LABEL_PALETTE.slice(at + 1).map((b) => [a, b] as const));

describe('the label palette', () => {
  it('has at least twenty different colours', () => {
    expect(new Set(LABEL_PALETTE).size).toBeGreaterThanOrEqual(20);
  });

  it.each(Object.entries(VIENOT))('stays apart for %s eyes', (_, matrix) => {
    const seen = (hex: string) =>
      lab(
        matrix.map((row) => {
          const value = row.reduce((sum, factor, at) => sum + factor * (linear(hex)[at] ?? 0), 0);
          return Math.min(1, Math.max(0, value));
        }),
      );
    // A difference of about 2.3 in L*a*b* is just noticeable side by side; three times that for outlines apart.
    const closest = Math.min(...pairs.map(([a, b]) => distance(seen(a), seen(b))));
    expect(closest).toBeGreaterThan(7);
  });

  it('stays apart for full colour vision', () => {
    expect(Math.min(...pairs.map(([a, b]) => distance(lab(linear(a)), lab(linear(b)))))).toBeGreaterThan(10);
  });

  it('shows on the dark and on the light theme', () => {
    for (const color of LABEL_PALETTE) {
      expect(contrast(color, '#1a1d21'), `${color} on dark`).toBeGreaterThanOrEqual(1.9);
      expect(contrast(color, '#ffffff'), `${color} on light`).toBeGreaterThanOrEqual(1.9);
    }
  });

  it('goes round after its last colour, and offers the colour used least', () => {
    expect(paletteColor(20)).toBe(LABEL_PALETTE[0]);
    expect(nextPaletteColor([])).toBe(LABEL_PALETTE[0]);
    expect(nextPaletteColor([LABEL_PALETTE[0], LABEL_PALETTE[2]])).toBe(LABEL_PALETTE[1]);
    expect(nextPaletteColor([...LABEL_PALETTE, LABEL_PALETTE[0]])).toBe(LABEL_PALETTE[1]);
  });

  it('calls red and green of equal lightness confusable', () => {
    // The classic trap: told apart by most, not by deutan eyes.
    expect(leastColorDistance('#b40000', '#5a5a00')).toBeLessThan(leastColorDistance('#b40000', '#0000ff'));
    expect(leastColorDistance('#123456', '#123456')).toBe(0);
  });
});
