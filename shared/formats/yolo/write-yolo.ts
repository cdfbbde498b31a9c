import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { DatasetImage, DatasetLabel, DatasetSink, DatasetSource, WriteReport } from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { SIZES_FILE, SIZES_HEADER, sizeLine } from './image-sizes';
import { labelPathOf } from './label-path';
import { normalisedBox } from './normalised-box';

type ListName = 'train' | 'val' | 'test' | 'all';

/** What ends a line or a column for some reader of lists: Python's splitlines knows more ends than \n. */
const ENDS_A_LINE = /[\p{Cc}\u2028\u2029]/u;

/** Read by neither Ultralytics nor Datumaro as a picture. */
const UNREAD_BY_TRAINERS = /\.gif$/i;

/** Beyond this a hole-filled list of names is a mistake, not a label schema. */
const MAX_NAMES = 100_001;

/**
 * Ultralytics detection: `data.yaml`, one list of pictures a split, and `labels/<key>.txt` for pictures that belong at
 * `images/<key>`. A confirmed-empty picture gets an empty file, an unlabelled one none at all and no line in a list, since
 * trainers take both for background.
 */
export async function writeYolo(source: DatasetSource, sink: DatasetSink): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing YOLO'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink): Promise<WriteReport> {
  const tally = createLossTally();
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const classes = new Set(labels.map((label) => label.classIndex));
  for (const label of labels) {
    if (label.supercategory !== null)
      tally.add(
        'supercategory-dropped',
        'data.yaml',
        `YOLO has no place for the supercategory of ${label.name}.`,
      );
  }

  const lists = new Map<ListName, BufferedFile>();
  const hasSplits = await anySplit(source);
  const sizes = await openBuffered(sink, SIZES_FILE);
  await sizes.write(`${SIZES_HEADER}\n`);
  const labelPaths = new Set<string>();
  const leftOutImages: string[] = [];
  let gifs = 0;
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    const labelPath = labelPathOf(`images/${image.key}`);
    if (!isWritable(image, ofImage.length, labelPath, labelPaths, tally)) {
      if (image.state !== 'unlabelled') leftOutImages.push(image.key);
      continue;
    }
    if (UNREAD_BY_TRAINERS.test(image.key)) gifs += 1;
    labelPaths.add(labelPath);
    const list: ListName = hasSplits ? (image.split ?? 'train') : 'all';
    if (hasSplits && image.split === null) {
      tally.add(
        'split-missing',
        image.key,
        `${image.key} has no split; it was put in train, because the other images have one.`,
      );
    }
    const lines: string[] = [];
    for (const annotation of ofImage) {
      const { shape, classIndex, attributes, isCrowd, score } = annotation;
      if (shape.type !== 'box') {
        tally.add(
          'unsupported-shape',
          image.key,
          `A ${shape.type} in ${image.key} was left out: YOLO detection holds boxes only.`,
        );
        continue;
      }
      if (!classes.has(classIndex)) {
        tally.add(
          'unknown-class',
          image.key,
          `An annotation in ${image.key} has class ${classIndex}, which the label list does not name; it was left out.`,
        );
        continue;
      }
      // isWritable refused boxes without a size; this keeps the type honest.
      const box = image.size === null ? null : normalisedBox(shape, image.size);
      if (image.size === null || box === null) {
        tally.add(
          'box-outside-image',
          image.key,
          `A box in ${image.key} lies outside the picture or is thinner than YOLO can say; it was left out.`,
        );
        continue;
      }
      if (leaves(shape, image.size)) {
        tally.add(
          'box-clipped',
          image.key,
          `A box in ${image.key} leaves the picture; it was cut at the edge.`,
        );
      }
      for (const name in attributes)
        tally.add(
          'attribute-dropped',
          image.key,
          `The attribute "${name}" in ${image.key} was left out: YOLO has no attributes.`,
        );
      if (isCrowd)
        tally.add(
          'crowd-flag-dropped',
          image.key,
          `A crowd region in ${image.key} was written as an ordinary box: YOLO has no such flag.`,
        );
      if (score !== null)
        tally.add(
          'score-dropped',
          image.key,
          `The score of a box in ${image.key} was left out: labels for training have none.`,
        );
      lines.push(`${classIndex} ${box}\n`);
    }
    const file = await sink.open(labelPath);
    if (lines.length > 0) await file.write(lines.join(''));
    await file.close();
    let listFile = lists.get(list);
    if (listFile === undefined) {
      listFile = await openBuffered(sink, `${list}.txt`);
      lists.set(list, listFile);
    }
    await listFile.write(`./images/${image.key}\n`);
    if (image.size !== null) await sizes.write(sizeLine(image.key, image.size));
    images += 1;
    annotations += lines.length;
  }
  if (lists.size === 0) lists.set('all', await openBuffered(sink, 'all.txt'));
  await sizes.close();
  for (const file of lists.values()) await file.close();
  const notes = [...(await writeYaml(sink, labels, new Set(lists.keys())))];
  if (gifs > 0) {
    notes.push(`${gifs} pictures are GIF, which Ultralytics does not read: it will pass over them.`);
  }
  return { images, annotations, ...tally.report(), notes, leftOutImages };
}

