import type { DatasetAnnotation } from '../format';
import type { CocoId } from '../parts/coco/coco-id';
import { imageIdOf } from '../parts/coco/coco-id';
import type { CocoLabels } from '../parts/coco/coco-labels';
import type { CocoPicture, ImageEvents } from '../parts/coco/image-events';
import type { ReadNotes } from '../parts/coco/read-notes';
import type { CocoScan } from '../parts/coco/scan-coco-file';
import { isRecord } from '../parts/json/json-values';
import type { ProblemQueue } from '../parts/problem-queue';
import { type AnnotationContext, addCocoAnnotation } from './parse-coco-annotation';
import { SeenIds } from './seen-ids';

/** Turns elements of one file's "annotations" into annotations of its images, and says what is wrong with them. */
export class AnnotationReader {
  readonly scan: CocoScan;
  readonly labels: CocoLabels;
  readonly notes: ReadNotes;
  readonly problems: ProblemQueue;
  readonly #context: AnnotationContext;
  readonly #slotById: ReadonlyMap<CocoId, number>;
  readonly #seenIds = new SeenIds();

  constructor(scan: CocoScan, labels: CocoLabels, problems: ProblemQueue, notes: ReadNotes) {
    this.scan = scan;
    this.labels = labels;
    this.problems = problems;
    this.notes = notes;
    this.#slotById = scan.images.slotById;
    const { path, task } = scan.file;
    this.#context = {
      classIndexById: labels.classIndexById,
      categoryById: labels.categoryById,
      notes,
      takesTags: task === 'labels',
      onFault: (index, picture, code, reason) =>
        problems.error(code, path, `annotations[${index}] of ${path} (image ${picture.key}) ${reason}.`),
    };
  }

  /** The slot of the image that an element names, -1 for none; the first look at an element also tells what is odd. */
  slotOf(element: unknown, index: number, isFirstLook: boolean): number {
    const id = imageIdOf(element);
    if (isFirstLook) {
      if (id === null) this.#reportNoImage(element, index);
      else if (isRecord(element) && this.#seenIds.add(element.id)) this.notes.add('coco-duplicate-id');
    }
    return id === null ? -1 : (this.#slotById.get(id) ?? -1);
  }

  read(element: unknown, index: number, picture: CocoPicture, found: DatasetAnnotation[]): void {
    addCocoAnnotation(element, index, picture, this.#context, found);
  }

  /** An annotation of an image that was given already, though a first look at the file said that it would not come again. */
  reportLate(index: number, picture: CocoPicture): void {
    this.problems.error(
      'coco-bad-annotation',
      this.scan.file.path,
      `annotations[${index}] of ${this.scan.file.path} (image ${picture.key}) stands in a part of the file that is not valid JSON; it was left out.`,
    );
  }

  #reportNoImage(element: unknown, index: number): void {
    const { path } = this.scan.file;
    const what = element === undefined ? 'is not valid JSON' : 'has no "image_id"';
    this.problems.error(
      'coco-bad-annotation',
      path,
      `annotations[${index}] of ${path} ${what}; it was left out.`,
    );
  }
}

/** What a pass over the annotations of one file needs. */
export interface AnnotationPass {
  readonly reader: AnnotationReader;
  readonly images: ImageEvents;
  /** What another file says of an image as a whole, by slot. */
  readonly tagsBySlot: ReadonlyMap<number, readonly DatasetAnnotation[]>;
}
