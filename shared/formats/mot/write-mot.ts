import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { NO_OPTIONS } from '../format-options';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import {
  isUnlabelled,
  isWritable,
  tallyDroppedImageAttributes,
  tallyDroppedParts,
  tallyRenamedLabels,
  tallyUnlabelled,
} from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { labelsText, lineName } from '../parts/sequences/labels-text';
import { seqinfoText } from '../parts/sequences/seqinfo';
import { picturePathAt, placeOf } from '../parts/sequences/sequence-place';
import { type PlacedImages, placedImages, seqinfoOf } from '../parts/sequences/sequence-stats';
import { createTrackNumbers, type TrackNumbers } from '../parts/sequences/track-numbers';
import { imagesFileLine, openImagesFile } from '../parts/sidecar/images-file';
import { writeLabelsFile, writtenNamesOf } from '../parts/sidecar/labels-file';
import { firstPixelToWrite } from './mot-options';

const TITLE = 'MOT';

/** Where a picture belongs: `[split/]<sequence>/img1/000001.jpg`. */
export function motPicturePath(image: DatasetImage): string {
  return picturePathAt(placeOf(image), 'img1');
}

/**
 * One folder a sequence, below a folder a split: `gt/gt.txt` with rows `frame,id,left,top,width,height,flag,class,
 * visibility`, `gt/labels.txt` with the names of the classes and `seqinfo.ini`. Frames and classes are counted from 1.
 */
export async function writeMot(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    const firstPixel = firstPixelToWrite(context?.options ?? NO_OPTIONS);
    return ok(await written(source, sink, firstPixel, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing MOT'));
  }
}

interface Writing {
  readonly sink: DatasetSink;
  readonly tally: LossTally;
  readonly firstPixel: 0 | 1;
  readonly names: ReadonlyMap<number, string>;
  readonly tracks: TrackNumbers;
  readonly placed: PlacedImages;
  /** Files of sequences whose last frame has not come; sequences may be mixed. */
  readonly open: Map<string, { readonly file: BufferedFile; missing: number }>;
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  firstPixel: 0 | 1,
  tally: LossTally,
): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const names = writtenNamesOf(labels, lineName);
  tallyRenamedLabels(tally, labels, names, TITLE);
  await writeLabelsFile(sink, labels, names);
  const placed = await placedImages(source);
  const notes = await writeSequenceFiles(sink, placed, labelsText(labels, names), firstPixel);
  const tracks = await createTrackNumbers(source, tally);
  const writing: Writing = { sink, tally, firstPixel, names, tracks, placed, open: new Map() };

  const imagesFile = await openImagesFile(sink);
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (isUnlabelled(image, ofImage)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    if (placed.clashes.has(image.key)) {
      tally.add(
        'label-file-clash',
        image.key,
        `${image.key} is the same frame of its sequence as another picture; it was left out. Give each its own frame or name.`,
      );
      leftOutImages.push(image.key);
      continue;
    }
    tallyDroppedImageAttributes(tally, image, TITLE);
    annotations += await writeFrame(writing, image, ofImage);
    await imagesFile.write(imagesFileLine(motPicturePath(image), image));
    images += 1;
  }
  await imagesFile.close();
  return { images, annotations, ...tally.report(), leftOutImages, notes };
}

async function writeSequenceFiles(
  sink: DatasetSink,
  { sequences }: PlacedImages,
  names: string,
  firstPixel: 0 | 1,
): Promise<readonly string[]> {
  let withoutRate = 0;
  for (const [folder, stats] of sequences) {
    // Only what differs from what readers take for granted is said.
    const info = seqinfoOf(folder, stats, firstPixel === 0 ? null : firstPixel);
    if (stats.framesPerSecond === null) withoutRate += 1;
    for (const [name, text] of [
      ['seqinfo.ini', seqinfoText(info)],
      ['gt/labels.txt', names],
    ] as const) {
      const file = await openBuffered(sink, `${folder}/${name}`);
      await file.write(text);
      await file.close();
    }
  }
  return withoutRate === 0
    ? []
    : [`The frame rate of ${withoutRate} sequences is not known; their seqinfo.ini says 30 frames a second.`];
}

async function writeFrame(
  { sink, tally, firstPixel, names, tracks, placed, open }: Writing,
  image: DatasetImage,
  ofImage: readonly DatasetAnnotation[],
): Promise<number> {
  const { folder, number } = placeOf(image);
  let sequence = open.get(folder);
  if (sequence === undefined) {
    sequence = {
      file: await openBuffered(sink, `${folder}/gt/gt.txt`),
      missing: placed.sequences.get(folder)?.images ?? 0,
    };
    open.set(folder, sequence);
  }
  let count = 0;
  for (const annotation of ofImage) {
    if (!isWritable(tally, annotation, TITLE, ({ shape }) => shape.type === 'box', names)) continue;
    tallyDroppedParts(tally, annotation, TITLE, ['isCrowd', 'score', 'groups', 'notes']);
    const id = tracks.numberOf(folder, annotation.trackId);
    const flushed = sequence.file.write(rowOf(annotation, number, id, firstPixel, tally));
    if (flushed !== undefined) await flushed;
    count += 1;
  }
  sequence.missing -= 1;
  if (sequence.missing === 0) {
    open.delete(folder);
    await sequence.file.close();
  }
  return count;
}

function rowOf(
  { imageKey, classIndex, shape, attributes, trackId, isKeyframe, isOutside }: DatasetAnnotation,
  frame: number,
  id: number,
  firstPixel: 0 | 1,
  tally: LossTally,
): string {
  if (shape.type !== 'box') return '';
  let flag = 1;
  let visibility = -1;
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'ignored' && typeof value === 'boolean') flag = value ? 0 : 1;
    else if (name === 'visibility' && typeof value === 'number') visibility = value;
    else {
      tally.add('attribute-dropped', imageKey, `MOT has no place for "${name}" of an object in ${imageKey}.`);
    }
  }
  if (isOutside === true) {
    [flag, visibility] = [0, 0];
    tally.add(
      'outside-flag-converted',
      imageKey,
      `The track ${trackId ?? ''} has left the picture in ${imageKey}; its row is marked as ignored and not visible.`,
    );
  }
  if (trackId !== undefined && isKeyframe === false) {
    tally.add(
      'keyframe-flag-dropped',
      imageKey,
      `The box of track ${trackId} in ${imageKey} is interpolated; MOT does not tell that from one set by hand.`,
    );
  }
  const numbers = [shape.x + firstPixel, shape.y + firstPixel, shape.width, shape.height];
  return `${frame},${id},${numbers.map(plain).join(',')},${flag},${classIndex + 1},${plain(visibility)}\n`;
}

/** Minus zero prints as 0. */
function plain(value: number): string {
  return `${value === 0 ? 0 : value}`;
}
