import type { MaskShape } from '../../schema/shapes';
import type { DatasetAnnotation, DatasetFolder, DatasetSink } from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { csvLine } from '../parts/csv/csv-line';
import { streamCsv } from '../parts/csv/stream-csv';
import { wholeFrom } from '../parts/decimal';
import { joinedPath } from '../parts/picture-index';
import type { ProblemQueue } from '../parts/problem-queue';
import { isClassIndex } from '../parts/records/label-record';
import { shapeFromRecord } from '../parts/records/shape-record';
import { MASKS_FILE } from '../parts/sidecar/masks-file';

/**
 * `groundmark-masks.csv` has a row for each object of which MOTS does not say all: the whole of a mask that lies partly
 * below others, what its track was called, and that it is interpolated or out of the picture.
 */
const HEADER = [
  'image',
  'id',
  'class_index',
  'track',
  'is_keyframe',
  'is_outside',
  'x',
  'y',
  'width',
  'height',
  'rle',
] as const;

/** As long as ids of other tools may be. */
const LONGEST_ID = 1_000;

/** What MOTS does not say of an object. */
export interface HiddenObject {
  readonly classIndex: number;
  /** Null when it is not tracked. */
  readonly trackId: string | null;
  readonly isKeyframe: boolean;
  readonly isOutside: boolean;
  /** The whole mask, null where all of it is seen. */
  readonly shape: MaskShape | null;
}

/** By image and id. */
export type HiddenObjects = ReadonlyMap<string, ReadonlyMap<number, HiddenObject>>;

export async function openHiddenFile(sink: DatasetSink): Promise<BufferedFile> {
  const file = await openBuffered(sink, MASKS_FILE);
  await file.write(csvLine(HEADER));
  return file;
}

/** The row of an object, null when MOTS says all of it. @param isWhole whether all of its mask is seen. */
export function hiddenLine(
  { imageKey, classIndex, trackId, isKeyframe = true, isOutside = false }: DatasetAnnotation,
  shape: MaskShape,
  id: number,
  isWhole: boolean,
): string | null {
  if (isWhole && trackId === String(id) && isKeyframe && !isOutside) return null;
  const { x, y, width, height, rle } = shape;
  return csvLine([
    imageKey,
    id,
    classIndex,
    trackId ?? '',
    isKeyframe,
    isOutside,
    ...(isWhole ? ['', '', '', '', ''] : [x, y, width, height, rle]),
  ]);
}

/** What the file says; empty when there is none. Memory follows the number of its rows. */
export async function readHiddenFile(
  folder: DatasetFolder,
  root: string,
  problems: ProblemQueue,
): Promise<HiddenObjects> {
  const path = joinedPath(root, MASKS_FILE);
  const byImage = new Map<string, Map<number, HiddenObject>>();
  if (!(await folder.list()).some((file) => file.path === path)) return byImage;
  for await (const { rows, faults } of streamCsv(folder, path, ',')) {
    for (const { line, reason } of faults) {
      problems.warning('masks-file-damaged', path, `Line ${line} of ${path} ${reason}.`, line);
    }
    for (const { line, cells } of rows) {
      if (line === 1) continue;
      const [image = '', idText = '', classText = '', track = '', isKeyframe, isOutside, ...place] = cells;
      const id = wholeFrom(idText);
      const classIndex = wholeFrom(classText);
      const shape = (place[4] ?? '') === '' ? null : shapeOf(place);
      if (id === null || !isClassIndex(classIndex) || shape === undefined) {
        problems.warning(
          'masks-file-damaged',
          path,
          `Line ${line} of ${path} is not complete; it was passed over.`,
          line,
        );
        continue;
      }
      const objects = byImage.get(image) ?? new Map<number, HiddenObject>();
      byImage.set(image, objects);
      objects.set(id, {
        classIndex,
        trackId: track === '' ? null : track.slice(0, LONGEST_ID),
        isKeyframe: isKeyframe !== 'false',
        isOutside: isOutside === 'true',
        shape,
      });
    }
  }
  return byImage;
}

function shapeOf(cells: readonly string[]): MaskShape | undefined {
  const [x, y, width, height] = cells.map(wholeFrom);
  const shape = shapeFromRecord({ type: 'mask', x, y, width, height, rle: cells[4] });
  return shape?.type === 'mask' ? shape : undefined;
}
