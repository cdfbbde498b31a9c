import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
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
import { joinedPath, withoutExtension } from '../parts/picture-index';
import { imagesFileLine, openImagesFile } from '../parts/sidecar/images-file';
import { writeLabelsFile, writtenNamesOf } from '../parts/sidecar/labels-file';
import { KITTI_COLUMNS } from './parse-kitti-line';

const TITLE = 'KITTI';

/** Line ends and other control characters can stand in no list of one name a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const HAS_CONTROL = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;

/** What separates columns here or in another reader's language. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const WHITE_SPACE = /[\s\u0000-\u001f\u007f\u0085]+/g;

/** Where a picture belongs: KITTI's readers look for what is tested on in `testing` and for all else in `training`. */
export function kittiPicturePath({ key, split }: DatasetImage): string {
  return `${joinedPath(rootOf(split), 'image_2')}/${key}`;
}

function rootOf(split: Split | null): string {
  if (split === null) return '';
  return split === 'test' ? 'testing' : 'training';
}

/**
 * One label file a picture, in `label_2`, and a list of ids a split in `ImageSets`. Pictures without a split lie in
 * `label_2` and `image_2` themselves. Boxes are written as they are: left, top, right, bottom in px counted from 0.
 */
export async function writeKitti(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing KITTI'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const names = writtenNamesOf(labels, (name) => name.replace(WHITE_SPACE, '_'));
  tallyRenamedLabels(tally, labels, names, TITLE);
  await writeLabelsFile(sink, labels, names);

  const lists = new Map<Split, BufferedFile>();
  const imagesFile = await openImagesFile(sink);
  const labelPaths = new Set<string>();
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    const { key, split } = image;
    if (isUnlabelled(image, ofImage)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    const id = withoutExtension(key);
    const labelPath = `${joinedPath(rootOf(split), 'label_2')}/${id}.txt`;
    if (!hasPlace(image, labelPath, labelPaths, tally)) {
      leftOutImages.push(key);
      continue;
    }
    labelPaths.add(labelPath);
    tallyDroppedImageAttributes(tally, image, TITLE);
    const file = await openBuffered(sink, labelPath);
    for (const annotation of ofImage) {
      if (!isWritable(tally, annotation, TITLE, ({ shape }) => shape.type === 'box', names)) continue;
      tallyDroppedParts(tally, annotation, TITLE, ['isCrowd', 'groups', 'tracks', 'notes']);
      const flushed = file.write(lineOf(annotation, names.get(annotation.classIndex) ?? '', tally));
      if (flushed !== undefined) await flushed;
      annotations += 1;
    }
    await file.close();
    await imagesFile.write(imagesFileLine(kittiPicturePath(image), image));
    if (split !== null) {
      let list = lists.get(split);
      if (list === undefined) {
        list = await openBuffered(sink, `ImageSets/${split}.txt`);
        lists.set(split, list);
      }
      await list.write(`${id}\n`);
    }
    images += 1;
  }
  await imagesFile.close();
  for (const list of lists.values()) await list.close();
  return { images, annotations, ...tally.report(), leftOutImages };
}

function hasPlace(
  { key }: DatasetImage,
  labelPath: string,
  labelPaths: ReadonlySet<string>,
  tally: LossTally,
): boolean {
  if (HAS_CONTROL.test(key)) {
    tally.add(
      'image-name-unusable',
      key,
      `${JSON.stringify(key)} cannot stand in a list of one name a line; the image was left out.`,
    );
    return false;
  }
  if (labelPaths.has(labelPath)) {
    tally.add(
      'label-file-clash',
      key,
      `${key} would share ${labelPath} with another picture of the same name and another extension; it was left out. Rename one of them.`,
    );
    return false;
  }
  return true;
}

function lineOf(
  { imageKey, shape, attributes, score }: DatasetAnnotation,
  name: string,
  tally: LossTally,
): string {
  if (shape.type !== 'box') return '';
  const box = [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height];
  const used = new Set<string>();
  const columns = KITTI_COLUMNS.map(({ attribute, filler }, column) => {
    if (attribute === null) return box[column - 3] ?? 0;
    const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (value === undefined || typeof value === 'string') return filler;
    used.add(attribute);
    if (typeof value === 'number') return value;
    // KITTI has levels where we have yes and no: 1 is "partly occluded", and a share of 1 "truncated as a whole".
    tally.add(
      'attribute-converted',
      imageKey,
      `"${attribute}" is ${value} for an object in ${imageKey}; KITTI has numbers there, ${value ? 1 : 0} was written.`,
    );
    return value ? 1 : 0;
  });
  let last = score;
  if (last === null && Object.hasOwn(attributes, 'score') && typeof attributes.score === 'number') {
    last = attributes.score;
    used.add('score');
  }
  for (const attribute of Object.keys(attributes)) {
    if (used.has(attribute)) continue;
    tally.add(
      'attribute-dropped',
      imageKey,
      `KITTI has no place for "${attribute}" of an object in ${imageKey}.`,
    );
  }
  return `${name} ${columns.map(plain).join(' ')}${last === null ? '' : ` ${plain(last)}`}\n`;
}

/** Minus zero prints as 0. */
function plain(value: number): string {
  return `${value === 0 ? 0 : value}`;
}
