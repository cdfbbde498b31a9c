import type { AttributeValue } from '../../schema/label-schema';
import type { Shape } from '../../schema/shapes';

/**
 * What quality needs to know of an annotation; the window's annotations are such, and rows of the lake become such. Of
 * several sets of one picture, all ids must differ within a set.
 */
export interface ComparableObject {
  readonly id: string;
  readonly labelId: string;
  /** Image px. */
  readonly shape: Shape;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** COCO's iscrowd: one shape around many objects that are not told apart. */
  readonly isCrowd: boolean;
  /** Objects with the same id belong together. Absent: alone. */
  readonly groupId?: string | undefined;
  /** 0 to 1, of a model's guess. */
  readonly score?: number | undefined;
  readonly isHidden?: boolean | undefined;
}