async function anySplit(source: DatasetSource): Promise<boolean> {
  for await (const image of source.images())
    if (image.split !== null && image.state !== 'unlabelled') return true;
  return false;
}

function isWritable(
  image: DatasetImage,
  annotationCount: number,
  labelPath: string,
  labelPaths: ReadonlySet<string>,
  tally: LossTally,
): boolean {
  if (image.state === 'unlabelled') {
    tally.add(
      'unlabelled-image-left-out',
      image.key,
      `${image.key} is not labelled yet; a trainer would take it for empty, so it was left out.`,
    );
    return false;
  }
  if (ENDS_A_LINE.test(image.key)) {
    tally.add(
      'image-name-unusable',
      image.key,
      `${JSON.stringify(image.key)} cannot stand in a list of one name a line; the image was left out.`,
    );
    return false;
  }
  if (labelPaths.has(labelPath)) {
    tally.add(
      'label-file-clash',
      image.key,
      `${image.key} would share ${labelPath} with another picture of the same name and another extension; it was left out. Rename one of them.`,
    );
    return false;
  }
  if (image.size === null && annotationCount > 0) {
    tally.add(
      'image-size-unknown',
      image.key,
      `The size of ${image.key} is not known, and YOLO gives fractions of it; the image and its ${annotationCount} annotations were left out.`,
    );
    return false;
  }
  return true;
}

function leaves(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  size: { readonly width: number; readonly height: number },
): boolean {
  // The sums of clamped boxes may pass the edge by a rounding of the last bit; that is no clipping.
  const slack = 1e-9 * (size.width + size.height);
  return (
    box.x < -slack ||
    box.y < -slack ||
    box.x + box.width > size.width + slack ||
    box.y + box.height > size.height + slack
  );
}

async function writeYaml(
  sink: DatasetSink,
  labels: readonly DatasetLabel[],
  lists: ReadonlySet<ListName>,
): Promise<readonly string[]> {
  const nameByIndex = new Map(labels.map((label) => [label.classIndex, label.name]));
  const count = Math.min(Math.max(-1, ...nameByIndex.keys()) + 1, MAX_NAMES);
  const train = lists.has('train') ? 'train' : lists.has('all') ? 'all' : lists.has('val') ? 'val' : 'test';
  const val = lists.has('val') ? 'val' : lists.has('test') ? 'test' : train;
  const notes: string[] = [];
  if (!lists.has('val')) {
    notes.push(
      `There is no validation split and Ultralytics needs one: "val" in data.yaml points to ${val}.txt.`,
    );
  }
  if (!lists.has('train') && !lists.has('all')) {
    notes.push(
      `There is no training split and Ultralytics needs one: "train" in data.yaml points to ${train}.txt.`,
    );
  }
  const file = await openBuffered(sink, 'data.yaml');
  await file.write(
    [
      '# Written by Groundmark. Boxes are fractions of the picture as displayed (EXIF orientation applied);',
      `# the sizes they refer to are in ${SIZES_FILE}. Pictures belong in images/, below this file.`,
      // No "path": Ultralytics takes a relative one from where it was started, and without one from this file.

      `train: ${train}.txt`,
      `val: ${val}.txt`,
      ...(lists.has('test') ? ['test: test.txt'] : []),
      '',
      '# Class numbers are permanent; numbers that no class has are filled, because names must be gapless.',
      'names:',
      '',
    ].join('\n'),
  );
  let holes = 0;
  for (let index = 0; index < count; index += 1) {
    const name = nameByIndex.get(index);
    if (name === undefined) holes += 1;
    await file.write(`  ${index}: ${JSON.stringify(name ?? `unused-${index}`)}\n`);
  }
  await file.close();
  if (holes > 0) {
    notes.push(`${holes} class numbers belong to no label; they are called unused-<number> in data.yaml.`);
  }
  return notes;
}
