import { turnedCorners } from '../../geometry/turned-frame';
import { leastTurnedRect } from '../../geometry/turned-rect';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { PolygonShape, Vertex } from '../../schema/shapes';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { openBuffered } from '../parts/buffered-file';
import {
  isUnlabelled,
  isWritable,
  tallyDroppedParts,
  tallyRenamedLabels,
  tallyUnlabelled,
} from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { joinedPath, withoutExtension } from '../parts/picture-index';
import { imagesFileLine, openImagesFile } from '../parts/sidecar/images-file';
import { writeLabelsFile, writtenNamesOf } from '../parts/sidecar/labels-file';
import { parseDotaLine } from './parse-dota-line';

const TITLE = 'DOTA';

/** Columns end at white space, and some readers take more for it than others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const WHITE_SPACE = /[\s\u0000-\u001f\u007f\u0085]+/g;

const HEADERS = ['imagesource', 'gsd'] as const;

export function dotaPicturePath({ key, split }: DatasetImage): string {
  return `${joinedPath(split ?? '', 'images')}/${key}`;
}

/**
 * One label file a picture, in `labelTxt`, one such folder a split; pictures without a split lie in `images` itself. The
 * header lines are written where the picture has their values.
 */
export async function writeDota(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing DOTA'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const names = writtenNamesOf(labels, wordOf);
  tallyRenamedLabels(tally, labels, names, TITLE);
  await writeLabelsFile(sink, labels, names);

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
    const labelPath = `${joinedPath(split ?? '', 'labelTxt')}/${withoutExtension(key)}.txt`;
    if (labelPaths.has(labelPath)) {
      tallyClash(tally, key, labelPath, ofImage);
      leftOutImages.push(key);
      continue;
    }
    labelPaths.add(labelPath);
    const file = await openBuffered(sink, labelPath);
    await file.write(headerOf(image, tally));
    for (const annotation of ofImage) {
      if (!isWritable(tally, annotation, TITLE, isHeld, names)) continue;
      const flushed = file.write(lineOf(annotation, names.get(annotation.classIndex) ?? '', tally));
      if (flushed !== undefined) await flushed;
      annotations += 1;
    }
    await file.close();
    await imagesFile.write(imagesFileLine(dotaPicturePath(image), image));
    images += 1;
  }
  await imagesFile.close();
  return { images, annotations, ...tally.report(), leftOutImages };
}

/** A name as one column that is no number, so that no reader takes it for a coordinate or a difficulty. */
function wordOf(name: string): string {
  const word = name.replace(WHITE_SPACE, '-');
  return /^[\d.]+$/.test(word) ? `class-${word}` : word;
}

function tallyClash(
  tally: LossTally,
  key: string,
  labelPath: string,
  annotations: readonly DatasetAnnotation[],
): void {
  tally.add(
    'label-file-clash',
    key,
    `${key} would share ${labelPath} with another picture of the same name and another extension; it was left out. Rename one of them.`,
  );
  for (const { classIndex } of annotations) {
    tally.add(
      'annotation-left-out',
      key,
      `An annotation of class ${classIndex} lies in ${key}, which was left out.`,
    );
  }
}

function headerOf({ key, attributes = {} }: DatasetImage, tally: LossTally): string {
  let header = '';
  for (const name of HEADERS) {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (value === undefined) continue;
    const text = String(value).replace(WHITE_SPACE, ' ').trim();
    if (text !== '') header += `${name}:${text}\n`;
  }
  for (const name in attributes) {
    if ((HEADERS as readonly string[]).includes(name)) continue;
    tally.add('image-attribute-dropped', key, `${TITLE} has no place for "${name}" of the picture ${key}.`);
  }
  return header;
}

function isHeld({ shape }: DatasetAnnotation): boolean {
  return shape.type === 'rotated-box' || shape.type === 'polygon';
}

function lineOf(annotation: DatasetAnnotation, name: string, tally: LossTally): string {
  const { imageKey, attributes } = annotation;
  for (const attribute in attributes) {
    if (attribute === 'difficult' && typeof attributes[attribute] === 'boolean') continue;
    tally.add(
      'attribute-dropped',
      imageKey,
      `The attribute "${attribute}" in ${imageKey} was left out: ${TITLE} has difficult alone.`,
    );
  }
  tallyDroppedParts(tally, annotation, TITLE, ['isCrowd', 'score', 'groups', 'tracks', 'notes']);
  const corners = cornersOf(annotation, tally).map(({ x, y }) => `${decimal(x)} ${decimal(y)}`);
  const line = `${corners.join(' ')} ${name} ${attributes.difficult === true ? 1 : 0}\n`;
  tallyReadAsBox(annotation, line, tally);
  return line;
}

function cornersOf({ shape, imageKey }: DatasetAnnotation, tally: LossTally): readonly Vertex[] {
  if (shape.type === 'rotated-box') return turnedCorners(shape, shape.width, shape.height);
  if (shape.type !== 'polygon') return [];
  const [only, ...others] = shape.parts;
  if (only?.exterior.length === 4 && only.holes.length === 0 && others.length === 0) return only.exterior;
  tally.add(
    'shape-converted',
    imageKey,
    `A polygon in ${imageKey} does not have four corners; the smallest turned box around it was written.`,
  );
  return boxAround(shape);
}

function boxAround({ parts }: PolygonShape): readonly Vertex[] {
  const around = leastTurnedRect(parts.flatMap((part) => part.exterior));
  return around === null ? [] : turnedCorners(around, around.width, around.height);
}

function tallyReadAsBox({ shape, imageKey }: DatasetAnnotation, line: string, tally: LossTally): void {
  if (shape.type !== 'polygon' || shape.parts[0]?.exterior.length !== 4) return;
  const again = parseDotaLine(line.trim());
  if ('shape' in again && again.shape.type === 'rotated-box')
    tally.add(
      'shape-converted',
      imageKey,
      `A polygon in ${imageKey} is a rectangle, which every reader of ${TITLE} takes for a turned box.`,
    );
}

/** Six decimals: a millionth of a pixel, never with an exponent, never as minus zero. */
function decimal(value: number): string {
  const text = value.toFixed(6);
  return text === '-0.000000' ? '0.000000' : text;
}
