import { maskOfRaster } from '../../../shared/geometry/mask-runs';
import type { Annotation } from '../../../shared/schema/annotation';
import type { Shape } from '../../../shared/schema/shapes';
import { shapeOfRuns } from '../../../shared/shapes/mask/mask-pixels';
import { annotation, boxAt } from '../annotations';
import { CAR, PERSON, SIGN } from '../label-schema';

export type BenchKind = 'boxes' | 'polygons' | 'masks';

/** What benches draw upon. */
export const BENCH_PICTURE = { width: 3840, height: 2160 };

const VERTICES = 20;
const MASK_SIDE = 500;
const LABELS = [CAR, PERSON, SIGN];

/** The same shapes in every run. */
export function benchShapes(kind: BenchKind, count: number): readonly Annotation[] {
  const random = generator(20_240_229);
  const make = {
    boxes: () => randomBox(random),
    polygons: () => randomPolygon(random),
    masks: () => randomMask(random),
  }[kind];
  return Array.from({ length: count }, (_, n) =>
    annotation(n, make(), { labelId: LABELS[n % LABELS.length]?.id ?? CAR.id }),
  );
}

/** Park and Miller's minimal standard generator. */
function generator(start: number): () => number {
  let seed = start;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}

function randomBox(random: () => number): Shape {
  const width = 20 + random() * 180;
  const height = 20 + random() * 140;
  return boxAt(
    random() * (BENCH_PICTURE.width - width),
    random() * (BENCH_PICTURE.height - height),
    width,
    height,
  );
}

/** An uneven ring of 20 vertices, 40 to 240 image px wide. */
function randomPolygon(random: () => number): Shape {
  const radius = 20 + random() * 100;
  const cx = radius + random() * (BENCH_PICTURE.width - 2 * radius);
  const cy = radius + random() * (BENCH_PICTURE.height - 2 * radius);
  const exterior = Array.from({ length: VERTICES }, (_, i) => {
    const angle = (2 * Math.PI * i) / VERTICES;
    const reach = radius * (0.7 + 0.3 * random());
    return { x: cx + Math.cos(angle) * reach, y: cy + Math.sin(angle) * reach };
  });
  return { type: 'polygon', parts: [{ exterior, holes: [] }] };
}

/** A wavy blob that fills its window of 500 × 500 px. */
function randomMask(random: () => number): Shape {
  const waves = 3 + Math.floor(random() * 6);
  const phase = random() * 2 * Math.PI;
  const half = MASK_SIDE / 2;
  const data = new Uint8Array(MASK_SIDE * MASK_SIDE);
  for (let row = 0; row < MASK_SIDE; row += 1) {
    for (let column = 0; column < MASK_SIDE; column += 1) {
      const dx = column + 0.5 - half;
      const dy = row + 0.5 - half;
      const reach = half * (0.85 + 0.15 * Math.cos(waves * Math.atan2(dy, dx) + phase));
      if (dx * dx + dy * dy <= reach * reach) data[row * MASK_SIDE + column] = 1;
    }
  }
  const x = Math.round(random() * (BENCH_PICTURE.width - MASK_SIDE));
  const y = Math.round(random() * (BENCH_PICTURE.height - MASK_SIDE));
  const runs = maskOfRaster({ x, y, width: MASK_SIDE, height: MASK_SIDE, data });
  if (runs === null) throw new Error('A blob has pixels.');
  return shapeOfRuns(runs);
}
