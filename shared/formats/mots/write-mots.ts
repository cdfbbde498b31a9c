import type { Size } from '../../geometry/rect';
import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { MaskShape } from '../../schema/shapes';
import type {
  DatasetAnnotation,
  DatasetImage,
  DatasetLabel,
  DatasetSink,
  DatasetSource,
  WriteContext,
  WriteReport,
} from '../format';
import { NO_OPTIONS, type OptionValues } from '../format-options';
import {
  isUnlabelled,
  isWritable,
  tallyDroppedImageAttributes,
  tallyDroppedParts,
  tallyRenamedLabels,
  tallyUnlabelled,
} from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { lineName } from '../parts/sequences/labels-text';
import { placeOf } from '../parts/sequences/sequence-place';
import { placedImages } from '../parts/sequences/sequence-stats';
import { imagesFileLine, openImagesFile } from '../parts/sidecar/images-file';
import { writeLabelsFile, writtenNamesOf } from '../parts/sidecar/labels-file';
import { pngFrames, textFrames } from './frame-writers';
import { hiddenLine, openHiddenFile } from './hidden-masks';
import { IDS_A_CLASS, IGNORED_ID, LARGEST_ID } from './mots-classes';
import { motsForm, motsPicturePath } from './mots-layout';
import { createObjectIds, LAST_CLASS_INDEX, type ObjectIds } from './object-ids';
import { visibleMasks } from './visible-masks';

const TITLE = 'MOTS';

/** Sequences of masks as rows (`gt/gt.txt`, as MOTSChallenge has them) or as 16 bit PNG files (`instances/`). */
export async function writeMots(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    return ok(await written(source, sink, context?.options ?? NO_OPTIONS, createLossTally(context?.onLoss)));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing MOTS'));
  }
}

async function written(
  source: DatasetSource,
  sink: DatasetSink,
  options: OptionValues,
  tally: LossTally,
): Promise<WriteReport> {
  const labels: DatasetLabel[] = [];
  for await (const label of source.labels()) labels.push(label);
  const names = writtenNamesOf(labels, lineName);
  tallyRenamedLabels(tally, labels, names, TITLE);
  await writeLabelsFile(sink, labels, names);
  const placed = await placedImages(source);
  const ids = await createObjectIds(source, tally);
  const frames = await (motsForm(options) === 'png' ? pngFrames : textFrames)(sink, placed, labels, names);

  const imagesFile = await openImagesFile(sink);
  const hiddenFile = await openHiddenFile(sink);
  const leftOutImages: string[] = [];
  let images = 0;
  let annotations = 0;
  for await (const { image, annotations: ofImage } of source.annotationsByImage()) {
    if (isUnlabelled(image, ofImage)) {
      tallyUnlabelled(tally, image, ofImage, TITLE);
      continue;
    }
    const { size, key } = image;
    if (placed.clashes.has(key) || size === null) {
      tally.add(
        size === null ? 'image-size-unknown' : 'label-file-clash',
        key,
        size === null
          ? `The size of ${key} is not known, and masks are written as the pixels of a whole picture; the image was left out.`
          : `${key} is the same frame of its sequence as another picture; it was left out. Give each its own frame or name.`,
      );
      leftOutImages.push(key);
      if (!placed.clashes.has(key)) await frames.skip(image);
      continue;
    }
    tallyDroppedImageAttributes(tally, image, TITLE);
    const placedObjects = objectsOf(ids, image, size, ofImage, names, tally);
    await frames.write(
      image,
      size,
      placedObjects.flatMap(({ id, annotation, visible }) =>
        visible === null ? [] : [{ id, classIndex: annotation.classIndex, shape: visible }],
      ),
    );
    for (const { id, annotation, visible } of placedObjects) {
      const line = hiddenLine(annotation, annotation.shape, id, isSame(visible, annotation.shape));
      if (line !== null) await hiddenFile.write(line);
    }
    annotations += placedObjects.length;
    await imagesFile.write(imagesFileLine(motsPicturePath(image, options), image));
    images += 1;
  }
  await imagesFile.close();
  await hiddenFile.close();
  return { images, annotations, ...tally.report(), leftOutImages };
}

