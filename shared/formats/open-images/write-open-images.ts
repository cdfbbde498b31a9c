import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
import { behaviourOf } from '../../shapes';
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
import { isMaskInside } from '../parts/coco-rle';
import { csvLine } from '../parts/csv/csv-line';
import { isUnlabelled, isWritable, tallyDroppedParts, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { withoutExtension } from '../parts/picture-index';
import { encodeBinaryMask } from '../parts/png/binary-mask';
import { imagesFileLine, openImagesFile } from '../parts/sidecar/images-file';
import { writeLabelsFile, writtenNamesOf } from '../parts/sidecar/labels-file';
import { folderOfSplit } from './image-list';
import {
  BOX_HEADER,
  boxCells,
  type HeldShape,
  IMAGE_HEADER,
  imageCells,
  LABEL_HEADER,
  labelCells,
  MASK_HEADER,
} from './rows';

const TITLE = 'Open Images';

const HELD = new Set(['box', 'tag', 'mask']);

/** Where a picture belongs: `images/<split>/<key>`. */
export function openImagesPicturePath({ key, split }: DatasetImage): string {
  return `images/${split === null ? '' : `${folderOfSplit(split)}/`}${key}`;
}

/**
 * The tables of version 6, one of each kind a split that has such annotations, in `annotations/`; masks as PNG in
 * `masks/<split>/`. An image's id is its key without the extension. Fractions are written in full.
 */
export async function writeOpenImages(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing Open Images'));
  }
}

/** Opens each table when its first row comes. */
class OutputTables {
  readonly #sink: DatasetSink;
  readonly #files = new Map<string, BufferedFile>();

  constructor(sink: DatasetSink) {
    this.#sink = sink;
  }

  async add(
    split: Split | null,
    name: string,
    header: readonly string[],
    cells: readonly (string | number)[],
  ): Promise<void> {
    const path = `annotations/${split === null ? '' : `${folderOfSplit(split)}-`}${name}.csv`;
    let file = this.#files.get(path);
    if (file === undefined) {
      file = await openBuffered(this.#sink, path);
      this.#files.set(path, file);
      await file.write(csvLine(header));
    }
    const flushed = file.write(csvLine(cells));
    if (flushed !== undefined) await flushed;
  }

  async close(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
  }
}

interface Writing {
  readonly sink: DatasetSink;
  readonly tally: LossTally;
  readonly tables: OutputTables;
  readonly codes: ReadonlyMap<number, string>;
  masks: number;
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const codes = writtenNamesOf(labels, (name) => name);
  await writeClasses(sink, labels, codes);
  const absentByName = new Map(labels.map(({ name, classIndex }) => [name, classIndex]));
  const writing: Writing = { sink, tally, tables: new OutputTables(sink), codes, masks: 0 };
  const imagesFile = await openImagesFile(sink);
  const imageTable = await openBuffered(sink, 'annotations/image_ids_and_rotation.csv');
  await imageTable.write(csvLine(IMAGE_HEADER));
  const ids = new Set<string>();
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    const absent = absentClasses(image, absentByName);
    if (isUnlabelled(image, ofImage) && (image.state === 'unlabelled' || absent.length === 0)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    const id = [withoutExtension(image.key), image.key].find((one) => !ids.has(one));
    if (id === undefined) {
      tally.add(
        'label-file-clash',
        image.key,
        `${image.key} would have the id of another picture; it was left out. Rename one of them.`,
      );
      leftOutImages.push(image.key);
      continue;
    }
    ids.add(id);
    tallyImageAttributes(image, absentByName, tally);
    for (const classIndex of absent) {
      const cells = [id, 'verification', codes.get(classIndex) ?? '', '0'];
      await writing.tables.add(image.split, 'annotations-human-imagelabels', LABEL_HEADER, cells);
    }
    for (const annotation of ofImage)
      if (await writeAnnotation(writing, annotation, image, id)) annotations += 1;
    await imageTable.write(csvLine(imageCells(id, image)));
    await imagesFile.write(imagesFileLine(openImagesPicturePath(image), image));
    images += 1;
  }
  await writing.tables.close();
  await imageTable.close();
  await imagesFile.close();
  return { images, annotations, ...tally.report(), leftOutImages };
}

async function writeClasses(
  sink: DatasetSink,
  labels: readonly DatasetLabel[],
  codes: ReadonlyMap<number, string>,
): Promise<void> {
  await writeLabelsFile(sink, labels, codes);
  const file = await openBuffered(sink, 'annotations/oidv6-class-descriptions.csv');
  await file.write(csvLine(['LabelName', 'DisplayName']));
  for (const { classIndex, name } of labels) await file.write(csvLine([codes.get(classIndex) ?? name, name]));
  await file.close();
}

/** Classes that the picture was verified not to show: `false` under the class's name. */
function absentClasses({ attributes }: DatasetImage, byName: ReadonlyMap<string, number>): readonly number[] {
  return Object.entries(attributes ?? {}).flatMap(([name, value]) =>
    value === false ? (byName.get(name) ?? []) : [],
  );
}

function tallyImageAttributes(
  { key, attributes }: DatasetImage,
  absentByName: ReadonlyMap<string, number>,
  tally: LossTally,
): void {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    const isKept =
      (value === false && absentByName.has(name)) || (name === 'Rotation' && typeof value === 'number');
    if (!isKept) {
      tally.add(
        'image-attribute-dropped',
        key,
        `Open Images has no place for "${name}" of the picture ${key}.`,
      );
    }
  }
}

