import { describe, expect, it } from 'vitest';
import { groupCountFor, kMeans } from '../../../../renderer/crops/k-means';

/** Three heaps of 20 points about (0, 0), (10, 0) and (0, 10), one after the other in turn. */
function heaps(): Float32Array {
  const middles = [
    [0, 0],
    [10, 0],
    [0, 10],
  ] as const;
  const points: number[] = [];
  for (let n = 0; n < 60; n += 1) {
    const [x, y] = middles[n % 3] ?? [0, 0];
    points.push(x + Math.sin(n) * 0.5, y + Math.cos(n * 1.7) * 0.5);
  }
  return Float32Array.from(points);
}

describe('groups of points', () => {
  it.each([1, 2, 3, 4, 5])('finds three heaps with seed %i', async (seed) => {
    const { groups, groupCount } = await kMeans(heaps(), 2, 3, seed);
    expect(groupCount).toBe(3);
    const names = [groups[0], groups[1], groups[2]];
    expect(new Set(names).size).toBe(3);
    groups.forEach((group, n) => {
      expect(group).toBe(names[n % 3]);
    });
  });

  it('tells how far each point is from the middle of its group', async () => {
    // The middle of 0, 0, 6 is 2.
    const { distances } = await kMeans(Float32Array.from([0, 0, 6]), 1, 1, 1);
    expect([...distances]).toEqual([2, 2, 4]);
  });

  it('gives the same groups for the same seed, and stops when told', async () => {
    const once = await kMeans(heaps(), 2, 5, 9);
    const again = await kMeans(heaps(), 2, 5, 9);
    expect([...once.groups]).toEqual([...again.groups]);
    let rounds = 0;
    await kMeans(heaps(), 2, 5, 9, () => {
      rounds += 1;
      return false;
    });
    expect(rounds).toBe(1);
  });

  it('has no more groups than points, and none of none', async () => {
    expect((await kMeans(Float32Array.from([1, 2]), 1, 5, 1)).groupCount).toBe(2);
    expect((await kMeans(new Float32Array(0), 1, 5, 1)).groupCount).toBe(0);
    // Equal points: one group may hold all of them, and nothing fails.
    const same = await kMeans(new Float32Array(10).fill(3), 1, 3, 1);
    expect([...same.distances]).toEqual(Array.from({ length: 10 }, () => 0));
  });
});

it('looks for the square root of half the points, within bounds', () => {
  expect(groupCountFor(1)).toBe(1);
  expect(groupCountFor(3)).toBe(2);
  expect(groupCountFor(200)).toBe(10);
  expect(groupCountFor(20_000)).toBe(24);
});
