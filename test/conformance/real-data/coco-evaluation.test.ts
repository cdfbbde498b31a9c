import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCocoEvaluation } from '../../../shared/quality/metrics/coco-evaluation';
import { type CocoCase, cocoObjects } from '../../harness/coco-objects';

/** Written by `npm run test:consumers`: detections near the boxes of coco-val, and what pycocotools says of them. */
const EVALUATED = path.resolve(import.meta.dirname, '../../../build/consumers/coco-val-evaluation.json');
const isHere = existsSync(EVALUATED);

if (!isHere) console.warn('skipped: `npm run test:consumers` has not evaluated coco-val here');

describe.skipIf(!isHere)('COCO evaluation of coco-val', () => {
  it('says what pycocotools says', () => {
    const one: CocoCase = JSON.parse(readFileSync(EVALUATED, 'utf8'));
    const evaluation = createCocoEvaluation(one.kind);
    for (const { id } of one.groundTruth.images) {
      const { groundTruth, detections } = cocoObjects(one, id);
      evaluation.set(id, groundTruth, detections);
    }
    expect(one.groundTruth.images.length).toBeGreaterThan(50);
    evaluation.stats().forEach((value, index) => {
      expect(Math.abs(value - (one.stats[index] ?? Number.NaN))).toBeLessThan(1e-6);
    });
  });
});
