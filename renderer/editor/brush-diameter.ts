import { clamp } from '../../shared/geometry/rect';

const SMALLEST_IN_IMAGE_PX = 1;
const LARGEST_IN_IMAGE_PX = 2000;

/** A brush by a factor larger or smaller, in whole image px and always by at least one, so that no key press is for nothing. */
export function brushDiameterScaled(diameter: number, factor: number): number {
  const scaled = Math.round(diameter * factor);
  const step = factor > 1 ? Math.max(scaled, diameter + 1) : Math.min(scaled, diameter - 1);
  return clamp(step, SMALLEST_IN_IMAGE_PX, LARGEST_IN_IMAGE_PX);
}
