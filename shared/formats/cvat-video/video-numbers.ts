import type { Size } from '../../geometry/rect';
import type { DatasetImage, DatasetSource } from '../format';
import type { LossTally } from '../parts/loss-tally';
import { isXmlText } from '../parts/xml/escape-xml';

/** The numbers that frames get in a file, and which comes after which. */
export interface VideoNumbers {
  readonly count: number;
  readonly first: number;
  readonly last: number;
  /** Of the first image whose size is known: CVAT has one for a video. */
  readonly size: Size | null;
  readonly leftOutImages: readonly string[];
  /** Whether the frames' own indexes are the numbers; otherwise their places in the order of images are. */
  readonly isByIndex: boolean;
  /** The number of an image, given its place among those that are written. */
  of(image: DatasetImage, position: number): number;
  /** The number of the next frame; null after the last. */
  after(number: number): number | null;
}

/** Counts what cannot be written on the way. Memory: a number a frame, where numbers are their own. */
export async function videoNumbers(source: DatasetSource, tally: LossTally): Promise<VideoNumbers> {
  const leftOutImages: string[] = [];
  const indexes: number[] = [];
  let sequence: string | null = null;
  let isByIndex = true;
  let count = 0;
  let size: Size | null = null;
  for await (const image of source.images()) {
    if (!isWritten(image)) {
      reportLeftOut(image, tally);
      if (image.state !== 'unlabelled') leftOutImages.push(image.key);
      continue;
    }
    count += 1;
    size ??= image.size;
    const { frame } = image;
    if (frame === undefined || !Number.isSafeInteger(frame.index) || frame.index < 0) isByIndex = false;
    else if (sequence !== null && sequence !== frame.sequence) isByIndex = false;
    sequence ??= frame?.sequence ?? '';
    if (isByIndex && frame !== undefined) indexes.push(frame.index);
  }
  const sorted = Float64Array.from(indexes).sort();
  for (let at = 1; isByIndex && at < sorted.length; at += 1)
    if (sorted[at] === sorted[at - 1]) isByIndex = false;
  if (!isByIndex) {
    return {
      count,
      first: 0,
      last: Math.max(0, count - 1),
      size,
      leftOutImages,
      isByIndex,
      of: (_, position) => position,
      after: (number) => (number + 1 < count ? number + 1 : null),
    };
  }
  return {
    count,
    first: sorted[0] ?? 0,
    last: sorted.at(-1) ?? 0,
    size,
    leftOutImages,
    isByIndex,
    of: ({ frame }, position) => frame?.index ?? position,
    after: (number) => sorted[placeOf(sorted, number) + 1] ?? null,
  };
}

/** The place of a number that is there. */
function placeOf(sorted: Float64Array, number: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function isWritten({ key, state, frame }: DatasetImage): boolean {
  return state !== 'unlabelled' && isXmlText(key) && isXmlText(frame?.sequence ?? '');
}

function reportLeftOut({ key, state }: DatasetImage, tally: LossTally): void {
  if (state === 'unlabelled') {
    tally.add(
      'unlabelled-image-left-out',
      key,
      `${key} is not labelled yet; CVAT cannot say so, so it was left out.`,
    );
  } else {
    tally.add(
      'image-name-unusable',
      key,
      `The name of ${JSON.stringify(key)} or of its sequence cannot stand in XML; the image was left out.`,
    );
  }
}
