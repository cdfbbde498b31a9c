import { maskDifference } from '../geometry/mask-combine';
import { countSetPixels, type MaskRuns } from '../geometry/mask-runs';
import type { Shape } from '../schema/shapes';
import { behaviourOf } from '../shapes';

/** Digits in groups of three: `5,210`. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Area that came or went, e.g. `the outline (it now covers 120 px² more)`; null when less than a tenth of a px². */
export function areaLost(before: Shape, after: Shape, what: string): string | null {
  const difference = behaviourOf(after).area(after) - behaviourOf(before).area(before);
  if (Math.abs(difference) < 0.1) return null;
  const amount =
    Math.abs(difference) < 10
      ? String(Math.round(Math.abs(difference) * 10) / 10)
      : grouped(Math.abs(difference));
  return `${what} (it now covers ${amount} px² ${difference > 0 ? 'more' : 'less'})`;
}

/** Pixels that are set in only one of two masks, e.g. `the exact pixels (3 of 5,210 differ)`; null when none. */
export function pixelsLost(before: MaskRuns, after: MaskRuns | null): string | null {
  const count = (mask: MaskRuns | null) => (mask === null ? 0 : countSetPixels(mask));
  const differing =
    after === null
      ? count(before)
      : count(maskDifference(before, after)) + count(maskDifference(after, before));
  return differing === 0
    ? null
    : `the exact pixels (${grouped(differing)} of ${grouped(count(before))} differ)`;
}
