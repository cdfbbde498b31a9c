import type { DatasetFormat, DatasetSource } from '../../shared/formats/format';
import type { OptionValues } from '../../shared/formats/format-options';
import type { LossTally } from '../../shared/formats/parts/loss-tally';
import { ok, type Result } from '../../shared/result/result';
import type { OutputSink } from '../datasets-io/output-sink';
import type { DatasetPictures } from './dataset-pictures';

export interface PlaceOptions {
  readonly format: DatasetFormat;
  readonly options: OptionValues;
  readonly mode: 'copy' | 'link';
  /** Keys of images that the format could not write: their pictures would be taken for empty ones. */
  readonly leftOut: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** Puts the pictures of all images that were written where the format's own readers look for them; says how many. */
export async function placePictures(
  source: DatasetSource,
  pictures: DatasetPictures,
  sink: OutputSink,
  tally: LossTally,
  { format, options, mode, leftOut, signal }: PlaceOptions,
): Promise<Result<number>> {
  let placed = 0;
  for await (const image of source.images()) {
    if (signal.aborted) break;
    const { key } = image;
    const relative =
      image.state === 'unlabelled' || leftOut.has(key) ? null : format.picturePath(image, options);
    if (relative === null) continue;
    if (sink.has(relative)) {
      tally.add('picture-clash', key, `${key} was not copied: another file is at ${relative} already.`);
      continue;
    }
    const added = await pictures.place(key, relative, sink, mode);
    if (!added.ok) return added;
    if (added.value) placed += 1;
    else {
      tally.add(
        'picture-missing',
        key,
        `The picture ${key} was not found and is not in the output. Say where it is with --images-in.`,
      );
    }
  }
  return ok(placed);
}
