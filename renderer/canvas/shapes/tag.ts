import type { TagShape } from '../../../shared/schema/shapes';
import type { ShapeView } from './shape-view';

/** The label of the whole picture has no place in it; lists show it. */
export const tagView: ShapeView<TagShape> = {
  type: 'tag',
  strokeOutline() {},
  fillInside() {},
};
