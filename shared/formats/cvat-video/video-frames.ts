import type { Size } from '../../geometry/rect';
import { SPLITS, type Split } from '../../schema/dataset-version';
import type { DatasetFrame } from '../format';
import type { CvatTask } from '../parts/cvat/cvat-meta';
import { sizeFrom } from '../parts/cvat/cvat-meta';
import { keyFromFileName } from '../parts/dataset-key';
import { folderOf, isPicturePath, joinedPath, nameOf } from '../parts/picture-index';
import { splitFromName } from '../parts/split-name';
import { decimalOf, ownCopy, type XmlElement } from '../parts/xml/xml-element';

/** A frame of a video, by the number that shapes of tracks name. */
export interface VideoFrame {
  readonly number: number;
  readonly key: string;
  /** Null where it must be asked of the picture. */
  readonly size: Size | null;
  readonly picturePath: string | null;
  readonly split: Split | null;
  readonly frame: DatasetFrame | null;
  readonly isConfirmedEmpty: boolean;
}

/** Beyond this a frame number is damage: a day of video at 25 frames a second has two million. */
export const MAX_FRAMES = 3_000_000;

/** What a `<frame>` of ours says; null when it is none. */
export function framePlaceOf(element: XmlElement): VideoFrame | null {
  const { attributes } = element;
  const number = decimalOf(attributes.get('number') ?? '');
  const key = keyFromFileName(attributes.get('name') ?? '');
  if (number === null || !Number.isInteger(number) || number < 0 || key === null) return null;
  const sequence = attributes.get('sequence');
  const index = decimalOf(attributes.get('index') ?? '');
  const timestamp = decimalOf(attributes.get('timestamp') ?? '');
  const split = attributes.get('split');
  return {
    number,
    key: ownCopy(key.key),
    size: sizeFrom(decimalOf(attributes.get('width') ?? ''), decimalOf(attributes.get('height') ?? '')),
    picturePath: null,
    split: SPLITS.find((name) => name === split) ?? null,
    frame:
      sequence === undefined || index === null
        ? null
        : {
            sequence: ownCopy(sequence),
            index,
            ...(timestamp === null ? {} : { timestampInMs: timestamp }),
          },
    isConfirmedEmpty: attributes.get('empty') === 'confirmed',
  };
}

/** One task of a file and the frames that its tracks name. */
export interface VideoPart {
  readonly task: CvatTask | null;
  readonly usedFrames: ReadonlySet<number>;
}

/**
 * The frames of a task of CVAT, whose files know numbers alone: all that the meta says the task holds, else those that
 * tracks name. Pictures are found by CVAT's names (`frame_000010.png`), or by their order where there are as many as
 * frames; without pictures the frames are called as CVAT would.
 *
 * @param prefix '' when the dataset is a single sequence, else the folder that its frames are called by.
 */
export function framesOfTask(
  { task, usedFrames }: VideoPart,
  pictures: FramePictures,
  sequence: string,
  prefix: string,
  path: string,
): { readonly frames: readonly VideoFrame[]; readonly isByOrder: boolean } {
  const numbers = new Set(usedFrames);
  const range = task?.frames ?? null;
  if (range !== null && (range.stop - range.start) / range.step < MAX_FRAMES) {
    for (let number = range.start; number <= range.stop; number += range.step) numbers.add(number);
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  const isByOrder = pictures.byNumber.size === 0 && pictures.inOrder.length === sorted.length;
  const split = splitFromName(task?.subset ?? '') ?? splitFromName(nameOf(path));
  const frames = sorted.map((number, position): VideoFrame => {
    const picturePath = isByOrder
      ? (pictures.inOrder[position] ?? null)
      : (pictures.byNumber.get(number) ?? null);
    const name = `frame_${String(number).padStart(6, '0')}${pictures.extension}`;
    return {
      number,
      key: picturePath === null ? joinedPath(prefix, name) : pictures.keyOf(picturePath),
      size: task?.originalSize ?? null,
      picturePath,
      split,
      frame: { sequence, index: number },
      isConfirmedEmpty: false,
    };
  });
  return { frames, isByOrder: isByOrder && sorted.length > 0 };
}

/** Pictures that may be the frames of a file. */
export interface FramePictures {
  readonly byNumber: ReadonlyMap<number, string>;
  /** All of them in code-unit order, when none has a name of CVAT's. */
  readonly inOrder: readonly string[];
  readonly extension: string;
  keyOf(path: string): string;
}

const FRAME_NAME = /^frame_(\d{1,12})\.[a-z]+$/i;

/** @param subset the folder below `images` in which CVAT puts the pictures of a task of a project. */
export function framePictures(paths: readonly string[], path: string, subset: string): FramePictures {
  const images = joinedPath(folderOf(path), 'images');
  const own = (folder: string) =>
    paths.filter((candidate) => isPicturePath(candidate) && candidate.startsWith(`${folder}/`));
  const below = subset === '' ? [] : own(joinedPath(images, subset));
  const inImages = own(images);
  const beside = paths.filter(
    (candidate) => isPicturePath(candidate) && folderOf(candidate) === folderOf(path),
  );
  const found = below.length > 0 ? below : inImages.length > 0 ? inImages : beside;
  const root = found === beside ? folderOf(path) : images;
  const byNumber = new Map<number, string>();
  for (const candidate of found) {
    const number = FRAME_NAME.exec(nameOf(candidate))?.[1];
    if (number !== undefined && !byNumber.has(Number(number))) byNumber.set(Number(number), candidate);
  }
  const [first] = byNumber.size > 0 ? byNumber.values() : found;
  const dot = first === undefined ? -1 : first.lastIndexOf('.');
  return {
    byNumber,
    inOrder: byNumber.size > 0 ? [] : found,
    extension: first === undefined || dot < 0 ? '.png' : first.slice(dot),
    keyOf: (candidate) => (root === '' ? candidate : candidate.slice(root.length + 1)),
  };
}
