import path from 'node:path';
import { EXPORT_OPTIONS } from '../../shared/exports/export-options';
import { prepareExport } from '../../shared/exports/prepare-export';
import type { DatasetFormat, DatasetProblem, DatasetSource } from '../../shared/formats/format';
import { type OptionValues, optionFault } from '../../shared/formats/format-options';
import { formatById } from '../../shared/formats/index';
import { folderName } from '../../shared/formats/parts/image-roots';
import { createLossTally } from '../../shared/formats/parts/loss-tally';
import type { Size } from '../../shared/geometry/rect';
import type { ExportReport } from '../../shared/ipc/channels/datasets';
import type { JobProgress } from '../../shared/ipc/channels/files';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { Sha256 } from '../../shared/schema/ids';
import { createDirectorySink } from '../datasets-io/create-directory-sink';
import { createLossFile, type LossFile } from '../datasets-io/loss-file';
import type { OutputSink, OutputTarget } from '../datasets-io/output-sink';
import { createZipSink } from '../datasets-io/zip/create-zip-sink';
import { type ExportedPictures, pictureBytesOf, placePictures } from './export-pictures';
import type { Lake } from './lake';
import { createProgressMeter, type ProgressMeter } from './progress-meter';
import { readBack } from './read-back';
import { storageError } from './storage-error';
import { type OpenVersion, openVersion } from './version-source';

export interface ExportOptions {
  readonly versionId: Sha256;
  readonly formatId: string;
  /** Values of the format's write options. */
  readonly options: OptionValues;
  /** Values of EXPORT_OPTIONS. */
  readonly exportOptions: OptionValues;
  readonly container: 'folder' | 'zip';
  readonly target:
    | { readonly kind: 'inside'; readonly folder: string }
    | { readonly kind: 'exactly'; readonly place: string; readonly isForced: boolean };
  /** Null leaves the pictures where they are. */
  readonly pictures: ExportedPictures | null;
  /** Lists every loss in a file beside the output, a line of JSON each. */
  readonly listsLosses: boolean;
  /** Hears every loss as well. */
  readonly onLoss?: (loss: DatasetProblem) => void;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress, note: string) => void;
}

/** Enough samples to see what kinds of thing were lost; their counts are complete. */
const MOST_LOSSES = 500;

