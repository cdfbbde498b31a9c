import { createEditor } from '../../renderer/editor/create-editor';
import { imagePoint } from '../../shared/geometry/point';
import type { Annotation } from '../../shared/schema/annotation';
import type { ImageId } from '../../shared/schema/ids';
import { behaviourOf } from '../../shared/shapes';
import { annotation, boxAt, countingIds, testId } from '../harness/annotations';
import { STREET_SCHEMA } from '../harness/label-schema';
import { createMemoryStore } from '../harness/memory-store';

const SHAPES = 10_000;
const POINTS = 2_000;
const PICTURE = { width: 3840, height: 2160 };
const TOLERANCE = 5;

/** The topmost of 10,000 boxes and lines under a pointer, at 1:1; against asking every shape in turn. */
export default async function bench() {
  const random = generator(7);
  const shapes = mixedShapes(random);
  const store = createMemoryStore(countingIds(500_000));
  const imageId = testId(900_009) as ImageId;
  store.seed(imageId, shapes);
  const editor = createEditor({
    annotations: store.annotations,
    journal: store.journal,
    actor: () => 'bench',
    newId: countingIds(),
    now: () => '2026-01-01T00:00:00.000Z',
    schema: STREET_SCHEMA,
  });
  await editor.open(imageId, PICTURE);
  const points = Array.from({ length: POINTS }, () =>
    imagePoint(random() * PICTURE.width, random() * PICTURE.height),
  );
  const ours = points.map((point) => timed(() => editor.hit(point, TOLERANCE)));
  const bare = points.slice(0, 200).map((point) =>
    timed(() => {
      for (const { shape } of shapes) {
        const behaviour = behaviourOf(shape);
        if (behaviour.contains(shape, point)) continue;
        behaviour.distanceToOutline(shape, point);
      }
    }),
  );
  const value = median(ours);
  const baseline = median(bare);
  return [{ bench: 'canvas.hit', n: SHAPES, value, unit: 'ms', baseline, ratio: value / baseline }];
}

function mixedShapes(random: () => number): readonly Annotation[] {
  return Array.from({ length: SHAPES }, (_, n) => {
    const x = random() * 3600;
    const y = random() * 2000;
    if (n % 4 !== 0) return annotation(n, boxAt(x, y, 10 + random() * 200, 10 + random() * 140));
    const points = Array.from({ length: 12 }, (_unused, i) => ({
      x: x + i * 12,
      y: Math.min(y + random() * 80, PICTURE.height),
    }));
    return annotation(n, { type: 'polyline', points });
  });
}

/** Park and Miller's minimal standard generator: the same shapes in every run. */
function generator(start: number): () => number {
  let seed = start;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
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
