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
import { isUnlabelled, tallyDroppedImageAttributes, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { withoutExtension } from '../parts/picture-index';
import { SIZES_FILE, SIZES_HEADER, sizeLine } from './image-sizes';
import { labelPathOf } from './label-path';
import type { LinePlan } from './line-plan';
import { linesOfImage } from './lines-of-image';
import { type Survey, surveyed } from './survey-source';
import {
  darknetFolder,
  darknetListFile,
  type ListName,
  writeDarknetConfig,
  writeDataYaml,
} from './write-config';
import { isDarknet, namedTask, WRITE_TASK } from './yolo-options';

/** What ends a line or a column for some reader of lists: Python's splitlines knows more ends than \n. */
const ENDS_A_LINE = /[\p{Cc}\u2028\u2029]/u;

/** Read by neither Ultralytics nor Datumaro as a picture. */
const UNREAD_BY_TRAINERS = /\.gif$/i;

/**
 * Ultralytics: `data.yaml`, one list of pictures a split, and `labels/<key>.txt` for pictures that belong at
 * `images/<key>`; Darknet: `obj.names`, `obj.data` and labels beside the pictures. A confirmed-empty picture gets an empty
 * file, an unlabelled one none at all and no line in a list, since trainers take both for background.
 */
export async function writeYolo(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing YOLO'));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
): Promise<WriteReport> {
  const { options = NO_OPTIONS } = context ?? {};
  const tally = createLossTally(context?.onLoss);
  const isInDarknet = isDarknet(options);
  const asked = namedTask(WRITE_TASK, options);
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  tallyLabels(labels, tally);
  const survey = await surveyed(source, labels, asked);
  const plan: LinePlan = {
    task: survey.task,
    takesAll: asked === null,
    // Trainers take no mixture of boxes and outlines.
    hasBoxOutlines:
      asked === null && (survey.task === 'segment' || survey.task === 'obb') && survey.counts.has('box'),
    classes: new Map(labels.map((label) => [label.classIndex, label])),
    jointsOfClass: survey.jointsOfClass,
    jointCount: Math.max(1, ...[...survey.jointsOfClass.values()].map((names) => names.length)),
  };

  const lists = new Map<ListName, BufferedFile>();
  const sizes = await openBuffered(sink, SIZES_FILE);
  await sizes.write(`${SIZES_HEADER}\n`);
  const labelPaths = new Set<string>();
  const leftOutImages: string[] = [];
  let gifs = 0;
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    const picture = isInDarknet ? `${darknetFolder(image.split)}/${image.key}` : `images/${image.key}`;
    const labelPath = isInDarknet ? `${withoutExtension(picture)}.txt` : labelPathOf(picture);
    if (!isWritable(image, ofImage, labelPath, labelPaths, tally)) {
      if (!isUnlabelled(image, ofImage)) leftOutImages.push(image.key);
      continue;
    }
    if (UNREAD_BY_TRAINERS.test(image.key)) gifs += 1;
    labelPaths.add(labelPath);
    tallyImage(image, survey, tally);
    // Without a size there are no annotations: isWritable saw to that.
    const lines = image.size === null ? [] : linesOfImage(image.key, image.size, ofImage, plan, tally);
    const file = await sink.open(labelPath);
    if (lines.length > 0) await file.write(lines.join(''));
    await file.close();
    const list: ListName = survey.hasSplits ? (image.split ?? 'train') : 'all';
    let listFile = lists.get(list);
    if (listFile === undefined) {
      listFile = await openBuffered(sink, isInDarknet ? darknetListFile(list) : `${list}.txt`);
      lists.set(list, listFile);
    }
    const listing = listFile.write(isInDarknet ? `data/${picture}\n` : `./${picture}\n`);
    if (listing !== undefined) await listing;
    const sizing = sizes.write(sizeLine(image.key, image.size, survey.hasSplits && image.split === null));
    if (sizing !== undefined) await sizing;
    images += 1;
    annotations += lines.length;
  }
  if (lists.size === 0)
    lists.set('all', await openBuffered(sink, isInDarknet ? darknetListFile('all') : 'all.txt'));
  await sizes.close();
  for (const file of lists.values()) await file.close();
  const names = new Set(lists.keys());
  const notes = [
    ...taskNotes(survey, asked !== null),
    ...(isInDarknet
      ? await writeDarknetConfig(sink, labels, names, tally)
      : await writeDataYaml(sink, labels, names, plan, survey)),
  ];
  if (gifs > 0) {
    notes.push(`${gifs} pictures are GIF, which Ultralytics does not read: it will pass over them.`);
  }
  return { images, annotations, ...tally.report(), notes, leftOutImages };
}

function taskNotes({ task, counts }: Survey, isAsked: boolean): readonly string[] {
  if (isAsked) return [];
  const shapes = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => `${count} ${type}`);
  return [
    `The task is ${task}, by the shapes of the dataset (${shapes.length === 0 ? 'none' : shapes.join(', ')}). Choose a task to have it otherwise.`,
  ];
}

function tallyLabels(labels: readonly DatasetLabel[], tally: LossTally): void {
  for (const { name, supercategory } of labels) {
    if (supercategory === null) continue;
    tally.add('supercategory-dropped', 'data.yaml', `YOLO has no place for the supercategory of ${name}.`);
  }
}

function tallyImage(image: DatasetImage, { hasSplits }: Survey, tally: LossTally): void {
  const { key } = image;
  if (hasSplits && image.split === null) {
    tally.add(
      'split-missing',
      key,
      `${key} has no split; it was put in train, because the other images have one.`,
    );
  }
  if (image.attributes !== undefined) tallyDroppedImageAttributes(tally, image, 'YOLO');
  if (image.frame !== undefined)
    tally.add('frame-dropped', key, `YOLO has no place for where ${key} stands in a sequence.`);
}

function isWritable(
  image: DatasetImage,
  annotations: readonly DatasetAnnotation[],
  labelPath: string,
  labelPaths: ReadonlySet<string>,
  tally: LossTally,
): boolean {
  const { key } = image;
  if (isUnlabelled(image, annotations)) {
    tallyUnlabelled(tally, image, annotations, 'a trainer');
    return false;
  }
  if (ENDS_A_LINE.test(key)) {
    tally.add(
      'image-name-unusable',
      key,
      `${JSON.stringify(key)} cannot stand in a list of one name a line; the image was left out.`,
    );
  } else if (labelPaths.has(labelPath)) {
    tally.add(
      'label-file-clash',
      key,
      `${key} would share ${labelPath} with another picture of the same name and another extension; it was left out. Rename one of them.`,
    );
  } else if (image.size === null && annotations.length > 0) {
    tally.add(
      'image-size-unknown',
      key,
      `The size of ${key} is not known, and YOLO gives fractions of it; the image and its ${annotations.length} annotations were left out.`,
    );
  } else {
    return true;
  }
  for (const { classIndex } of annotations) {
    tally.add(
      'annotation-left-out',
      key,
      `An annotation of class ${classIndex} lies in ${key}, which was left out.`,
    );
  }
  return false;
}
