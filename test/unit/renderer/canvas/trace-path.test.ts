import { expect, it } from 'vitest';
import { tracePath } from '../../../../renderer/canvas/trace-path';

/** What is drawn, as the path that SVG would write. */
function traced(points: readonly (readonly [number, number])[], isClosed: boolean, scale: number): string {
  const steps: string[] = [];
  const context = {
    moveTo: (x: number, y: number) => void steps.push(`M${x},${y}`),
    lineTo: (x: number, y: number) => void steps.push(`L${x},${y}`),
    closePath: () => void steps.push('Z'),
  };
  const vertices = points.map(([x, y]) => ({ x, y }));
  tracePath(context, vertices, isClosed, { scale, offsetX: 100, offsetY: 0 });
  return steps.join(' ');
}

it('goes through every vertex that stands a px from the one before', () => {
  expect(
    traced(
      [
        [0, 0],
        [10, 0],
        [10, 10],
      ],
      true,
      1,
    ),
  ).toBe('M100,0 L110,0 L110,10 Z');
});

it('leaves out what a person cannot see from afar, but never the end of a line', () => {
  const steps = [
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 0],
    [5, 0],
  ] as const;
  expect(traced(steps, false, 0.5)).toBe('M100,0 L101,0 L102,0 L102.5,0');
  expect(
    traced(
      [
        [0, 0],
        [1, 1],
      ],
      false,
      0.1,
    ),
  ).toBe('M100,0 L100.1,0.1');
});
