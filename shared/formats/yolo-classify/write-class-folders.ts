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
import {
  isUnlabelled,
  isWritable,
  tallyDroppedImageAttributes,
  tallyDroppedParts,
  tallyRenamedLabels,
  tallyUnlabelled,
} from '../parts/dropped-parts';
import { folderName } from '../parts/image-roots';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { joinedPath } from '../parts/picture-index';
import { writeLabelsFile, writtenNamesOf } from '../parts/sidecar/labels-file';
import { splitOfFolder } from '../parts/split-name';
import { openPlacesFile, placeLine } from './places-file';

const TITLE = 'A folder of classes';

/**
 * A copy of each picture in the folder of each of its tags, `<split>/<class>/<key>`; without splits in any image, the
 * folder of the split is left away. Pictures themselves are written when the context has them.
 */
export async function writeClassFolders(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing folders of classes'));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  context: WriteContext | undefined,
): Promise<WriteReport> {
  const tally = createLossTally(context?.onLoss);
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const folders = writtenNamesOf(labels, asFolder);
  tallyRenamedLabels(tally, labels, folders, TITLE);
  await writeLabelsFile(sink, labels, folders);
  const hasSplits = await anySplit(source);
  const placesFile = await openPlacesFile(sink);
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  let severalTags = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (isUnlabelled(image, ofImage)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    tallyImage(image, tally);
    const tags = tagsOf(ofImage, folders, tally);
    if (tags.length === 0) {
      tally.add(
        'empty-image-left-out',
        image.key,
        `${image.key} has no tag, and so no folder to lie in; it was left out.`,
      );
      leftOutImages.push(image.key);
      continue;
    }
    if (hasSplits && image.split === null) {
      tally.add(
        'split-missing',
        image.key,
        `${image.key} has no split; it was put in train, because the other images have one.`,
      );
    }
    const root = hasSplits ? (image.split ?? 'train') : '';
    const places = tags.map((folder) => `${joinedPath(root, folder)}/${image.key}`);
    for (const place of places) await placesFile.write(placeLine(place, image));
    const distinct = new Set(places);
    if (distinct.size > 1) severalTags += 1;
    await writePicture(sink, context, image.key, distinct, tally);
    images += 1;
    annotations += tags.length;
  }
  await placesFile.close();
  const notes = [
    'Trainers number classes by the names of their folders in alphabetical order; the numbers of this dataset are in groundmark-labels.json.',
    ...(severalTags === 0
      ? []
      : [
          `${severalTags} pictures have several tags and lie in the folder of each: a trainer sees them once a class.`,
        ]),
  ];
  return { images, annotations, ...tally.report(), notes, leftOutImages };
}

/** A name as one folder on every system, which is not taken for the folder of a split. */
function asFolder(name: string): string {
  const folder = folderName(name);
  return splitOfFolder(folder) === null ? folder : `class-${folder}`;
}

async function anySplit(source: DatasetSource): Promise<boolean> {
  for await (const { split, state } of source.images())
    if (split !== null && state !== 'unlabelled') return true;
  return false;
}

/** The folders of the tags of an image; what is no tag is counted. */
function tagsOf(
  annotations: readonly DatasetAnnotation[],
  folders: ReadonlyMap<number, string>,
  tally: LossTally,
): readonly string[] {
  const tags: string[] = [];
  for (const annotation of annotations) {
    if (!isWritable(tally, annotation, TITLE, ({ shape }) => shape.type === 'tag', folders)) continue;
    const { imageKey, attributes } = annotation;
    for (const attribute in attributes) {
      tally.add(
        'attribute-dropped',
        imageKey,
        `The attribute "${attribute}" of a tag of ${imageKey} was left out: ${TITLE} has no attributes.`,
      );
    }
    tallyDroppedParts(tally, annotation, TITLE, ['isCrowd', 'score', 'groups', 'tracks', 'notes']);
    tags.push(folders.get(annotation.classIndex) ?? '');
  }
  return tags;
}

function tallyImage(image: DatasetImage, tally: LossTally): void {
  const { key } = image;
  tallyDroppedImageAttributes(tally, image, TITLE);
  if (image.frame !== undefined)
    tally.add('frame-dropped', key, `${TITLE} has no place for where ${key} stands in a sequence.`);
}

async function writePicture(
  sink: DatasetSink,
  context: WriteContext | undefined,
  key: string,
  places: ReadonlySet<string>,
  tally: LossTally,
): Promise<void> {
  if (context?.pictureBytes === undefined) return;
  const bytes = await context.pictureBytes(key);
  if (!bytes.ok) {
    tally.add('picture-missing', key, `The picture of ${key} was not written: ${bytes.error.message}`);
    return;
  }
  for (const place of places) {
    const file = await sink.open(place);
    await file.write(bytes.value);
    await file.close();
  }
}
