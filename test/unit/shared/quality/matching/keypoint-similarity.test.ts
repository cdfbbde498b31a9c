import { describe, expect, it } from 'vitest';
import {
  COCO_SIGMAS,
  pointsSimilarity,
  skeletonSimilarity,
} from '../../../../../shared/quality/matching/keypoint-similarity';
import type { JointVisibility, SkeletonShape } from '../../../../../shared/schema/shapes';

type Joint = readonly [name: string, x: number, y: number, visibility?: JointVisibility];

const skeleton = (...joints: readonly Joint[]): SkeletonShape => ({
  type: 'skeleton',
  joints: joints.map(([name, x, y, visibility = 2]) => ({ name, x, y, visibility })),
  edges: [],
});

describe('skeletonSimilarity', () => {
  it('is exp(−d² / 2 area (2σ)²) of each joint, in the mean', () => {
    // Nose: σ 0.026, area 10,000: 2 · 10,000 · 0.052² = 54.08, and d² = 54.08 gives 1/e.
    const reference = skeleton(['nose', 50, 50], ['left_eye', 60, 40]);
    const candidate = skeleton(['left_eye', 60, 40], ['nose', 50 + Math.sqrt(54.08), 50]);
    expect(skeletonSimilarity(reference, candidate, { area: 10_000 })).toBeCloseTo(
      (1 + Math.exp(-1)) / 2,
      12,
    );
  });

  it('counts the joints that the reference labels, and no place of a joint that nobody placed', () => {
    const reference = skeleton(['nose', 0, 0], ['left_eye', 10, 10], ['right_eye', 0, 0, 0]);
    const candidate = skeleton(['nose', 0, 0], ['left_eye', 10, 10, 0], ['right_eye', 99, 99]);
    expect(skeletonSimilarity(reference, candidate)).toBe(0.5);
    expect(skeletonSimilarity(skeleton(['nose', 0, 0, 0]), candidate)).toBe(0);
  });

  it('takes sigmas by name, COCO’s where none is given', () => {
    // `kpt_oks_sigmas` of pycocotools' cocoeval.py, in the order of its joints.
    const sigmas = [
      0.26, 0.25, 0.25, 0.35, 0.35, 0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89, 0.89,
    ];
    Object.values(COCO_SIGMAS).forEach((sigma, index) => {
      expect(sigma).toBeCloseTo((sigmas[index] ?? 0) / 10, 12);
    });
    const at = (x: number) => skeleton(['tip', x, 0]);
    // 2 · 100 · (2 · 0.5)² = 200.
    const options = { area: 100, sigmas: { tip: 0.5 } };
    expect(skeletonSimilarity(at(0), at(Math.sqrt(200)), options)).toBeCloseTo(Math.exp(-1), 12);
  });

  it('takes the area of the bounds where none is given', () => {
    const reference = skeleton(['nose', 0, 0], ['left_hip', 100, 100]);
    const candidate = skeleton(['nose', Math.sqrt(54.08), 0], ['left_hip', 100, 100]);
    expect(skeletonSimilarity(reference, candidate)).toBeCloseTo((1 + Math.exp(-1)) / 2, 12);
  });
});

describe('pointsSimilarity', () => {
  it('takes points that all but coincide for one place', () => {
    const near = [
      { x: 10, y: 10 },
      { x: 10, y: 10 + 1e-12 },
    ];
    // 2 · 32² · (2 · 0.09)² = 66.3552.
    const moved = near.map(({ x, y }) => ({ x: x + Math.sqrt(66.3552), y }));
    expect(pointsSimilarity(near, moved)).toBeCloseTo(Math.exp(-1), 9);
    expect(pointsSimilarity(near, near, { area: 0 })).toBe(1);
  });

  it('pairs points whatever their order, and counts those too many as 0', () => {
    const a = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 100 },
    ];
    expect(pointsSimilarity(a, [...a].reverse())).toBe(1);
    expect(pointsSimilarity(a, a.slice(1))).toBeCloseTo(2 / 3, 12);
    expect(pointsSimilarity(a.slice(1), a)).toBeCloseTo(2 / 3, 12);
  });

  it('of single points takes the picture for scale', () => {
    // 2 · 10,000 · (2 · 0.09)² = 648.
    const imageSize = { width: 100, height: 100 };
    const similarity = pointsSimilarity([{ x: 10, y: 10 }], [{ x: 10, y: 10 + Math.sqrt(648) }], {
      imageSize,
    });
    expect(similarity).toBeCloseTo(Math.exp(-1), 12);
  });
});
