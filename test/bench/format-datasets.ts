import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { DatasetEvent, DatasetSink, DatasetSource } from '../../shared/formats/format';
import { type MemoryDataset, memorySink, memorySource } from '../harness/memory-dataset';

export interface BenchRow {
  readonly bench: string;
  readonly n: number;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
}

const LABELS = Array.from({ length: 80 }, (_, classIndex) => ({
  classIndex,
  name: `class number ${classIndex}`,
  supercategory: null,
}));

/** A made dataset of street-sized pictures, the same in every run. */
export function madeDataset(images: number, boxesPerImage: number): MemoryDataset {
  let state = 42;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  const size = { width: 1920, height: 1080 };
  return {
    labels: LABELS,
    images: Array.from({ length: images }, (_, index) => {
      const key = `drive-${index % 50}/frame-${String(index).padStart(8, '0')}.jpg`;
      return {
        image: { key, size, split: null, state: 'labelled' as const },
        annotations: Array.from({ length: boxesPerImage }, () => {
          const x = random() * 1800;
          const y = random() * 1000;
          return {
            imageKey: key,
            classIndex: Math.floor(random() * 80),
            shape: {
              type: 'box' as const,
              x,
              y,
              width: 1 + random() * (1919 - x),
              height: 1 + random() * (1079 - y),
            },
            isCrowd: false,
            attributes: {},
            score: null,
          };
        }),
      };
    }),
  };
}

/** The made dataset again, one image at a time: what is measured is the writer's memory. */
export function madeSource(images: number, boxesPerImage: number): DatasetSource {
  const { labels, images: cycle } = madeDataset(1_000, boxesPerImage);
  async function* all() {
    for (let index = 0; index < images; index += 1) {
      const made = cycle[index % cycle.length];
      if (made === undefined) continue;
      const key = `drive-${index % 50}/frame-${String(index).padStart(8, '0')}.jpg`;
      yield { image: { ...made.image, key }, annotations: made.annotations };
    }
  }
  return {
    async *labels() {
      yield* labels;
    },
    async *images() {
      for await (const { image } of all()) yield image;
    },
    annotationsByImage: all,
  };
}

/** The files that a format writes for a dataset. */
export async function filesOf(
  write: (source: ReturnType<typeof memorySource>, sink: DatasetSink) => Promise<unknown>,
  dataset: MemoryDataset,
): Promise<ReadonlyMap<string, string>> {
  const sink = memorySink();
  await write(memorySource(dataset), sink);
  // One flat string a file, as it would come from a disk, and not the ropes that writing left.
  return new Map([...sink.files].map(([path, text]) => [path, Buffer.from(text).toString('utf8')]));
}

/** A sink that only counts: what is measured is the format, not an array of strings. */
export function countingSink(): DatasetSink {
  return { open: async () => ({ write: async () => {}, close: async () => {} }) };
}

export async function countAnnotations(events: AsyncIterable<DatasetEvent>): Promise<number> {
  let count = 0;
  for await (const event of events) if (event.type === 'annotation') count += 1;
  return count;
}

/**
 * Median of five runs after one that warms up, in seconds of processor time. The budget is boxes a second and core, and
 * processor time (garbage collection included) says that on a busy machine too, where the clock does not.
 */
export async function medianSeconds(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 6; index += 1) {
    const start = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(start);
    if (index > 0) times.push((user + system) / 1e6);
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The most memory that a read keeps alive beyond what there was before it, in MB, seen at every 20,000th event. */
export async function peakLiveMegabytes(events: AsyncIterable<DatasetEvent>): Promise<number> {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  let peak = 0;
  let count = 0;
  for await (const _ of events) {
    count += 1;
    if (count % 20_000 !== 0) continue;
    collectGarbage();
    peak = Math.max(peak, process.memoryUsage().heapUsed - before);
  }
  return peak / 1e6;
}

export function rateRow(bench: string, boxes: number, seconds: number, baselineSeconds: number): BenchRow {
  const value = boxes / seconds;
  const baseline = boxes / baselineSeconds;
  return { bench, n: boxes, value, unit: 'boxes/s', baseline, ratio: baseline / value };
}
