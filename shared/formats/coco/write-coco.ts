import type { AppError } from '../../result/app-error';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteReport,
} from '../format';
import { type BufferedFile, openBuffered } from '../parts/buffered-file';
import { createLossTally } from '../parts/loss-tally';

type FileKey = Split | 'default';

interface SplitFile {
  readonly file: BufferedFile;
  images: number;
  annotations: number;
}

/**
 * One file a split, `annotations/instances_<split>.json`, or `instances_default.json` for images without one.
 *
 * Ids start at 1 (pycocotools treats annotation id 0 as "no match"); a category's id is its permanent class number + 1.
 * `segmentation` is an empty list: pycocotools and Ultralytics both read that as "box only", a missing key breaks some
 * loaders. Coordinates are the shortest decimal that reads back as the same number.
 */
export async function writeCoco(source: DatasetSource, sink: DatasetSink): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink));
  } catch (thrown) {
    return err(writeError(thrown));
  }
}

async function written(source: DatasetSource, sink: DatasetSink): Promise<WriteReport> {
  const tally = createLossTally();
  const categories: string[] = [];
  const classes = new Set<number>();
  for await (const label of source.labels()) {
    categories.push(categoryJson(label));
    classes.add(label.classIndex);
  }

  const files = new Map<FileKey, SplitFile>();
  const fileFor = async (split: Split | null): Promise<SplitFile> => {
    const key = split ?? 'default';
    let open = files.get(key);
    if (open === undefined) {
      open = {
        file: await openBuffered(sink, `annotations/instances_${key}.json`),
        images: 0,
        annotations: 0,
      };
      files.set(key, open);
      await open.file.write(
        `{"info":{"description":"Written by Groundmark","pixel_frame":"displayed"},"licenses":[],\n"categories":[\n${categories.join(',\n')}\n],\n"images":[`,
      );
    }
    return open;
  };

  for await (const image of source.images()) {
    if (image.state === 'unlabelled') {
      tally.add(
        'unlabelled-image-left-out',
        image.key,
        `${image.key} is not labelled yet; COCO would call it empty, so it was left out.`,
      );
      continue;
    }
    if (image.size === null) {
      tally.add(
        'image-size-unknown',
        image.key,
        `The size of ${image.key} is not known; it was written without one.`,
      );
    }
    const open = await fileFor(image.split);
    open.images += 1;
    await open.file.write(`${open.images === 1 ? '\n' : ',\n'}${imageJson(open.images, image)}`);
  }
  if (files.size === 0) await fileFor(null);
  for (const { file } of files.values()) await file.write('\n],\n"annotations":[');

  const imageIds = new Map<FileKey, number>();
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (image.state === 'unlabelled') {
      for (const { classIndex } of ofImage) {
        tally.add(
          'annotation-left-out',
          image.key,
          `An annotation of class ${classIndex} lies in ${image.key}, which is not labelled yet.`,
        );
      }
      continue;
    }
    // Images come in the same order in every pass, so counting again gives the ids of the first pass.
    const imageId = (imageIds.get(image.split ?? 'default') ?? 0) + 1;
    imageIds.set(image.split ?? 'default', imageId);
    images += 1;
    const open = await fileFor(image.split);
    for (const annotation of ofImage) {
      if (annotation.shape.type !== 'box') {
        tally.add(
          'unsupported-shape',
          image.key,
          `A ${annotation.shape.type} in ${image.key} was left out: COCO detection holds boxes only.`,
        );
        continue;
      }
      if (!classes.has(annotation.classIndex)) {
        tally.add(
          'unknown-class',
          image.key,
          `An annotation in ${image.key} has class ${annotation.classIndex}, which the label list does not name; it was left out.`,
        );
        continue;
      }
      open.annotations += 1;
      annotations += 1;
      const flushed = open.file.write(
        (open.annotations === 1 ? '\n' : ',\n') +
          annotationJson(open.annotations, imageId, annotation, annotation.shape),
      );
      // Awaited only when something was flushed: an await a box would cost as much as writing the box.
      if (flushed !== undefined) await flushed;
    }
  }
  for (const { file } of files.values()) {
    await file.write('\n]}\n');
    await file.close();
  }
  return { images, annotations, ...tally.report() };
}

function categoryJson({ classIndex, name, supercategory }: DatasetLabel): string {
  return JSON.stringify({ id: classIndex + 1, name, supercategory: supercategory ?? '' });
}

function imageJson(id: number, { key, size }: DatasetImage): string {
  return JSON.stringify({ id, file_name: key, ...(size === null ? {} : size) });
}

/** Built by hand: numbers print as JSON.stringify prints them, at a third of its cost. */
function annotationJson(
  id: number,
  imageId: number,
  { classIndex, isCrowd, attributes, score }: DatasetAnnotation,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): string {
  let json = `{"id":${id},"image_id":${imageId},"category_id":${classIndex + 1},"bbox":[${number(x)},${number(y)},${width},${height}],"area":${width * height},"segmentation":[],"iscrowd":${isCrowd ? 1 : 0}`;
  if (score !== null) json += `,"score":${number(score)}`;
  for (const _ in attributes) {
    json += `,"attributes":${JSON.stringify(attributes)}`;
    break;
  }
  return `${json}}`;
}

/** Minus zero prints as 0, as in JSON.stringify. */
function number(value: number): string {
  return `${value === 0 ? 0 : value}`;
}

function writeError(thrown: unknown): AppError {
  return unexpectedError(thrown, 'writing COCO');
}
