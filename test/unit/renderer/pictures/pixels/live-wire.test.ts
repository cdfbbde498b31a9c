import { describe, expect, it } from 'vitest';
import { growWire, wayFromSeed } from '../../../../../renderer/pictures/pixels/grow-wire';
import { wireCosts } from '../../../../../renderer/pictures/pixels/wire-costs';

type Level = (x: number, y: number) => readonly [number, number, number];

function wire(width: number, height: number, levelAt: Level, from: [number, number], to: [number, number]) {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.set([...levelAt(x, y), 255], (y * width + x) * 4);
  }
  const toSeed = growWire(wireCosts(rgba, width, height), from[0], from[1]);
  return wayFromSeed(toSeed, width, to[0], to[1]);
}

/** A picture never is clean; the same noise each time. */
function noise(x: number, y: number): number {
  const hash = Math.sin(x * 12.9898 + y * 78.233) * 43_758.5453;
  return (hash - Math.floor(hash) - 0.5) * 12;
}

const grey = (level: number): readonly [number, number, number] => [level, level, level];

describe('the wire', () => {
  it('goes along a straight edge within 1 px, noise or not', () => {
    const way = wire(80, 60, (x, y) => grey((x < 40 ? 60 : 150) + noise(x, y)), [40, 3], [39, 56]);
    expect(way[0]).toEqual([40, 3]);
    expect(way.at(-1)).toEqual([39, 56]);
    // The edge is the line x = 40; centres of pixels lie half a px beside their corner.
    for (const [x] of way) expect(Math.abs(x + 0.5 - 40)).toBeLessThanOrEqual(1);
  });

  it('goes round a disc within 1.5 px instead of straight across it', () => {
    const way = wire(
      100,
      100,
      (x, y) => grey((Math.hypot(x + 0.5 - 50, y + 0.5 - 50) < 30 ? 40 : 200) + noise(x, y)),
      [50, 20],
      [79, 50],
    );
    for (const [x, y] of way) {
      expect(Math.abs(Math.hypot(x + 0.5 - 50, y + 0.5 - 50) - 30)).toBeLessThanOrEqual(1.5);
    }
    expect(way.length).toBeGreaterThan(25);
  });

  it('finds an edge between colours of the same brightness', () => {
    // luma of both is 76.
    const way = wire(60, 60, (_x, y) => (y < 30 ? [255, 0, 0] : [0, 130, 0]), [2, 29], [57, 30]);
    for (const [, y] of way) expect(Math.abs(y + 0.5 - 30)).toBeLessThanOrEqual(1);
  });

  it('goes straight where the picture is even, by steps to neighbours only', () => {
    const way = wire(50, 50, () => grey(90), [5, 5], [45, 25]);
    expect(way).toHaveLength(41);
    for (const [index, [x, y]] of way.entries()) {
      if (index === 0) continue;
      const [beforeX, beforeY] = way[index - 1] ?? [0, 0];
      expect(Math.max(Math.abs(x - beforeX), Math.abs(y - beforeY))).toBe(1);
    }
  });

  it('is no dearer than any way that brute force finds', () => {
    const width = 12;
    const height = 9;
    const rgba = new Uint8ClampedArray(width * height * 4).map((_, i) => (i * 7919 + ((i * i) % 251)) % 256);
    const costs = wireCosts(rgba, width, height);
    const toSeed = growWire(costs, 3, 4);
    const stepCost = (from: number, to: number): number => {
      const dx = (to % width) - (from % width);
      const dy = Math.floor(to / width) - Math.floor(from / width);
      const step = Math.round(((Math.atan2(dy, dx) / (2 * Math.PI)) * 8 + 8) % 8) % 8;
      const turn = (edge: number) => {
        const part = Math.abs(edge / 32 - step / 8);
        return 2 * Math.PI * Math.min(part, 1 - part);
      };
      const first = turn(costs.direction[from] ?? 0);
      const second = turn(costs.direction[to] ?? 0);
      const sum = first > Math.PI / 2 ? 2 * Math.PI - first - second : first + second;
      const local = 1 + (costs.pixel[to] ?? 0) + Math.round((0.14 * 180 * 2 * sum) / (3 * Math.PI));
      return dx === 0 || dy === 0 ? local : Math.round(local * Math.SQRT2);
    };
    // Bellman and Ford: relax everything until nothing changes.
    const distance = new Array<number>(width * height).fill(Number.POSITIVE_INFINITY);
    distance[4 * width + 3] = 0;
    for (let isChanging = true; isChanging; ) {
      isChanging = false;
      for (let from = 0; from < distance.length; from++) {
        for (const [dx, dy] of [
          [1, 0],
          [1, 1],
          [0, 1],
          [-1, 1],
          [-1, 0],
          [-1, -1],
          [0, -1],
          [1, -1],
        ] as const) {
          const x = (from % width) + dx;
          const y = Math.floor(from / width) + dy;
          if (x < 0 || y < 0 || x >= width || y >= height) continue;
          const to = y * width + x;
          const reached = (distance[from] ?? 0) + stepCost(from, to);
          if (reached >= (distance[to] ?? 0)) continue;
          distance[to] = reached;
          isChanging = true;
        }
      }
    }
    for (let at = 0; at < distance.length; at++) {
      const way = wayFromSeed(toSeed, width, at % width, Math.floor(at / width));
      let cost = 0;
      for (let index = 1; index < way.length; index++) {
        const [fromX, fromY] = way[index - 1] ?? [0, 0];
        const [toX, toY] = way[index] ?? [0, 0];
        cost += stepCost(fromY * width + fromX, toY * width + toX);
      }
      expect(cost).toBe(distance[at]);
    }
  });
});
