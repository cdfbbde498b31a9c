import { describe, expect, it } from 'vitest';
import { frechetDistance } from '../../../../../shared/quality/matching/frechet-distance';
import { hausdorffDistance } from '../../../../../shared/quality/matching/hausdorff-distance';
import { lineSimilarity } from '../../../../../shared/quality/matching/line-similarity';

const line = (...places: readonly (readonly [number, number])[]) => places.map(([x, y]) => ({ x, y }));

const STRAIGHT = line([0, 0], [10, 0]);

describe('frechetDistance', () => {
  it('of a line beside another is how far it lies beside', () => {
    expect(frechetDistance(STRAIGHT, line([0, 3], [10, 3]))).toBeCloseTo(3, 2);
    expect(frechetDistance(STRAIGHT, STRAIGHT)).toBe(0);
  });

  it('does not change with vertices along the way', () => {
    expect(frechetDistance(STRAIGHT, line([0, 0], [1, 0], [7, 0], [10, 0]))).toBeCloseTo(0, 2);
  });

  it('is long where one turns back: from 8 to 2 and on, the other must wait between', () => {
    expect(frechetDistance(STRAIGHT, line([0, 0], [8, 0], [2, 0], [10, 0]))).toBeCloseTo(3, 1);
  });

  it('of a line and itself backwards is between its ends', () => {
    expect(frechetDistance(STRAIGHT, line([10, 0], [0, 0]))).toBeCloseTo(10, 2);
  });

  it('walks round a peak: 4 to its top', () => {
    expect(frechetDistance(STRAIGHT, line([0, 0], [5, 4], [10, 0]))).toBeCloseTo(4, 2);
  });

  it('of a line that all but stands still is how far the other goes', () => {
    const out = line([0, 0], [0.42766037726122724, 0], [0, 0], [0, 0]);
    expect(frechetDistance(out, line([3.6751774732279496e-162, 0], [0, 0], [0, 0]))).toBeCloseTo(0.43, 1);
  });

  it('of very many vertices is near enough', () => {
    const many = Array.from({ length: 20_001 }, (_, index) => ({ x: index / 2000, y: 3 }));
    expect(frechetDistance(STRAIGHT, many)).toBeCloseTo(3, 1);
  });
});

describe('hausdorffDistance', () => {
  it('counts places between vertices', () => {
    // The vertices of the straight line lie on the roof, its middle 5 below.
    const roof = line([0, 0], [0, 5], [10, 5], [10, 0]);
    expect(hausdorffDistance(STRAIGHT, roof)).toBeCloseTo(5, 2);
    // Of two sides that meet in the middle of a gap, 3 from both: a distance that no vertex has.
    const gap = line([0, 0], [2, 0], [2, -30], [8, -30], [8, 0], [10, 0]);
    const bridged = line(
      [0, 0],
      [2, 0],
      [2, -30],
      [2, 0],
      [8, 0],
      [8, -30],
      [2, -30],
      [8, -30],
      [8, 0],
      [10, 0],
    );
    expect(hausdorffDistance(bridged, gap)).toBeCloseTo(3, 2);
  });

  it('knows neither direction nor turning back', () => {
    expect(hausdorffDistance(STRAIGHT, line([0, 0], [8, 0], [2, 0], [10, 0]))).toBeCloseTo(0, 2);
    expect(hausdorffDistance(STRAIGHT, line([10, 0], [0, 0]))).toBe(0);
  });
});

describe('lineSimilarity', () => {
  const imageSize = { width: 1000, height: 1000 };

  it('is a half where CVAT has a half, and 0 from twice as far on', () => {
    // exp(−d² / 2(2 · 0.01 · 1000)²) = ½ at 23.548 px.
    const half = 20 * Math.sqrt(2 * Math.LN2);
    expect(half).toBeCloseTo(23.548, 3);
    const a = line([100, 100], [900, 100]);
    const at = (y: number) => line([100, y], [900, y]);
    expect(lineSimilarity(a, at(100 + half), { imageSize }).similarity).toBeCloseTo(0.5, 3);
    expect(lineSimilarity(a, at(100 + 2 * half), { imageSize }).similarity).toBeCloseTo(0, 3);
    expect(lineSimilarity(a, a, { imageSize }).similarity).toBe(1);
    expect(lineSimilarity(a, at(130), { imageSize, lineReach: 0.1 }).similarity).toBeCloseTo(0.7, 3);
  });

  it('tells by the gain that a line runs the other way', () => {
    const a = line([100, 100], [900, 100]);
    const back = line([900, 100], [100, 100]);
    for (const lineDistance of ['frechet', 'hausdorff'] as const) {
      expect(lineSimilarity(a, back, { imageSize, lineDistance })).toEqual({
        similarity: 1,
        gainByTurning: 1,
      });
      expect(lineSimilarity(a, a, { imageSize, lineDistance }).gainByTurning).toBe(-1);
    }
  });

  it('takes the length of the lines for scale in a picture of unknown size', () => {
    const a = line([0, 0], [1000, 0]);
    expect(lineSimilarity(a, line([0, 23.548], [1000, 23.548])).similarity).toBeCloseTo(0.5, 3);
  });
});
