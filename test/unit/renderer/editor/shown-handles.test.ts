import { describe, expect, it } from 'vitest';
import { shownHandles } from '../../../../renderer/editor/shown-handles';
import type { Shape } from '../../../../shared/schema/shapes';

const line = (count: number, step: number): Shape => ({
  type: 'polyline',
  points: Array.from({ length: count }, (_, n) => ({ x: n * step, y: 0 })),
});
const at = (scale: number) => ({ scale, offsetX: 7, offsetY: 3 });
const ids = (shape: Shape, scale: number, chosen: Parameters<typeof shownHandles>[2] = []) =>
  shownHandles(shape, at(scale), chosen).map((handle) => handle.id);

describe('handles of vertices', () => {
  it('are all shown when they stand apart', () => {
    expect(ids(line(20, 10), 1)).toHaveLength(20);
  });

  it('are thinned when they would hide one another, and come back with zoom', () => {
    // Every third of vertices 3 px apart is 9 px from the one before.
    expect(ids(line(10, 3), 1)).toEqual(['vertex-0-0', 'vertex-0-3', 'vertex-0-6', 'vertex-0-9']);
    expect(ids(line(10, 3), 3)).toHaveLength(10);
  });

  it('are shown in any case when they are chosen', () => {
    expect(ids(line(10, 3), 1, [{ ring: 0, index: 1 }])).toContain('vertex-0-1');
  });

  it('are never thinned on shapes of few', () => {
    expect(ids(line(4, 1), 1)).toHaveLength(4);
  });
});
