import { rectIoU } from '../../shared/geometry/rect';
import type { ComparableObject } from '../../shared/quality/matching/comparable-object';
import { matchObjects } from '../../shared/quality/matching/match-objects';
import { createRandom } from '../../shared/random/random';
import type { BoxShape } from '../../shared/schema/shapes';

const IMAGES = 100_000;
const BOXES = 20;
const LABELS = 80;
/** Sets that are made once and matched again and again: making them is not what is measured. */
const SETS = 500;

/** 100,000 images of 20 boxes against 20 that are nearly alike, in one thread; against one IoU of each with each. */
export default function bench() {
  const sets = Array.from({ length: SETS }, (_, seed) => boxSets(seed));
  run(sets, SETS);
  const start = performance.now();
  run(sets, IMAGES);
  const value = (performance.now() - start) / 1000;
  const bareStart = performance.now();
  let sum = 0;
  for (let image = 0; image < IMAGES; image += 1) {
    const { reference, candidate } = sets[image % SETS] ?? boxSets(0);
    for (const { shape: a } of reference) {
      for (const { shape: b } of candidate) sum += rectIoU(a as BoxShape, b as BoxShape);
    }
  }
  const baseline = (performance.now() - bareStart) / 1000;
  if (!(sum > 0)) throw new Error('nothing overlapped');
  return [{ bench: 'quality.match', n: IMAGES * BOXES, value, unit: 's', baseline, ratio: value / baseline }];
}

function run(sets: readonly ReturnType<typeof boxSets>[], images: number): void {
  let pairs = 0;
  for (let image = 0; image < images; image += 1) {
    const set = sets[image % SETS];
    if (set !== undefined) pairs += matchObjects(set.reference, set.candidate).pairs.length;
  }
  if (pairs < images * BOXES * 0.5) throw new Error(`only ${pairs} pairs were found`);
}

function boxSets(seed: number) {
  const random = createRandom(seed);
  const reference = Array.from({ length: BOXES }, (_, index) => {
    const width = random.between(20, 300);
    const height = random.between(20, 300);
    const label = random.whole(1, LABELS);
    return boxOf(index, label, random.between(0, 1600), random.between(0, 800), width, height);
  });
  const candidate = reference.map(({ shape, labelId }, index) => {
    const { x, y, width, height } = shape as BoxShape;
    const off = () => random.between(-3, 3);
    // One in twenty has another label, one in twenty is somewhere else.
    const label = random.chance(0.05) ? random.whole(1, LABELS) : Number(labelId);
    const left = random.chance(0.05) ? random.between(0, 1600) : x + off();
    return boxOf(index, label, left, y + off(), width + off(), height + off());
  });
  return { reference, candidate };
}

function boxOf(id: number, label: number, x: number, y: number, width: number, height: number) {
  return {
    id: String(id),
    labelId: String(label),
    shape: { type: 'box', x, y, width, height },
    attributes: {},
    isCrowd: false,
  } satisfies ComparableObject;
}
