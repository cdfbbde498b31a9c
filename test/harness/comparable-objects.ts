import type { ComparableObject } from '../../shared/quality/matching/comparable-object';
import type { Shape } from '../../shared/schema/shapes';

/** An object of a set that is compared, by label and shape. */
export function object(
  id: string,
  labelId: string,
  shape: Shape,
  fields: Partial<ComparableObject> = {},
): ComparableObject {
  return { id, labelId, shape, attributes: {}, isCrowd: false, ...fields };
}
