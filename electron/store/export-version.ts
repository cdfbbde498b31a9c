import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { DatasetFormat, DatasetProblem, DatasetSource, WriteReport } from '../../shared/formats/format';
import { type OptionValues, optionFault } from '../../shared/formats/format-options';
import { formatById } from '../../shared/formats/index';
import { folderName } from '../../shared/formats/parts/image-roots';
import type { ExportReport } from '../../shared/ipc/channels/datasets';
import type { JobProgress } from '../../shared/ipc/channels/files';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Sha256 } from '../../shared/schema/ids';
import { copyImage, type ImageTargets } from './copy-images';
import { type ExportFolder, openExportFolder } from './export-folder';
import type { Lake } from './lake';
import { createProgressMeter, type ProgressMeter } from './progress-meter';
import { type ReadBack, readBack } from './read-back';
import { storageError } from './storage-error';
import { type OpenVersion, openVersion } from './version-source';

export interface ExportOptions {
  readonly versionId: Sha256;
  readonly formatId: string;
  /** Values of the format's write options. */
  readonly options: OptionValues;
  readonly target:
    | { readonly kind: 'inside'; readonly folder: string }
    | { readonly kind: 'exactly'; readonly folder: string; readonly isForced: boolean };
  /** Where the originals are, by source id, to copy them beside the labels; null leaves them out. */
  readonly images: ImageTargets | null;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress, note: string) => void;
}

/** Enough samples to see what kinds of thing were lost; their counts are complete. */
const MOST_LOSSES = 500;

/**
 * Writes a version in a dataset format: verified, written to a hidden folder, read back and compared there, then shown in
 * one rename. Cancelled or failed, it leaves nothing at the destination; killed, it leaves a hidden folder whose
 * image copies the next try keeps.
 */
export async function exportVersion(lake: Lake, options: ExportOptions): Promise<Result<ExportReport>> {
  const format = formatById(options.formatId);
  if (format === null) {
    return err(
      appError('format.unrecognised', `There is no dataset format "${options.formatId}".`, {
        formatId: options.formatId,
      }),
    );
  }
  const fault = optionFault(format.writeOptions, options.options);
  if (fault !== null) return err(appError('usage.bad-arguments', fault, { formatId: format.id }));
  const meter = createProgressMeter('images', options.onProgress);
  meter.step('Checking the version', null);
  const stored = await lake.verify(options.versionId);
  if (!stored.ok) return stored;
  const { manifest } = stored.value;
  const name = `${folderName(manifest.project.name)}-${options.versionId.slice(0, 12)}-${format.id}`;
  const folder = await openExportFolder(
    options.target.kind === 'inside' ? { ...options.target, name } : options.target,
  );
  if (!folder.ok) return folder;
  let version: OpenVersion | null = null;
  let isDone = false;
  try {
    version = await openVersion(lake.paths, options.versionId, manifest);
    const report = await write(format, version, folder.value, manifest.counts.images, options, meter);
    if (!report.ok) return report;
    const shown = await folder.value.commit();
    if (!shown.ok) return shown;
    isDone = true;
    return ok({ ...report.value, name: path.basename(shown.value) });
  } catch (thrown) {
    if (options.signal.aborted) return err(cancelled());
    return err(storageError(thrown, 'exporting the version', 'format.write-failed'));
  } finally {
    await version?.close();
    if (!isDone) await folder.value.discard();
  }
}

async function write(
  format: DatasetFormat,
  version: OpenVersion,
  folder: ExportFolder,
  imageCount: number,
  options: ExportOptions,
  meter: ProgressMeter,
): Promise<Result<Omit<ExportReport, 'name'>>> {
  const { signal } = options;
  const copied = await copyImages(version, folder, imageCount, options, meter);

  meter.step(`Writing ${format.title}`, imageCount);
  const written = await format.write(metered(version.source, signal, meter), folder.sink, {
    options: options.options,
  });
  if (!written.ok) return written;
  // A picture without labels of its own would be taken for empty, or for the one whose label file it shares.
  for (const key of written.value.leftOutImages ?? [])
    await rm(path.join(folder.images, key), { force: true });

  meter.step('Reading it back', imageCount);
  const compared = await readBack(
    format,
    folder.partial,
    metered(version.source, signal, meter),
    options.options,
  );
  if (!compared.ok) return compared;
  if (signal.aborted) return err(cancelled());
  return ok({
    ...reportOf(format, written.value, compared.value, copied, folder),
    fidelity: format.fidelity(options.options),
  });
}

interface Copied {
  readonly files: number;
  readonly bytes: number;
  readonly problems: readonly DatasetProblem[];
}

async function copyImages(
  version: OpenVersion,
  folder: ExportFolder,
  imageCount: number,
  { images: sources, signal }: ExportOptions,
  meter: ProgressMeter,
): Promise<Copied> {
  if (sources === null) return { files: 0, bytes: 0, problems: [] };
  meter.step('Copying images', imageCount);
  let files = 0;
  let bytes = 0;
  const problems: DatasetProblem[] = [];
  for await (const row of version.imageFiles()) {
    signal.throwIfAborted();
    const outcome = await copyImage(row, sources, folder.images, signal);
    if (typeof outcome === 'string') {
      files += 1;
      bytes += row.byte_size;
    } else {
      problems.push(outcome);
    }
    meter.add(1);
  }
  return { files, bytes, problems };
}

/** The same source, which counts the images that pass and ends when the job is cancelled. */
function metered(source: DatasetSource, signal: AbortSignal, meter: ProgressMeter): DatasetSource {
  return {
    labels: () => source.labels(),
    images: () => source.images(),
    async *annotationsByImage() {
      for await (const image of source.annotationsByImage()) {
        if (signal.aborted) throw cancelled();
        meter.add(1);
        yield image;
      }
    },
  };
}

function reportOf(
  format: DatasetFormat,
  written: WriteReport,
  compared: ReadBack,
  copied: Copied,
  folder: ExportFolder,
): Omit<ExportReport, 'name' | 'fidelity'> {
  const lossCountByCode: Record<string, number> = { ...written.lossCountByCode };
  const add = (code: string, count: number) => {
    lossCountByCode[code] = (lossCountByCode[code] ?? 0) + count;
  };
  for (const [code, count] of Object.entries(compared.lossCountByCode)) add(code, count);
  for (const { code } of copied.problems) add(code, 1);
  return {
    formatId: format.id,
    images: written.images,
    annotations: written.annotations,
    filesWritten: folder.written.files + copied.files,
    byteSize: folder.written.bytes + copied.bytes,
    readBack: compared.report,
    losses: [...copied.problems, ...written.losses, ...compared.losses].slice(0, MOST_LOSSES),
    lossCountByCode,
    notes: [...(written.notes ?? [])],
    lossFile: null,
  };
}

function cancelled() {
  return appError('job.cancelled', 'The export was cancelled; nothing is left at the destination.');
}
