import type { Size } from '../../../geometry/rect';
import type { DatasetImage, DatasetSource } from '../../format';
import { isUnlabelled } from '../dropped-parts';
import { nameOf } from '../picture-index';
import { NO_SEQINFO, type Seqinfo } from './seqinfo';
import { placeOf, type SequencePlace } from './sequence-place';

/** What a writer must know of a sequence before its first frame. */
export interface SequenceStats {
  images: number;
  lastNumber: number;
  size: Size | null;
  extension: string;
  framesPerSecond: number | null;
  first: { readonly index: number; readonly time: number } | null;
}

/** Where the images of a dataset go, and which of them cannot be written because their place is taken. */
export interface PlacedImages {
  /** In order of first appearance. */
  readonly sequences: ReadonlyMap<string, SequenceStats>;
  /** Images, by key, whose frame another image has. */
  readonly clashes: ReadonlySet<string>;
}

/** One pass over the images that are labelled or confirmed to be empty. Memory follows the number of images. */
export async function placedImages(source: DatasetSource): Promise<PlacedImages> {
  const sequences = new Map<string, SequenceStats>();
  const clashes = new Set<string>();
  const taken = new Set<string>();
  for await (const { image, annotations } of source.annotationsByImage()) {
    if (isUnlabelled(image, annotations)) continue;
    const place = placeOf(image);
    const id = `${place.folder}/${place.number}`;
    if (taken.has(id)) {
      clashes.add(image.key);
      continue;
    }
    taken.add(id);
    addTo(sequences, place, image);
  }
  return { sequences, clashes };
}

function addTo(
  sequences: Map<string, SequenceStats>,
  { folder, number, extension }: SequencePlace,
  { size, frame }: DatasetImage,
): void {
  let stats = sequences.get(folder);
  if (stats === undefined) {
    stats = { images: 0, lastNumber: 0, size, extension, framesPerSecond: null, first: null };
    sequences.set(folder, stats);
  }
  stats.images += 1;
  stats.lastNumber = Math.max(stats.lastNumber, number);
  if (frame?.timestampInMs === undefined) return;
  const { first } = stats;
  if (first === null) stats.first = { index: frame.index, time: frame.timestampInMs };
  else if (stats.framesPerSecond === null && frame.index !== first.index) {
    const rate = ((frame.index - first.index) * 1000) / (frame.timestampInMs - first.time);
    if (rate > 0 && Number.isFinite(rate)) stats.framesPerSecond = rate;
  }
}

/** What is written where pictures carry no times: a usual rate of cameras. */
const USUAL_FRAMES_PER_SECOND = 30;

/**
 * What `seqinfo.ini` says of a sequence. Readers count its lines, take its rate for a whole number and hold its name
 * against the folder's, so every line is there and both are so.
 */
export function seqinfoOf(folder: string, stats: SequenceStats, firstPixel: 0 | 1 | null): Seqinfo {
  return {
    ...NO_SEQINFO,
    name: nameOf(folder),
    framesPerSecond: Math.max(1, Math.round(stats.framesPerSecond ?? USUAL_FRAMES_PER_SECOND)),
    frameCount: stats.lastNumber,
    size: stats.size,
    extension: stats.extension === '' ? NO_SEQINFO.extension : stats.extension,
    firstPixel,
  };
}
