import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCocoEvaluation } from '../../../../../shared/quality/metrics/coco-evaluation';
import { boxAt } from '../../../../harness/annotations';
import { type CocoCase, cocoObjects } from '../../../../harness/coco-objects';
import { object } from '../../../../harness/comparable-objects';

/** Drawn and evaluated by pycocotools: test/consumers/coco_evaluation.py, which `npm run test:consumers` runs again. */
const CASES: readonly CocoCase[] = readFileSync(
  path.resolve(import.meta.dirname, '../../../../fixtures/quality/coco-evaluation.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

describe('COCO evaluation', () => {
  it.each(CASES)('says what pycocotools says: $name', (one) => {
    const evaluation = createCocoEvaluation(one.kind);
    for (const { id } of one.groundTruth.images) {
      const { groundTruth, detections } = cocoObjects(one, id);
      evaluation.set(id, groundTruth, detections);
    }
    const stats = evaluation.stats();
    expect(stats).toHaveLength(one.kind === 'keypoints' ? 10 : 12);
    stats.forEach((value, index) => {
      expect(Math.abs(value - (one.stats[index] ?? Number.NaN))).toBeLessThan(1e-9);
    });
  });

  it.each(CASES)('says the same after pictures came, changed and went: $name', (one) => {
    const evaluation = createCocoEvaluation(one.kind);
    const ids = one.groundTruth.images.map(({ id }) => id);
    const first = cocoObjects(one, ids[0] ?? 0);
    for (const id of [...ids].reverse()) {
      // Something else at first, and a figure asked for in between.
      evaluation.set(id, first.detections, first.groundTruth);
      if (id % 7 === 0) evaluation.stats();
      const { groundTruth, detections } = cocoObjects(one, id);
      evaluation.set(id, groundTruth, detections);
    }
    evaluation.set(9999, first.groundTruth, first.detections);
    evaluation.stats();
    evaluation.remove(9999);
    const stats = evaluation.stats();
    stats.forEach((value, index) => {
      expect(Math.abs(value - (one.stats[index] ?? Number.NaN))).toBeLessThan(1e-9);
    });
  });

  it('counts objects of the ground truth that nobody found, label by label', () => {
    const evaluation = createCocoEvaluation('bbox');
    const truth = [
      object('a', 'car', boxAt(0, 0, 100, 100)),
      object('b', 'car', boxAt(200, 0, 100, 100)),
      object('c', 'dog', boxAt(400, 0, 100, 100)),
    ];
    evaluation.set(1, truth, [object('x', 'car', boxAt(0, 0, 100, 100), { score: 0.9 })]);
    const [car, dog] = evaluation.figuresByLabel();
    // Precision 1 up to recall 0.5: 51 of 101 places.
    expect(car?.figures.ap).toBeCloseTo(51 / 101, 9);
    expect(car?.figures.ar).toBeCloseTo(0.5, 12);
    expect(dog?.figures.ap).toBe(0);
    expect(evaluation.figures().ap).toBeCloseTo(51 / 202, 9);
    expect(evaluation.figures().apSmall).toBeNull();
    expect(evaluation.stats()[3]).toBe(-1);
  });

  it('has no figure without ground truth', () => {
    const evaluation = createCocoEvaluation('bbox');
    expect(evaluation.stats()).toEqual(new Array(12).fill(-1));
    evaluation.set('a', [], [object('x', 'car', boxAt(0, 0, 100, 100))]);
    expect(evaluation.figures().ap).toBeNull();
  });
});
