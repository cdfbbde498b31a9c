import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { coco } from '../../shared/formats/coco/coco';
import { memoryFolder, memorySource } from '../harness/memory-dataset';
import {
  type BenchRow,
  countAnnotations,
  countingSink,
  filesOf,
  madeDataset,
  medianSeconds,
  peakLiveMegabytes,
  rateRow,
} from './format-datasets';

const IMAGES = 20_000;
const BOXES_PER_IMAGE = 10;
const BOXES = IMAGES * BOXES_PER_IMAGE;
const FILE = 'annotations/instances_default.json';

/** Reading and writing COCO, against JSON.parse and JSON.stringify of the whole file at once. */
export default async function bench(): Promise<BenchRow[]> {
  const dataset = madeDataset(IMAGES, BOXES_PER_IMAGE);
  const files = await filesOf(coco.write, dataset);
  const text = files.get(FILE) ?? '';
  const parsed: unknown = JSON.parse(text);

  const read = await medianSeconds(() => countAnnotations(coco.read(memoryFolder(files))));
  const mixed = new Map([[FILE, mixedUp(text)]]);
  const readMixed = await medianSeconds(() => countAnnotations(coco.read(memoryFolder(mixed))));
  const parse = await medianSeconds(() => JSON.parse(text));
  const write = await medianSeconds(() => coco.write(memorySource(dataset), countingSink()));
  const stringify = await medianSeconds(() => JSON.stringify(parsed));
  return [
    rateRow('format.coco.read', BOXES, read, parse),
    rateRow('format.coco.read.mixed', BOXES, readMixed, parse),
    rateRow('format.coco.write', BOXES, write, stringify),
    ...(await memoryRows()),
  ];
}

/** The same annotations in an order that mixes images, as in the files of the COCO project itself. */
function mixedUp(text: string): string {
  const whole = JSON.parse(text) as { annotations: unknown[] };
  const half = whole.annotations.length / 2;
  whole.annotations = whole.annotations
    .slice(0, half)
    .flatMap((one, index) => [one, whole.annotations[half + index]]);
  return JSON.stringify(whole);
}

/** Live memory while reading from a disk: four times the boxes of the same images, and four times the images. */
async function memoryRows(): Promise<BenchRow[]> {
  const once = await peakOfRead(5_000, 20);
  const fourfoldBoxes = await peakOfRead(5_000, 80);
  const fourfoldImages = await peakOfRead(20_000, 20);
  const row = (bench: string, value: number): BenchRow => ({
    bench,
    n: 400_000,
    value,
    unit: 'MB',
    baseline: once,
    ratio: value / once,
  });
  return [
    row('format.coco.read.memory', fourfoldBoxes),
    row('format.coco.read.memory.images', fourfoldImages),
  ];
}

async function peakOfRead(images: number, boxesPerImage: number): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundmark-bench-'));
  try {
    const files = await filesOf(coco.write, madeDataset(images, boxesPerImage));
    await writeFile(path.join(folder, 'instances.json'), files.get(FILE) ?? '');
    const opened = await openDatasetFolder(folder);
    if (!opened.ok) throw new Error(opened.error.message);
    return await peakLiveMegabytes(coco.read(opened.value));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