async function writeAnnotation(
  writing: Writing,
  annotation: DatasetAnnotation,
  image: DatasetImage,
  id: string,
): Promise<boolean> {
  const { tally, codes, tables } = writing;
  if (!isWritable(tally, annotation, TITLE, ({ shape }) => HELD.has(shape.type), codes)) return false;
  const { shape, imageKey } = annotation;
  const { size, split } = image;
  const code = codes.get(annotation.classIndex) ?? '';
  if (shape.type !== 'tag' && size === null) {
    tally.add(
      'image-size-unknown',
      imageKey,
      `The size of ${imageKey} is not known, and Open Images gives fractions of it; a ${shape.type} was left out.`,
    );
    return false;
  }
  if (shape.type === 'mask' && size !== null) {
    return writeMask(writing, annotation, { ...image, size }, id, code);
  }
  tallyDroppedParts(tally, annotation, TITLE, [
    'groups',
    'tracks',
    'notes',
    ...(shape.type === 'tag' ? (['isCrowd'] as const) : []),
  ]);
  tallyAttributes(annotation, shape.type, tally);
  if (shape.type === 'tag') {
    await tables.add(split, 'annotations-human-imagelabels', LABEL_HEADER, labelCells(annotation, id, code));
  } else if (shape.type === 'box' && size !== null) {
    await tables.add(split, 'annotations-bbox', BOX_HEADER, boxCells(annotation, shape, size, id, code));
  }
  return true;
}

async function writeMask(
  writing: Writing,
  annotation: DatasetAnnotation,
  { split, size }: DatasetImage & { readonly size: NonNullable<DatasetImage['size']> },
  id: string,
  code: string,
): Promise<boolean> {
  const { tally, sink, tables } = writing;
  const { shape, imageKey, attributes } = annotation;
  if (shape.type !== 'mask') return false;
  const png = encodeBinaryMask(shape, size);
  if (png === null) {
    tally.add('mask-outside-image', imageKey, `A mask lies outside ${imageKey} as a whole; it was left out.`);
    return false;
  }
  if (!isMaskInside(shape, size)) {
    tally.add(
      'mask-clipped',
      imageKey,
      `A mask in ${imageKey} reaches out of the picture; that was cut off.`,
    );
  }
  tallyDroppedParts(tally, annotation, TITLE, ['isCrowd', 'score', 'groups', 'tracks', 'notes']);
  tallyAttributes(annotation, 'mask', tally);
  writing.masks += 1;
  const boxId = writing.masks.toString(16).padStart(8, '0');
  const file = await sink.open(`masks/${split === null ? '' : `${folderOfSplit(split)}/`}${boxId}.png`);
  await file.write(png);
  await file.close();
  const { x, y, width, height } = behaviourOf(shape).bounds(shape);
  const text = (name: string) => (Object.hasOwn(attributes, name) ? `${attributes[name]}` : '');
  await tables.add(split, 'annotations-object-segmentation', MASK_HEADER, [
    `${boxId}.png`,
    id,
    code,
    boxId,
    x / size.width,
    (x + width) / size.width,
    y / size.height,
    (y + height) / size.height,
    text('PredictedIoU'),
    text('Clicks'),
  ]);
  return true;
}

const KEPT_BY_SHAPE: Readonly<Record<HeldShape, ReadonlySet<string>>> = {
  box: new Set(['occluded', 'truncated', 'IsDepiction', 'IsInside', 'Source']),
  tag: new Set(['Source']),
  mask: new Set(['PredictedIoU', 'Clicks']),
};

function tallyAttributes({ attributes, imageKey }: DatasetAnnotation, type: string, tally: LossTally): void {
  const kept = type === 'box' || type === 'tag' || type === 'mask' ? KEPT_BY_SHAPE[type] : null;
  for (const [name, value] of Object.entries(attributes)) {
    const isFlag = name !== 'Source' && type === 'box';
    if (kept?.has(name) !== true || (isFlag && typeof value === 'string')) {
      tally.add(
        'attribute-dropped',
        imageKey,
        `Open Images has no place for "${name}" of a ${type} in ${imageKey}.`,
      );
    } else if (isFlag && typeof value === 'number') {
      tally.add(
        'attribute-converted',
        imageKey,
        `"${name}" is ${value} for an object in ${imageKey}; Open Images has yes and no there, ${value > 0 ? 'yes' : 'no'} was written.`,
      );
    }
  }
}
