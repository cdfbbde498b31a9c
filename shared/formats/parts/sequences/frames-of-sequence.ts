import type { DatasetFolder, DatasetImage } from '../../format';
import { joinedPath, PROBED_EXTENSIONS } from '../picture-index';
import type { ProblemQueue } from '../problem-queue';
import type { KnownImage } from '../sidecar/images-file';
import type { Sequence } from './find-sequences';
import { numberName } from './sequence-place';

/** One frame of a sequence. */
export interface SequenceFrame {
  /** Counted from 1. */
  readonly number: number;
  readonly key: string;
  readonly picturePath: string | null;
  readonly known: KnownImage | null;
}

/**
 * The frames of a sequence in order: those that have a picture or rows or that our own writer named; where nothing of
 * the kind is at hand, as many as `seqinfo.ini` counts.
 *
 * @param numbers of frames that have rows.
 * @param keys of the whole dataset so far; a frame whose key is taken is reported and left out.
 */
export function framesOfSequence(
  sequence: Sequence,
  known: ReadonlyMap<number, KnownImage> | undefined,
  numbers: Iterable<number>,
  keys: Set<string>,
  problems: ProblemQueue,
): readonly SequenceFrame[] {
  const { folder, info, pictures, rowsPath } = sequence;
  const all = new Set<number>(numbers);
  for (const number of known?.keys() ?? pictures.keys()) all.add(number);
  const isCountAlone = known === undefined && pictures.size === 0;
  if (isCountAlone) for (let number = 1; number <= (info.frameCount ?? 0); number += 1) all.add(number);
  else if (known === undefined && info.frameCount !== null && info.frameCount > all.size) {
    problems.warning(
      'sequence-frames-missing',
      joinedPath(folder, 'seqinfo.ini'),
      `seqinfo.ini counts ${info.frameCount} frames of ${sequence.name}, and ${all.size} have a picture or objects; the others were left out.`,
    );
  }
  const frames: SequenceFrame[] = [];
  for (const number of [...all].sort((a, b) => a - b)) {
    const ours = known?.get(number) ?? null;
    const picturePath = pictures.get(number) ?? null;
    const place = `${joinedPath(folder, info.pictures)}/${numberName(number)}${info.extension}`;
    const key = ours?.key ?? picturePath ?? place;
    if (keys.has(key)) {
      problems.error('duplicate-image', rowsPath, `${key} is there twice; frame ${number} was left out.`);
      continue;
    }
    keys.add(key);
    frames.push({ number, key, picturePath, known: ours });
  }
  return frames;
}

/** The image of a frame; its size is what our own writer, `seqinfo.ini` or the picture says, in this order. */
export async function imageOfFrame(
  folder: DatasetFolder,
  sequence: Sequence,
  { number, key, picturePath, known }: SequenceFrame,
  state: DatasetImage['state'],
): Promise<DatasetImage> {
  const { info, name, split } = sequence;
  const index = number - 1;
  const frame =
    known === null
      ? {
          sequence: name,
          index,
          ...(info.framesPerSecond === null ? {} : { timestampInMs: (index * 1000) / info.framesPerSecond }),
        }
      : known.frame;
  const size = known?.size ?? info.size ?? (await sizeOfPicture(folder, sequence, number, picturePath));
  return { key, size, split, state, ...(frame === null ? {} : { frame }) };
}

async function sizeOfPicture(
  folder: DatasetFolder,
  { folder: place, info }: Sequence,
  number: number,
  picturePath: string | null,
) {
  if (picturePath !== null) return folder.imageSize(picturePath);
  for (const extension of new Set([info.extension, ...PROBED_EXTENSIONS.map((known) => `.${known}`)])) {
    const size = await folder.imageSize(
      `${joinedPath(place, info.pictures)}/${numberName(number)}${extension}`,
    );
    if (size !== null) return size;
  }
  return null;
}
