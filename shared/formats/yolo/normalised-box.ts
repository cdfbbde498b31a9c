import type { Size } from '../../geometry/rect';

/** Numbers are written with this many decimals: 10 keep 1e-6 px in a picture of 10,000 px. */
const DECIMALS = 10;
const ONE = 10 ** DECIMALS;

/**
 * A box as the four numbers of a YOLO line, in units of 1e-10 of the picture's side. Edges are rounded, not centre and
 * size, so that centre and size are exact and their sum never passes 1. Edges lean right and down by one to three units
 * (3e-6 px in 10,000 px), so that a reader that cuts with int() gets the pixel that was drawn and not the one before.
 */
export function normalisedSpan(
  start: number,
  length: number,
  side: number,
): { readonly center: number; readonly size: number } | null {
  const from = evenUnits(start / side);
  const to = evenUnits((start + length) / side);
  if (to <= from + 2) return null;
  if (to < ONE) return { center: (from + to) / 2, size: to - from };
  // At the far edge there is no room to lean: take the first left edge for which a reader's sum is exactly 1.
  for (let left = from; left < from + 16 && left < to; left += 2) {
    const center = (left + to) / 2 / ONE;
    const size = (to - left) / ONE;
    if (center + size / 2 === 1 && center - size / 2 >= 0)
      return { center: (left + to) / 2, size: to - left };
  }
  return { center: (from + to) / 2 - 1, size: to - from - 2 };
}

/** Rounded to an even number of units, upwards, clamped to 0..1: half of a sum of two even numbers is whole. */
function evenUnits(fraction: number): number {
  if (fraction <= 0) return 0;
  const units = 2 * Math.ceil((fraction * ONE) / 2 + 0.5);
  return Math.min(units, ONE);
}

/** A length in image px as the nearest number of units of the picture's side, clamped to 0..1. */
export function unitsOf(length: number, side: number): number {
  return Math.min(Math.max(Math.round((length / side) * ONE), 0), ONE);
}

const HALF = 10 ** (DECIMALS / 2);
const ZERO = 48;
const POINT = 46;

/** A number of units as a decimal of fixed length. Digit by digit: half of what padding a number's text costs. */
export function decimalOfUnits(units: number): string {
  if (units >= ONE) return `1.${'0'.repeat(DECIMALS)}`;
  // Two whole numbers of 32 bits.
  let a = Math.floor(units / HALF) | 0;
  let b = (units - a * HALF) | 0;
  const next = (from: number) => ZERO + from - 10 * ((from / 10) | 0);
  const a4 = next(a);
  a = (a / 10) | 0;
  const a3 = next(a);
  a = (a / 10) | 0;
  const a2 = next(a);
  a = (a / 10) | 0;
  const a1 = next(a);
  a = (a / 10) | 0;
  const b4 = next(b);
  b = (b / 10) | 0;
  const b3 = next(b);
  b = (b / 10) | 0;
  const b2 = next(b);
  b = (b / 10) | 0;
  const b1 = next(b);
  b = (b / 10) | 0;
  return String.fromCharCode(ZERO, POINT, ZERO + a, a1, a2, a3, a4, ZERO + b, b1, b2, b3, b4);
}

/** `cx cy w h`, or null when nothing of the box lies inside the picture. */
export function normalisedBox(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  size: Size,
): string | null {
  const across = normalisedSpan(box.x, box.width, size.width);
  const down = normalisedSpan(box.y, box.height, size.height);
  if (across === null || down === null) return null;
  return `${decimalOfUnits(across.center)} ${decimalOfUnits(down.center)} ${decimalOfUnits(across.size)} ${decimalOfUnits(down.size)}`;
}
