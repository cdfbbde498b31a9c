import fc from 'fast-check';
import { expect, it } from 'vitest';
import { imagePoint } from '../../shared/geometry/point';
import { annotation, boxAt } from '../harness/annotations';
import { openTestEditor } from '../harness/test-editor';

const box = fc
  .tuple(fc.nat(400), fc.nat(300), fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 150 }))
  .map((sides) => boxAt(...sides));

it('never gives a larger box than the smallest that holds the point, and something wherever a box is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(box, { minLength: 1, maxLength: 12 }),
      fc.nat(560),
      fc.nat(460),
      async (boxes, x, y) => {
        const { editor } = await openTestEditor({
          annotations: boxes.map((shape, n) => annotation(n + 1, shape)),
        });
        const holding = boxes.flatMap((shape, n) =>
          shape.type === 'box' &&
          x > shape.x &&
          y > shape.y &&
          x < shape.x + shape.width &&
          y < shape.y + shape.height
            ? [{ id: annotation(n + 1, shape).id, area: shape.width * shape.height }]
            : [],
        );
        const hit = editor.hit(imagePoint(x, y), 0);
        const onOutline = boxes.some((shape) => shape.type === 'box' && isOnOutline(shape, x, y));
        if (onOutline) return;
        if (holding.length === 0) expect(hit).toBeNull();
        const smallest = Math.min(...holding.map(({ area }) => area));
        if (holding.length > 0) expect(holding.find(({ id }) => id === hit)?.area).toBe(smallest);
      },
    ),
    { numRuns: 200 },
  );
});

function isOnOutline(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  x: number,
  y: number,
): boolean {
  const isWithinX = x >= box.x && x <= box.x + box.width;
  const isWithinY = y >= box.y && y <= box.y + box.height;
  const isOnX = x === box.x || x === box.x + box.width;
  const isOnY = y === box.y || y === box.y + box.height;
  return (isOnX && isWithinY) || (isOnY && isWithinX);
}
