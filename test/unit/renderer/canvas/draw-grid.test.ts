import { expect, it } from 'vitest';
import { gridStepFor } from '../../../../renderer/canvas/draw-grid';

it('doubles the step until lines stand 6 px apart', () => {
  expect(gridStepFor(50, 1)).toBe(50);
  expect(gridStepFor(50, 0.12)).toBe(50);
  expect(gridStepFor(50, 0.1)).toBe(100);
  expect(gridStepFor(1, 0.01)).toBe(1024);
});
