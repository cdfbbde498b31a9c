import { maskDifference, maskUnion } from '../../geometry/mask-combine';
import { type MaskRuns, maskInWindow, tightMask } from '../../geometry/mask-runs';
import type { Size } from '../../geometry/rect';
import type { MaskShape } from '../../schema/shapes';
import { runsOfShape, shapeOfRuns } from '../../shapes/mask/mask-pixels';

/**
 * What can be seen of each mask inside a picture: a pixel belongs to the last of the masks that set it. Null for one of
 * which nothing is seen. O(masks × runs).
 */
export function visibleMasks(
  masks: readonly MaskShape[],
  { width, height }: Size,
): readonly (MaskShape | null)[] {
  const picture = { x: 0, y: 0, width, height };
  const visible: (MaskShape | null)[] = masks.map(() => null);
  let above: MaskRuns | null = null;
  for (let index = masks.length - 1; index >= 0; index -= 1) {
    const mask = masks[index];
    if (mask === undefined) continue;
    const isInside =
      mask.x >= 0 && mask.y >= 0 && mask.x + mask.width <= width && mask.y + mask.height <= height;
    const runs = isInside ? runsOfShape(mask) : tightMask(maskInWindow(runsOfShape(mask), picture));
    if (runs === null) continue;
    const seen: MaskRuns | null = above === null ? runs : maskDifference(runs, above);
    above = above === null ? runs : maskUnion(above, runs);
    const tight = seen === null ? null : tightMask(seen);
    visible[index] = tight === null ? null : shapeOfRuns(tight);
  }
  return visible;
}
