import type { DatasetFolder, DatasetImage, DatasetSink } from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { csvLine } from '../parts/csv/csv-line';
import { streamCsv } from '../parts/csv/stream-csv';
import { keyFromFileName } from '../parts/dataset-key';
import { decimalFrom } from '../parts/decimal';
import type { ProblemQueue } from '../parts/problem-queue';
import { sizeFrom, splitFrom } from '../parts/records/image-record';
import type { ClassedPicture } from './find-class-folders';
import { placedPicture } from './find-class-folders';

/**
 * A file of ours at the root of folders of classes: which image each picture is of. An image with several tags lies in
 * several folders, and its own folders say something else than its class. Trainers pass over it.
 */
export const PLACES_FILE = 'groundmark-classes.csv';

const HEADER = ['picture', 'image', 'width', 'height', 'split'] as const;

export async function openPlacesFile(sink: DatasetSink): Promise<BufferedFile> {
  const file = await openBuffered(sink, PLACES_FILE);
  await file.write(csvLine(HEADER));
  return file;
}

export function placeLine(place: string, { key, size, split }: DatasetImage): string {
  return csvLine([place, key, size?.width ?? '', size?.height ?? '', split ?? '']);
}

/** Rows of the file in its order, null when there is none; a row a tag. Memory follows the number of images. */
export async function readPlacesFile(
  folder: DatasetFolder,
  problems: ProblemQueue,
): Promise<readonly ClassedPicture[] | null> {
  if (!(await folder.list()).some(({ path }) => path === PLACES_FILE)) return null;
  const pictures: ClassedPicture[] = [];
  for await (const { rows, faults } of streamCsv(folder, PLACES_FILE, ',')) {
    for (const { line, reason } of faults) {
      problems.warning('images-file-damaged', PLACES_FILE, `Line ${line} of ${PLACES_FILE} ${reason}.`, line);
    }
    for (const { line, cells } of rows) {
      if (line === 1) continue;
      const [place = '', name = '', width = '', height = '', split = ''] = cells;
      const key = keyFromFileName(name)?.key ?? null;
      const path = keyFromFileName(place)?.key ?? null;
      const placed = path === null ? null : placedPicture(path, '');
      if (key === null || placed === null || placed.className === null) {
        problems.warning(
          'images-file-damaged',
          PLACES_FILE,
          `Line ${line} of ${PLACES_FILE} does not name a picture in a folder of a class; it was passed over.`,
          line,
        );
        continue;
      }
      pictures.push({
        ...placed,
        key,
        // An image without a split lies in the folder of one when the others have one.
        split: splitFrom(split),
        size: sizeFrom(decimalFrom(width), decimalFrom(height)),
      });
    }
  }
  return pictures;
}
