import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDirectorySink } from '../../electron/datasets-io/create-directory-sink';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { yolo } from '../../shared/formats/yolo/yolo';
import { memoryFolder, memorySource } from '../harness/memory-dataset';
import {
  type BenchRow,
  countAnnotations,
  countingSink,
  filesOf,
  madeDataset,
  madeSource,
  medianSeconds,
  rateRow,
} from './format-datasets';
import { answerAsChild, type Measured, measuredInChild, shellSeconds } from './measured-child';

/** Reading and writing YOLO, in memory and on a disk, each against the least that reads or makes the same text. */
export default async function bench(): Promise<BenchRow[]> {
  return [...(await inMemory()), ...onDisk()];
}

const IMAGES = 20_000;
const BOXES_PER_IMAGE = 10;
const BOXES = IMAGES * BOXES_PER_IMAGE;

async function inMemory(): Promise<BenchRow[]> {
  const dataset = madeDataset(IMAGES, BOXES_PER_IMAGE);
  const files = await filesOf(yolo.write, dataset);
  const read = await medianSeconds(() => countAnnotations(yolo.read(memoryFolder(files))));
  const split = await medianSeconds(() => {
    let count = 0;
    for (const [file, text] of files) if (file.startsWith('labels/')) count += numbersIn(text);
    return count;
  });
  const write = await medianSeconds(() => yolo.write(memorySource(dataset), countingSink()));
  const join = await medianSeconds(() => {
    let chars = 0;
    for (const { annotations } of dataset.images) {
      for (const { classIndex, shape } of annotations) {
        if (shape.type !== 'box') continue;
        const numbers = [shape.x / 1920, shape.y / 1080, shape.width / 1920, shape.height / 1080];
        chars += `${classIndex} ${numbers.map((value) => value.toFixed(10)).join(' ')}\n`.length;
      }
    }
    return chars;
  });
  return [rateRow('format.yolo.read', BOXES, read, split), rateRow('format.yolo.write', BOXES, write, join)];
}

function numbersIn(text: string): number {
  let count = 0;
  for (const line of text.split('\n')) if (line.split(' ').map(Number).length === 5) count += 1;
  return count;
}

const IMAGES_ON_DISK = 100_000;

/**
 * 1,000,000 boxes on 100,000 images. Writing goes against `cp -r` of what was written, reading against `cat` of it and
 * against splitting it into numbers with no care for anything; memory against a tenth of the boxes on as many images.
 */
function onDisk(): BenchRow[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'groundmark-bench-'));
  try {
    const many = path.join(folder, 'many');
    const few = path.join(folder, 'few');
    const run = (...args: string[]) => measuredInChild(import.meta.url, ...args);
    const written = run('write', many, String(IMAGES_ON_DISK), '10');
    const writtenFew = run('write', few, String(IMAGES_ON_DISK), '1');
    const copied = shellSeconds(`cp -r many copy`, folder);
    const read = median(() => run('read', many));
    const readFew = run('read', few);
    const concatenated = shellSeconds(`find many -name '*.txt' -print0 | xargs -0 cat`, folder);
    const split = median(() => run('split', many));
    const { count } = read;
    const row = (name: string, unit: string, value: number, baseline: number): BenchRow => ({
      bench: `format.yolo.disk.${name}`,
      n: count,
      value,
      unit,
      baseline,
      ratio: value / baseline,
    });
    return [
      rateRow('format.yolo.disk.write', count, written.processorSeconds, copied),
      rateRow('format.yolo.disk.read', count, read.processorSeconds, concatenated),
      rateRow('format.yolo.disk.read.split', count, read.processorSeconds, split.processorSeconds),
      row('write.memory', 'MB', written.peakMegabytes, writtenFew.peakMegabytes),
      row('read.memory', 'MB', read.peakMegabytes, readFew.peakMegabytes),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(run: () => Measured): Measured {
  const runs = [run(), run(), run()].sort((a, b) => a.processorSeconds - b.processorSeconds);
  return runs[1] ?? run();
}

await answerAsChild(async ([work = '', folder = '', images = '0', boxesPerImage = '0']) => {
  if (work === 'write') return writeMade(folder, Number(images), Number(boxesPerImage));
  if (work === 'split') return splitBelow(folder);
  const opened = await openDatasetFolder(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  return countAnnotations(yolo.read(opened.value));
});

async function writeMade(folder: string, images: number, boxesPerImage: number): Promise<number> {
  const sink = await createDirectorySink({ kind: 'exactly', place: folder, isForced: false });
  if (!sink.ok) throw new Error(sink.error.message);
  const report = await yolo.write(madeSource(images, boxesPerImage), sink.value);
  if (!report.ok) throw new Error(report.error.message);
  const committed = await sink.value.commit();
  if (!committed.ok) throw new Error(committed.error.message);
  return report.value.annotations;
}

function splitBelow(folder: string): number {
  let count = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.txt')) continue;
    count += numbersIn(readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
  }
  return count;
}
