import { unexpectedError } from '../../result/app-error';
import { err, ok, type Result } from '../../result/result';
import type { Split } from '../../schema/dataset-version';
import type { ShapeType } from '../../schema/shapes';
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
import { categoryJson } from '../parts/coco/category-json';
import { isWritable, tallyUnlabelled } from '../parts/dropped-parts';
import { createLossTally, type LossTally } from '../parts/loss-tally';
import { annotationJson, tagJson } from './annotation-json';
import { type CocoWriteChoices, cocoChoices } from './coco-options';
import { type CocoGeometry, GeometryWriter } from './geometry-json';
import { KeypointTemplates } from './keypoint-templates';
import { type CocoObject, pairedObjects } from './pair-skeletons';
import { SplitFiles } from './split-files';

const TITLE = 'COCO';

/**
 * One file a split, `annotations/instances_<split>.json`, or `instances_default.json` for images without one.
 *
 * Ids start at 1 (pycocotools treats annotation id 0 as "no match"); a category's id is its permanent class number + 1.
 * The `segmentation` of a box is an empty list: pycocotools and Ultralytics both read that as "box only", a missing key
 * breaks some loaders. Coordinates are the shortest decimal that reads back as the same number, unless rounding was asked
 * for. Categories come last, as in the files of the COCO project, when it is known which keypoints they have.
 */
export async function writeCoco(
  source: DatasetSource,
  sink: DatasetSink,
  context?: WriteContext,
): Promise<Result<WriteReport>> {
  try {
    const tally = createLossTally(context?.onLoss);
    return ok(await new CocoWriter(sink, tally, cocoChoices(context?.options ?? NO_OPTIONS)).write(source));
  } catch (thrown) {
    return err(unexpectedError(thrown, 'writing COCO'));
  }
}

const HELD: ReadonlySet<ShapeType> = new Set(['box', 'rotated-box', 'polygon', 'mask', 'skeleton', 'tag']);
const isHeld = ({ shape }: DatasetAnnotation) => HELD.has(shape.type);

class CocoWriter {
  readonly #tally: LossTally;
  readonly #choices: CocoWriteChoices;
  readonly #files: SplitFiles;
  readonly #geometry: GeometryWriter;
  readonly #templates: KeypointTemplates;
  readonly #labels = new Map<number, DatasetLabel>();
  #annotations = 0;

  constructor(sink: DatasetSink, tally: LossTally, choices: CocoWriteChoices) {
    this.#tally = tally;
    this.#choices = choices;
    this.#files = new SplitFiles(sink, choices);
    this.#geometry = new GeometryWriter(choices, tally);
    this.#templates = new KeypointTemplates(tally);
  }

  async write(source: DatasetSource): Promise<WriteReport> {
    for await (const label of source.labels()) {
      this.#labels.set(label.classIndex, label);
      this.#templates.addLabel(label);
    }
    for await (const image of source.images()) await this.#writeImage(image);
    await this.#files.beginAnnotations();

    const imageIds = new Map<Split | null, number>();
    let images = 0;
    for await (const { image, annotations } of source.annotationsByImage()) {
      if (image.state === 'unlabelled') {
        tallyUnlabelled(this.#tally, image, annotations, TITLE);
        continue;
      }
      // Images come in the same order in every pass, so counting again gives the ids of the first pass.
      const imageId = (imageIds.get(image.split) ?? 0) + 1;
      imageIds.set(image.split, imageId);
      images += 1;
      await this.#writeAnnotations(image, imageId, annotations);
    }
    if (this.#files.hasTags) await this.#writeTaggedImages(source);
    await this.#files.end((withKeypoints) =>
      [...this.#labels.values()].map((label) =>
        categoryJson(label, withKeypoints ? this.#templates.of(label.classIndex) : null),
      ),
    );
    const { keptMasks } = this.#geometry;
    return {
      images,
      annotations: this.#annotations,
      ...this.#tally.report(),
      notes:
        keptMasks === 0
          ? []
          : [`${keptMasks} masks have holes, which polygons of COCO cannot have; they were written as RLE.`],
    };
  }

  async #writeImage(image: DatasetImage): Promise<void> {
    if (image.state === 'unlabelled') return;
    if (image.size === null) {
      this.#tally.add(
        'image-size-unknown',
        image.key,
        `The size of ${image.key} is not known; it was written without one.`,
      );
    }
    await this.#files.writeImage(image);
  }

  async #writeAnnotations(
    image: DatasetImage,
    imageId: number,
    annotations: readonly DatasetAnnotation[],
  ): Promise<void> {
    const writable = annotations.filter((one) => isWritable(this.#tally, one, TITLE, isHeld, this.#labels));
    for (const object of pairedObjects(writable)) {
      const { annotation } = object;
      if (annotation.trackId === undefined && annotation.isKeyframe !== undefined)
        this.#tallyKeyframe(annotation);
      if (annotation.shape.type === 'tag') {
        this.#annotations += 1;
        await this.#files.writeTag(image.split, imageId, (id) => tagJson({ id, imageId }, annotation));
        continue;
      }
      const written = this.#written(object, image);
      if (written === null) continue;
      const { split } = image;
      const flushed = this.#files.writeAnnotation(split, (id) => written({ id, imageId }));
      // Awaited only when something was flushed: an await a box would cost as much as writing the box.
      if (flushed !== undefined) await flushed;
    }
  }

  /** The JSON of an object once its ids are known; null when nothing of it can be written. */
  #written(
    { annotation, skeleton }: CocoObject,
    image: DatasetImage,
  ): ((ids: { readonly id: number; readonly imageId: number }) => string) | null {
    const { shape, classIndex } = annotation;
    let geometry: CocoGeometry | null = null;
    let joints = skeleton?.joints ?? null;
    if (
      shape.type === 'box' ||
      shape.type === 'rotated-box' ||
      shape.type === 'polygon' ||
      shape.type === 'mask'
    ) {
      geometry = this.#geometry.of(shape, image);
      if (geometry !== null) this.#annotations += 1;
    }
    const keypoints = shape.type === 'skeleton' ? shape : skeleton;
    if (keypoints !== null) {
      joints = this.#templates.aligned(keypoints, classIndex, image.key);
      this.#annotations += 1;
    }
    if (geometry === null && joints === null) return null;
    const isCrowd = annotation.isCrowd || (geometry?.isMask === true && this.#choices.masks === 'crowd-rle');
    return (ids) => annotationJson(ids, annotation, geometry, joints, isCrowd, this.#geometry);
  }

  #tallyKeyframe({ imageKey }: DatasetAnnotation): void {
    this.#tally.add(
      'track-dropped',
      imageKey,
      `An object in ${imageKey} says whether it is a keyframe but belongs to no track; COCO keeps that for tracks alone.`,
    );
  }

  /** The files of tags list the pictures that have some; they were opened after the pictures had gone by. */
  async #writeTaggedImages(source: DatasetSource): Promise<void> {
    await this.#files.beginTaggedImages();
    const imageIds = new Map<Split | null, number>();
    for await (const image of source.images()) {
      if (image.state === 'unlabelled') continue;
      const imageId = (imageIds.get(image.split) ?? 0) + 1;
      imageIds.set(image.split, imageId);
      await this.#files.writeTaggedImage(image, imageId);
    }
  }
}