/**
 * Writes a version in a dataset format: verified, prepared as the options say, written under a hidden name, read back and
 * compared there, then shown in one rename. Cancelled or failed, it leaves nothing at the destination; killed, it leaves
 * a hidden folder whose image copies the next try keeps.
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
  const fault =
    optionFault(format.writeOptions, options.options) ?? optionFault(EXPORT_OPTIONS, options.exportOptions);
  if (fault !== null) return err(appError('usage.bad-arguments', fault, { formatId: format.id }));
  const meter = createProgressMeter('images', options.onProgress);
  meter.step('Checking the version', null);
  const stored = await lake.verify(options.versionId);
  if (!stored.ok) return stored;
  const { manifest } = stored.value;
  const name = `${folderName(manifest.project.name)}-${options.versionId.slice(0, 12)}-${format.id}`;
  const target = targetOf(options, name);
  const sink =
    options.container === 'zip'
      ? await createZipSink(target)
      : await createDirectorySink(target, { isResumable: true });
  if (!sink.ok) return sink;
  const lossFile = createLossFile(folderOf(target));
  let version: OpenVersion | null = null;
  try {
    version = await openVersion(lake.paths, options.versionId, manifest);
    const work = { format, options, version, sink: sink.value, lossFile, meter };
    const report = await write(work, manifest.counts.images);
    if (!report.ok) return report;
    const shown = await sink.value.commit();
    if (!shown.ok) return shown;
    const listed = `${shown.value}.losses.jsonl`;
    const isListed = options.listsLosses && (await lossFile.commit(listed));
    return ok({
      ...report.value,
      name: path.basename(shown.value),
      lossFile: isListed ? path.basename(listed) : null,
    });
  } catch (thrown) {
    if (options.signal.aborted) return err(cancelled());
    return err(storageError(thrown, 'exporting the version', 'format.write-failed'));
  } finally {
    await version?.close();
    await sink.value.discard();
    await lossFile.discard();
  }
}

function targetOf({ target, container }: ExportOptions, name: string): OutputTarget {
  if (target.kind === 'exactly') return target;
  return { ...target, name: container === 'zip' ? `${name}.zip` : name };
}

function folderOf(target: OutputTarget): string {
  return target.kind === 'inside' ? target.folder : path.dirname(path.resolve(target.place));
}

interface ExportWork {
  readonly format: DatasetFormat;
  readonly options: ExportOptions;
  readonly version: OpenVersion;
  readonly sink: OutputSink;
  readonly lossFile: LossFile;
  readonly meter: ProgressMeter;
}

type WrittenReport = Omit<ExportReport, 'name' | 'lossFile'>;

async function write(work: ExportWork, imageCount: number): Promise<Result<WrittenReport>> {
  const { format, options, version, sink, lossFile, meter } = work;
  const { signal, pictures, options: writeOptions } = options;
  const fidelity = format.fidelity(writeOptions);
  const onLoss = (loss: DatasetProblem) => {
    if (options.listsLosses) lossFile.add(loss);
    options.onLoss?.(loss);
  };
  const prepared = prepareExport(
    interruptible(version.source, signal, lossFile),
    { title: format.title, fidelity },
    options.exportOptions,
    onLoss,
  );
  const source = metered(prepared.source, meter);

  meter.step(`Writing ${format.title}`, imageCount);
  const bytes = pictures === null ? null : pictureBytesOf(version, pictures.sources);
  const written = await format
    .write(source, sink, {
      options: writeOptions,
      onLoss,
      ...(bytes === null ? {} : { pictureBytes: bytes.read }),
    })
    .finally(() => bytes?.close());
  if (!written.ok) return written;

  const copying = createLossTally(onLoss);
  if (pictures !== null) {
    meter.step('Copying images', imageCount);
    const place = {
      format,
      options: writeOptions,
      pictures,
      // A picture without labels of its own would be taken for empty, or for the one whose label file it shares.
      leftOut: new Set(written.value.leftOutImages ?? []),
      onLoss: ({ code, path: key, message }: DatasetProblem) => copying.add(code, key, message),
      signal,
    };
    await placePictures(version, prepared.source, sink, place, meter);
  }

  meter.step('Reading it back', imageCount);
  const folder = await sink.read({ sizeElsewhere: sizesByPlace(format, writeOptions, prepared.source) });
  if (!folder.ok) return folder;
  const leftOutBefore = prepared.report().leftOut;
  const compared = await readBack(format, folder.value, source, {
    options: writeOptions,
    onLoss,
    leftOutBefore,
  });
  if (signal.aborted) return err(cancelled());
  const parts = [prepared.report(), written.value, copying.report(), compared];
  return ok({
    formatId: format.id,
    images: written.value.images,
    annotations: written.value.annotations,
    filesWritten: sink.written.files,
    byteSize: sink.written.bytes,
    readBack: compared.report,
    losses: parts.flatMap(({ losses }) => losses).slice(0, MOST_LOSSES),
    lossCountByCode: summed(parts.map(({ lossCountByCode }) => lossCountByCode)),
    notes: [...(written.value.notes ?? []), ...sink.nameNotes()],
    fidelity,
  });
}

/** The same source, which ends when the job is cancelled; between images what was lost goes to the disk. */
function interruptible(source: DatasetSource, signal: AbortSignal, lossFile: LossFile): DatasetSource {
  return {
    labels: () => source.labels(),
    images: () => source.images(),
    async *annotationsByImage() {
      for await (const image of source.annotationsByImage()) {
        if (signal.aborted) throw cancelled();
        await lossFile.drained();
        yield image;
      }
    },
  };
}

/** The same source, which counts the images that pass with their annotations. */
function metered(source: DatasetSource, meter: ProgressMeter): DatasetSource {
  return {
    labels: () => source.labels(),
    images: () => source.images(),
    async *annotationsByImage() {
      for await (const image of source.annotationsByImage()) {
        meter.add(1);
        yield image;
      }
    },
  };
}

/** Sizes of pictures that were not copied, for readers that need them; held only once one asks. */
function sizesByPlace(format: DatasetFormat, options: OptionValues, source: DatasetSource) {
  let sizes: Promise<ReadonlyMap<string, Size>> | null = null;
  const collect = async () => {
    const byPlace = new Map<string, Size>();
    for await (const image of source.images()) {
      const place = format.picturePath(image, options);
      if (place !== null && image.size !== null) byPlace.set(place, image.size);
    }
    return byPlace;
  };
  return async (place: string): Promise<Size | null> => {
    sizes ??= collect();
    return (await sizes).get(place) ?? null;
  };
}

function summed(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [code, count] of counts.flatMap((one) => Object.entries(one))) {
    sums.set(code, (sums.get(code) ?? 0) + count);
  }
  return Object.fromEntries(sums);
}

function cancelled() {
  return appError('job.cancelled', 'The export was cancelled; nothing is left at the destination.');
}
