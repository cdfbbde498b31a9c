import type { DatasetFormat, DatasetProblem, DatasetSource } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { OutputSink } from '../datasets-io/output-sink';
import { seekByKey } from '../datasets-io/seek-by-key';
import { type ImageTargets, originalBytes, type PictureMode, placePicture } from './copy-images';
import type { ProgressMeter } from './progress-meter';
import type { OpenVersion } from './version-source';

export interface ExportedPictures {
  readonly mode: PictureMode;
  /** Where the originals are, by source id. */
  readonly sources: ImageTargets;
}

export interface PlaceOptions {
  readonly format: DatasetFormat;
  readonly options: OptionValues;
  readonly pictures: ExportedPictures;
  /** Keys of images that the format could not write. */
  readonly leftOut: ReadonlySet<string>;
  readonly onLoss: (loss: DatasetProblem) => void;
  readonly signal: AbortSignal;
}

/** Puts the pictures of all images that were written where the format's own readers look for them. */
export async function placePictures(
  version: OpenVersion,
  source: DatasetSource,
  sink: OutputSink,
  { format, options, pictures, leftOut, onLoss, signal }: PlaceOptions,
  meter: ProgressMeter,
): Promise<void> {
  const rowOf = rowsByKey(version);
  try {
    for await (const image of source.images()) {
      signal.throwIfAborted();
      meter.add(1);
      if (image.state === 'unlabelled' || leftOut.has(image.key)) continue;
      const relative = format.picturePath(image, options);
      const row = relative === null ? null : await rowOf.find(image.key);
      if (relative === null || row === null) continue;
      const problem = await placePicture(row, sink, { relative, ...pictures, signal });
      if (problem !== null) onLoss(problem);
    }
  } finally {
    await rowOf.close();
  }
}

/** Bytes of pictures for formats that carry them in their own files; they ask in the order of the images. */
export function pictureBytesOf(version: OpenVersion, sources: ImageTargets) {
  const rowOf = rowsByKey(version);
  return {
    async read(key: string): Promise<Result<Uint8Array>> {
      const row = await rowOf.find(key);
      const bytes = row === null ? null : await originalBytes(row, sources);
      return bytes === null
        ? err(
            appError(
              'file.not-found',
              `The picture ${key} is not where it was, or has changed since the version was published.`,
              { key },
            ),
          )
        : ok(bytes);
    },
    close: () => rowOf.close(),
  };
}

function rowsByKey(version: OpenVersion) {
  return seekByKey(
    () => version.imageFiles(),
    (row) => row.image_key,
  );
}