type MaskAnnotation = DatasetAnnotation & { readonly shape: MaskShape };

interface PlacedObject {
  readonly id: number;
  readonly annotation: MaskAnnotation;
  /** Null when nothing of it is seen. */
  readonly visible: MaskShape | null;
}

/** The objects of a frame with their ids, and what is seen of each. */
function objectsOf(
  ids: ObjectIds,
  image: DatasetImage,
  size: Size,
  ofImage: readonly DatasetAnnotation[],
  names: ReadonlyMap<number, string>,
  tally: LossTally,
): readonly PlacedObject[] {
  const masks = ofImage.filter(
    (annotation): annotation is MaskAnnotation =>
      isWritable(tally, annotation, TITLE, ({ shape }) => shape.type === 'mask', names) &&
      isClassHeld(annotation, tally),
  );
  const visible = visibleMasks(
    masks.map(({ shape }) => shape),
    size,
  );
  const { folder } = placeOf(image);
  const tracked = new Set(
    masks.map(({ classIndex, trackId }) =>
      trackId === undefined ? null : ids.idOf(folder, classIndex, trackId),
    ),
  );
  const taken = new Set<number>();
  return masks.flatMap((annotation, at): readonly PlacedObject[] => {
    const { imageKey, classIndex, trackId } = annotation;
    const own = trackId === undefined ? null : ids.idOf(folder, classIndex, trackId);
    const id = own !== null && !taken.has(own) ? own : freeId(classIndex, taken, tracked);
    if (id === null) {
      tally.add(
        'too-many-objects',
        imageKey,
        `A class has more than ${IDS_A_CLASS} objects in ${imageKey}, which MOTS cannot tell apart; one was left out.`,
      );
      return [];
    }
    taken.add(id);
    const seen = visible[at] ?? null;
    tallyAnnotation(annotation, seen, tally);
    return [{ id, annotation, visible: seen }];
  });
}

function isClassHeld({ classIndex, imageKey }: DatasetAnnotation, tally: LossTally): boolean {
  if (classIndex <= LAST_CLASS_INDEX) return true;
  tally.add(
    'class-number-too-large',
    imageKey,
    `Class ${classIndex} of a mask in ${imageKey} is beyond ${LAST_CLASS_INDEX}, the last one that MOTS's ids have room for; it was left out.`,
  );
  return false;
}

/** An id for what is not tracked: the last of its class that no track of the picture and no other object of it has. */
function freeId(
  classIndex: number,
  taken: ReadonlySet<number>,
  tracked: ReadonlySet<number | null>,
): number | null {
  const first = (classIndex + 1) * IDS_A_CLASS;
  for (let id = Math.min(first + IDS_A_CLASS - 1, LARGEST_ID); id >= first; id -= 1) {
    if (!taken.has(id) && !tracked.has(id) && id !== IGNORED_ID) return id;
  }
  return null;
}

function tallyAnnotation(annotation: MaskAnnotation, visible: MaskShape | null, tally: LossTally): void {
  const { imageKey, attributes } = annotation;
  tallyDroppedParts(tally, annotation, TITLE, ['isCrowd', 'score', 'groups', 'notes']);
  for (const name of Object.keys(attributes)) {
    tally.add('attribute-dropped', imageKey, `MOTS has no place for "${name}" of an object in ${imageKey}.`);
  }
  if (!isSame(visible, annotation.shape)) {
    tally.add(
      'mask-covered',
      imageKey,
      `A mask in ${imageKey} lies partly or as a whole below others or outside the picture; other programs see what is left of it.`,
    );
  }
}

function isSame(a: MaskShape | null, b: MaskShape): boolean {
  return (
    a !== null &&
    a.rle === b.rle &&
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height
  );
}
