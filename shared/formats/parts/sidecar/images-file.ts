import type { Size } from '../../../geometry/rect';
import type { DatasetFolder, DatasetFrame, DatasetImage, DatasetSink } from '../../format';
import { type BufferedFile, openBuffered } from '../buffered-file';
import { csvLine } from '../csv/csv-line';
import { streamCsv } from '../csv/stream-csv';
import { keyFromFileName } from '../dataset-key';
import { decimalFrom, wholeFrom } from '../decimal';
import { joinedPath } from '../picture-index';
import type { ProblemQueue } from '../problem-queue';
import { sizeFrom } from '../records/image-record';

/**
 * A file of ours at the root of a dataset whose format does not say what its pictures are called, how large they are or
 * where they stand in a sequence. Programs that know the format pass over it.
 */
export const IMAGES_FILE = 'groundmark-images.csv';

const HEADER = ['picture', 'image', 'width', 'height', 'sequence', 'frame', 'timestamp_ms'] as const;

export interface KnownImage {
  readonly key: string;
  readonly size: Size | null;
  readonly frame: DatasetFrame | null;
}

export async function openImagesFile(sink: DatasetSink): Promise<BufferedFile> {
  const file = await openBuffered(sink, IMAGES_FILE);
  await file.write(csvLine(HEADER));
  return file;
}

/** @param picture where the picture belongs in the dataset. */
export function imagesFileLine(picture: string, { key, size, frame }: DatasetImage): string {
  return csvLine([
    picture,
    key,
    size?.width ?? '',
    size?.height ?? '',
    frame?.sequence ?? '',
    frame?.index ?? '',
    frame?.timestampInMs ?? '',
  ]);
}

/**
 * What the file says, by the picture's place below `root`, in its own order; null when there is no such file. Memory
 * follows the number of images.
 */
export async function readImagesFile(
  folder: DatasetFolder,
  root: string,
  problems: ProblemQueue,
): Promise<ReadonlyMap<string, KnownImage> | null> {
  const path = joinedPath(root, IMAGES_FILE);
  if (!(await folder.list()).some((file) => file.path === path)) return null;
  const images = new Map<string, KnownImage>();
  const keys = new Set<string>();
  for await (const { rows, faults } of streamCsv(folder, path, ',')) {
    for (const { line, reason } of faults) {
      problems.warning('images-file-damaged', path, `Line ${line} of ${path} ${reason}.`, line);
    }
    for (const { line, cells } of rows) {
      if (line === 1) continue;
      const [picture = '', name = '', width = '', height = '', sequence = '', index = '', time = ''] = cells;
      const key = keyFromFileName(name);
      if (key === null || images.has(picture) || keys.has(key.key)) {
        problems.warning(
          'images-file-damaged',
          path,
          `Line ${line} of ${path} does not name one picture and its image; it was passed over.`,
          line,
        );
        continue;
      }
      keys.add(key.key);
      const frameIndex = wholeFrom(index);
      const timestampInMs = decimalFrom(time);
      images.set(picture, {
        key: key.key,
        size: sizeFrom(decimalFrom(width), decimalFrom(height)),
        frame:
          frameIndex === null || frameIndex < 0
            ? null
            : { sequence, index: frameIndex, ...(timestampInMs === null ? {} : { timestampInMs }) },
      });
    }
  }
  return images;
}
