import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDirectorySink } from '../../electron/datasets-io/create-directory-sink';
import { openDatasetFolder } from '../../electron/datasets-io/open-dataset-folder';
import { voc } from '../../shared/formats/voc/voc';
import { type BenchRow, countAnnotations, madeSource, rateRow } from './format-datasets';
import { answerAsChild, type Measured, measuredInChild, shellSeconds } from './measured-child';

const IMAGES = 100_000;

/**
 * 1,000,000 boxes on 100,000 images, on a disk. Writing goes against `cp -r` of what was written, reading against `cat` of
 * it; memory against a tenth of the boxes on as many images.
 */
export default async function bench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'groundmark-bench-'));
  try {
    const many = path.join(folder, 'many');
    const few = path.join(folder, 'few');
    const run = (...args: string[]) => measuredInChild(import.meta.url, ...args);
    const written = run('write', many, String(IMAGES), '10');
    const writtenFew = run('write', few, String(IMAGES), '1');
    const copied = shellSeconds('cp -r many copy', folder);
    const read = median(() => run('read', many));
    const readFew = run('read', few);
    const concatenated = shellSeconds(`find many -name '*.xml' -print0 | xargs -0 cat`, folder);
    const { count } = read;
    const row = (name: string, value: number, baseline: number): BenchRow => ({
      bench: `format.voc.disk.${name}`,
      n: count,
      value,
      unit: 'MB',
      baseline,
      ratio: value / baseline,
    });
    return [
      rateRow('format.voc.disk.write', count, written.processorSeconds, copied),
      rateRow('format.voc.disk.read', count, read.processorSeconds, concatenated),
      row('write.memory', written.peakMegabytes, writtenFew.peakMegabytes),
      row('read.memory', read.peakMegabytes, readFew.peakMegabytes),
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
  const opened = await openDatasetFolder(folder);
  if (!opened.ok) throw new Error(opened.error.message);
  return countAnnotations(voc.read(opened.value));
});

async function writeMade(folder: string, images: number, boxesPerImage: number): Promise<number> {
  const sink = await createDirectorySink({ kind: 'exactly', place: folder, isForced: false });
  if (!sink.ok) throw new Error(sink.error.message);
  const report = await voc.write(madeSource(images, boxesPerImage), sink.value);
  if (!report.ok) throw new Error(report.error.message);
  const committed = await sink.value.commit();
  if (!committed.ok) throw new Error(committed.error.message);
  return report.value.annotations;
}
