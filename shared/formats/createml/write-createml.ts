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
  tallyUnlabelled,
} from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { joinedPath } from '../parts/picture-index';
import { writeLabelsFile } from '../parts/sidecar/labels-file';
import { ANNOTATIONS_FILE } from './find-createml-files';

const TITLE = 'Create ML';

/** Roboflow's names of the folders of splits. */
function folderOfSplit(split: Split | null): string {
  return split === 'val' ? 'valid' : (split ?? '');
}

export function createmlPicturePath({ key, split }: DatasetImage): string {
  return joinedPath(folderOfSplit(split), key);
}

/** One list of pictures a split, in the folder of the split beside its pictures; at the root for pictures without one. */
export async function writeCreateml(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing Create ML'));
  }
}

async function written(source: DatasetSource, sink: DatasetSink, tally: LossTally): Promise<WriteReport> {
  const labels = new Map<number, DatasetLabel>();
  for await (const label of source.labels()) labels.set(label.classIndex, label);
  await writeLabelsFile(sink, [...labels.values()], new Map());
  const files = new Map<Split | null, BufferedFile>();
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (isUnlabelled(image, ofImage)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    tallyDroppedImageAttributes(tally, image, TITLE);
    if (image.frame !== undefined) {
      tally.add(
        'frame-dropped',
        image.key,
        `${TITLE} has no place for where ${image.key} stands in a sequence.`,
      );
    }
    const records: string[] = [];
    for (const annotation of ofImage) {
      if (!isWritable(tally, annotation, TITLE, ({ shape }) => shape.type === 'box', labels)) continue;
      records.push(recordOf(annotation, labels.get(annotation.classIndex)?.name ?? '', tally));
    }
    let file = files.get(image.split);
    if (file === undefined) {
      file = await openBuffered(sink, joinedPath(folderOfSplit(image.split), ANNOTATIONS_FILE));
      files.set(image.split, file);
      await file.write('[\n');
    } else {
      await file.write(',\n');
    }
    const flushed = file.write(`{"image":${JSON.stringify(image.key)},"annotations":[${records.join(',')}]}`);
    if (flushed !== undefined) await flushed;
    images += 1;
    annotations += records.length;
  }
  for (const file of files.values()) {
    await file.write('\n]\n');
    await file.close();
  }
  return { images, annotations, ...tally.report() };
}

function recordOf(annotation: DatasetAnnotation, name: string, tally: LossTally): string {
  const { imageKey, shape, attributes } = annotation;
  for (const attribute in attributes) {
    tally.add(
      'attribute-dropped',
      imageKey,
      `The attribute "${attribute}" in ${imageKey} was left out: ${TITLE} has none.`,
    );
  }
  tallyDroppedParts(tally, annotation, TITLE, ['isCrowd', 'score', 'groups', 'tracks', 'notes']);
  if (shape.type !== 'box') return '';
  const { x, y, width, height } = shape;
  return JSON.stringify({ label: name, coordinates: { x: x + width / 2, y: y + height / 2, width, height } });
}
