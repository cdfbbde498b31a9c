import { stepwiseIdle } from '../parts/stepwise-idle';
import type { Tool } from '../tool';
import { byExtremePoints } from './by-extreme-points';
import { byTwoPoints } from './by-two-points';

/** Draws bounding boxes by drag, by two clicks, by four extreme points, or wholly by keyboard. */
export const box: Tool = {
  id: 'box',
  title: 'Box',
  initial: () =>
    stepwiseIdle(({ session }) =>
      session.toolOptions.boxMethod === 'extreme-points' ? byExtremePoints : byTwoPoints,
    ),
};
