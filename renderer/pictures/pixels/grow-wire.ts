import { DIRECTIONS, SCALE, type WireCosts } from './wire-costs';

/** The eight neighbours, clockwise from the right. */
const STEP_X = [1, 1, 0, -1, -1, -1, 0, 1] as const;
const STEP_Y = [0, 1, 1, 1, 0, -1, -1, -1] as const;

/** No way leads on from here: the seed itself. */
const SEED = 255;

/** Costs of one step are below this, so as many buckets in a ring hold every open pixel. */
const BUCKETS = 256;
const NONE = -1;

/**
 * The cheapest way from every pixel of the window to the seed, as the number of the neighbour that comes next on it.
 * Dijkstra with a ring of buckets (Dial 1969): O(pixels), about 0.2 µs each.
 */
export function growWire(costs: WireCosts, seedX: number, seedY: number): Uint8Array<ArrayBuffer> {
  const { width, height, pixel, direction } = costs;
  const count = width * height;
  const toSeed = new Uint8Array(count).fill(SEED);
  const distance = new Int32Array(count).fill(0x7fff_ffff);
  const isDone = new Uint8Array(count);
  // Buckets are doubly linked lists through `next` and `before`, so that a pixel moves to a cheaper one in O(1).
  const heads = new Int32Array(BUCKETS).fill(NONE);
  const next = new Int32Array(count).fill(NONE);
  const before = new Int32Array(count).fill(NONE);

  const insert = (at: number, cost: number): void => {
    const bucket = cost % BUCKETS;
    const head = heads[bucket] ?? NONE;
    next[at] = head;
    before[at] = NONE;
    if (head !== NONE) before[head] = at;
    heads[bucket] = at;
  };
  const remove = (at: number, cost: number): void => {
    const after = next[at] ?? NONE;
    const ahead = before[at] ?? NONE;
    if (ahead === NONE) heads[cost % BUCKETS] = after;
    else next[ahead] = after;
    if (after !== NONE) before[after] = ahead;
  };

  const seed = seedY * width + seedX;
  distance[seed] = 0;
  insert(seed, 0);
  let open = 1;
  for (let cost = 0; open > 0; cost++) {
    for (;;) {
      const at = heads[cost % BUCKETS] ?? NONE;
      if (at === NONE) break;
      remove(at, cost);
      open -= 1;
      isDone[at] = 1;
      const x = at % width;
      const y = (at - x) / width;
      const from = (direction[at] ?? 0) * DIRECTIONS;
      for (let step = 0; step < 8; step++) {
        const toX = x + (STEP_X[step] ?? 0);
        const toY = y + (STEP_Y[step] ?? 0);
        if (toX < 0 || toY < 0 || toX >= width || toY >= height) continue;
        const to = toY * width + toX;
        if (isDone[to] === 1) continue;
        const turning = TURNING[(from + (direction[to] ?? 0)) * 8 + step] ?? 0;
        const local = 1 + (pixel[to] ?? 0) + turning;
        const reached = cost + ((step & 1) === 0 ? local : Math.round(local * Math.SQRT2));
        const known = distance[to] ?? 0;
        if (reached >= known) continue;
        if (known === 0x7fff_ffff) open += 1;
        else remove(to, known);
        distance[to] = reached;
        toSeed[to] = (step + 4) % 8;
        insert(to, reached);
      }
    }
  }
  return toSeed;
}

/** The pixels from the seed to a pixel of the window, both included, as places x, y in the window. */
export function wayFromSeed(
  toSeed: Uint8Array,
  width: number,
  toX: number,
  toY: number,
): readonly (readonly [number, number])[] {
  const way: (readonly [number, number])[] = [];
  let x = toX;
  let y = toY;
  for (;;) {
    way.push([x, y]);
    const step = toSeed[y * width + x] ?? SEED;
    // A way is never longer than the window has pixels; bytes from elsewhere could lead in a circle.
    if (step >= 8 || way.length > toSeed.length) break;
    x += STEP_X[step] ?? 0;
    y += STEP_Y[step] ?? 0;
  }
  return way.reverse();
}

/**
 * What a step costs by how much it turns away from the edges at both ends, for each direction of the edge here, of the
 * edge there, and of the step.
 */
const TURNING = turningCosts();

function turningCosts(): Uint8Array {
  const costs = new Uint8Array(DIRECTIONS * DIRECTIONS * 8);
  const angle = (edge: number, step: number): number => {
    const turn = Math.abs(edge / DIRECTIONS - step / 8);
    return 2 * Math.PI * Math.min(turn, 1 - turn);
  };
  for (let here = 0; here < DIRECTIONS; here++) {
    for (let there = 0; there < DIRECTIONS; there++) {
      for (let step = 0; step < 8; step++) {
        const first = angle(here, step);
        const second = angle(there, step);
        // An edge has two ways along; the one nearer to the step counts, for both ends alike.
        const sum = first > Math.PI / 2 ? 2 * Math.PI - first - second : first + second;
        costs[(here * DIRECTIONS + there) * 8 + step] = Math.round((0.14 * SCALE * 2 * sum) / (3 * Math.PI));
      }
    }
  }
  return costs;
}
