import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDirectorySink } from '../../electron/datasets-io/create-directory-sink';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { coco } from '../../shared/formats/coco/coco';
import { memoryFolder, memorySource } from '../harness/memory-dataset';
import {
  type BenchRow,
  countAnnotations,
  countingSink,
  filesOf,
  madeDataset,
  madeSource,
  medianSeconds,
  peakLiveMegabytes,
  rateRow,
} from './format-datasets';
import { answerAsChild, type Measured, measuredInChild, shellSeconds } from './measured-child';

/** Reading and writing COCO, in memory and on a disk, against the least that reads or makes the same text. */
export default async function bench(): Promise<BenchRow[]> {
  return [...(await inMemory()), ...(await memoryRows()), ...onDisk()];
}

const IMAGES = 20_000;
const BOXES_PER_IMAGE = 10;
const BOXES = IMAGES * BOXES_PER_IMAGE;
const FILE = 'annotations/instances_default.json';

/** Against JSON.parse and JSON.stringify of the whole file at once. */
async function inMemory(): Promise<BenchRow[]> {
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
  ];
}

const IMAGES_ON_DISK = 100_000;

/**
 * 1,000,000 boxes on 100,000 images, about 200 MB. Reading goes against `cat` of the file and against JSON.parse of it as
 * a whole, writing against `cp`; memory against a tenth of the boxes on as many images.
 */
function onDisk(): BenchRow[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'groundmark-bench-'));
  try {
    const [many, few, mixed] = ['many', 'few', 'mixed.json'].map((name) => path.join(folder, name));
    const run = (...args: readonly (string | undefined)[]) =>
      measuredInChild(import.meta.url, ...args.map((arg) => arg ?? ''));
    const written = median(() => run('write', many, String(BOXES_PER_IMAGE)));
    const writtenFew = run('write', few, '1');
    run('mix', many, mixed);
    const copied = shellSeconds(`cp many/${FILE} copy`, folder);
    const concatenated = shellSeconds(`cat many/${FILE}`, folder);
    const parsed = median(() => run('parse', many));
    const read = median(() => run('read', many));
    const readFew = run('read', few);
    const readMixed = median(() => run('read', mixed));
    const { count } = read;
    const megabytes = (name: string, value: number, baseline: number): BenchRow => ({
      bench: `format.coco.disk.${name}`,
      n: count,
      value,
      unit: 'MB',
      baseline,
      ratio: value / baseline,
    });
    return [
      rateRow('format.coco.disk.write', count, written.processorSeconds, copied),
      rateRow('format.coco.disk.read', count, read.processorSeconds, parsed.processorSeconds),
      rateRow('format.coco.disk.read.mixed', count, readMixed.processorSeconds, parsed.processorSeconds),
      rateRow('format.coco.disk.read.cat', count, read.processorSeconds, concatenated),
      megabytes('write.memory', written.peakMegabytes, writtenFew.peakMegabytes),
      megabytes('read.memory', read.peakMegabytes, readFew.peakMegabytes),
      megabytes('read.mixed.memory', readMixed.peakMegabytes, readFew.peakMegabytes),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(run: () => Measured): Measured {
  const runs = [run(), run(), run()].sort((a, b) => a.processorSeconds - b.processorSeconds);
  return runs[1] ?? run();
}

await answerAsChild(async ([work = '', folder = '', more = '']) => {
  if (work === 'write') return writeMade(folder, Number(more));
  if (work === 'parse') return parsedAnnotations(folder).length;
  if (work === 'mix') {
    writeFileSync(more, mixedUp(readFileSync(path.join(folder, FILE), 'utf8')));
    return 0;
  }
  // A mixed file stands alone.
  const opened = folder.endsWith('.json')
    ? await openDatasetFolder(path.dirname(folder), { onlyFiles: [path.basename(folder)] })
    : await openDatasetFolder(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  return countAnnotations(coco.read(opened.value));
});

async function writeMade(folder: string, boxesPerImage: number): Promise<number> {
  const sink = await createDirectorySink({ kind: 'exactly', place: folder, isForced: true });
  if (!sink.ok) throw new Error(sink.error.message);
  const report = await coco.write(madeSource(IMAGES_ON_DISK, boxesPerImage), sink.value);
  if (!report.ok) throw new Error(report.error.message);
  const committed = await sink.value.commit();
  if (!committed.ok) throw new Error(committed.error.message);
  return report.value.annotations;
}

function parsedAnnotations(folder: string): readonly unknown[] {
  const whole = JSON.parse(readFileSync(path.join(folder, FILE), 'utf8')) as { annotations: unknown[] };
  return whole.annotations;
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
