import { ok } from '../../result/result';
import type { TagShape } from '../../schema/shapes';
import type { ShapeBehaviour } from '../shape-behaviour';

export const tag: ShapeBehaviour<TagShape> = {
  type: 'tag',
  title: 'Image tag',
  cover: 'none',
  bounds: () => ({ x: 0, y: 0, width: 0, height: 0 }),
  area: () => 0,
  contains: () => false,
  distanceToOutline: () => Number.POSITIVE_INFINITY,
  outline: () => [],
  handles: () => [],
  withHandleMoved: (shape) => shape,
  transformed: (shape) => shape,
  fitted: (shape) => ok(shape),
  describe: () => 'the whole picture',
};
