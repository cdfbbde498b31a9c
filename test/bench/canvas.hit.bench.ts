import { imagePoint } from '../../shared/geometry/point';
import { behaviourOf } from '../../shared/shapes';
import { editorWith, generator, MIXED_PICTURE, mixedShapes } from '../harness/mixed-shapes';

const SHAPES = 10_000;
const POINTS = 2_000;
const TOLERANCE = 5;

/** The topmost of 10,000 objects of every kind under a pointer, at 1:1; against asking every shape in turn. */
export default async function bench() {
  const shapes = mixedShapes(SHAPES);
  const editor = await editorWith(shapes);
  const random = generator(11);
  const points = Array.from({ length: POINTS }, () =>
    imagePoint(random() * MIXED_PICTURE.width, random() * MIXED_PICTURE.height),
  );
  const bare = points.slice(0, 50).map((point) =>
    timed(() => {
      for (const { shape } of shapes) {
        const behaviour = behaviourOf(shape);
        if (behaviour.contains(shape, point)) continue;
        behaviour.distanceToOutline(shape, point);
      }
    }),
  );
  const ours = points.map((point) => timed(() => editor.hit(point, TOLERANCE)));
  const value = median(ours);
  const baseline = median(bare);
  return [{ bench: 'canvas.hit', n: SHAPES, value, unit: 'ms', baseline, ratio: value / baseline }];
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
