import type { DatasetAnnotation } from '../format';
import { NO_ATTRIBUTES } from '../parts/coco/annotation-details';
import { cocoIdFrom } from '../parts/coco/coco-id';
import { isRecord, type JsonRecord } from '../parts/json/json-values';
import type { AnnotationPass } from './annotation-reader';
import { plainBoxOf } from './plain-box';

/** Boxes and nothing else are held as numbers, 41 bytes each: 82 MB. */
const MAX_HELD = 2_000_000;

/** Text of all other annotations that are held as parsed: at most about 200 MB, mostly a third of it. */
const MAX_HELD_CHARS = 48 * 1024 * 1024;

/** An annotation as it stands in the file. */
interface RawAnnotation {
  readonly element: unknown;
  readonly index: number;
}

/**
 * The annotations of images `from` up to but not including `end` (positions in "images"), gathered in any order. The end
 * moves nearer while annotations are added when they turn out to need more memory than they may have.
 */
export class HeldRange {
  readonly #pass: AnnotationPass;
  readonly #from: number;
  #end: number;
  /** Where the annotations of each image begin among all of the range. */
  readonly #starts: Int32Array;
  readonly #counts: Int32Array;
  /** Four numbers a box: x, y, width, height. */
  readonly #boxes: Float64Array;
  readonly #classes: Int32Array;
  readonly #areCrowds: Uint8Array;
  readonly #raw = new Map<number, RawAnnotation>();
  #rawChars = 0;
  #charsOfElement = 0;
  #isFull = false;

  constructor(pass: AnnotationPass, from: number) {
    this.#pass = pass;
    this.#from = from;
    const { images } = pass;
    let held = 0;
    let end = from;
    for (; end < images.count; end += 1) {
      const count = images.annotationCountAt(end);
      if (end > from && held + count > MAX_HELD) break;
      held += count;
    }
    this.#end = end;
    this.#starts = new Int32Array(end - from + 1);
    this.#counts = new Int32Array(end - from);
    for (let at = 0; at < end - from; at += 1) {
      this.#starts[at + 1] = (this.#starts[at] ?? 0) + images.annotationCountAt(from + at);
    }
    const places = Math.min(held, MAX_HELD);
    this.#boxes = new Float64Array(4 * places);
    this.#classes = new Int32Array(places);
    this.#areCrowds = new Uint8Array(places);
  }

  get end(): number {
    return this.#end;
  }

  get isEmpty(): boolean {
    return (this.#starts.at(-1) ?? 0) === 0;
  }

  /** @param charsOfElement what the following elements take on average in the file, as a measure of their memory. */
  startRun(charsOfElement: number): void {
    this.#charsOfElement = charsOfElement;
  }

  add(position: number, element: unknown, index: number): void {
    if (position < this.#from || position >= this.#end) return;
    const image = position - this.#from;
    const count = this.#counts[image] ?? 0;
    const place = (this.#starts[image] ?? 0) + count;
    // More than were counted: part of the file is not JSON, and the passes do not agree on it.
    if (place >= (this.#starts[image + 1] ?? 0) || place >= this.#classes.length) {
      this.#refuse(position, index);
      return;
    }
    if (isRecord(element) && this.#addBox(place, element)) this.#counts[image] = count + 1;
    else if (this.#addRaw(position, place, element, index)) this.#counts[image] = count + 1;
  }

  /** The annotations of one image in the order in which they came; they are forgotten here. */
  take(position: number, found: DatasetAnnotation[]): void {
    const { reader, images } = this.#pass;
    const image = position - this.#from;
    const start = this.#starts[image] ?? 0;
    const end = start + (this.#counts[image] ?? 0);
    const picture = images.pictureAt(position);
    for (let place = start; place < end; place += 1) {
      const raw = this.#raw.get(place);
      if (raw !== undefined) {
        reader.read(raw.element, raw.index, picture, found);
        this.#raw.delete(place);
      } else found.push(this.#boxAt(place, picture.key));
    }
  }

  #addBox(place: number, element: JsonRecord): boolean {
    const box = plainBoxOf(element);
    const id = box === null ? null : cocoIdFrom(element.category_id);
    const classIndex = id === null ? undefined : this.#pass.reader.labels.classIndexById.get(id);
    if (box === null || classIndex === undefined) return false;
    this.#boxes[4 * place] = box.x;
    this.#boxes[4 * place + 1] = box.y;
    this.#boxes[4 * place + 2] = box.width;
    this.#boxes[4 * place + 3] = box.height;
    this.#classes[place] = classIndex;
    this.#areCrowds[place] = element.iscrowd === 1 ? 1 : 0;
    return true;
  }

  #boxAt(place: number, imageKey: string): DatasetAnnotation {
    return {
      imageKey,
      classIndex: this.#classes[place] ?? 0,
      shape: {
        type: 'box',
        x: this.#boxes[4 * place] ?? 0,
        y: this.#boxes[4 * place + 1] ?? 0,
        width: this.#boxes[4 * place + 2] ?? 0,
        height: this.#boxes[4 * place + 3] ?? 0,
      },
      isCrowd: this.#areCrowds[place] === 1,
      attributes: NO_ATTRIBUTES,
      score: null,
    };
  }

  #addRaw(position: number, place: number, element: unknown, index: number): boolean {
    while (this.#rawChars + this.#charsOfElement > MAX_HELD_CHARS && this.#end > this.#from + 1) {
      this.#shrink();
      if (position >= this.#end) return false;
    }
    if (this.#rawChars + this.#charsOfElement > MAX_HELD_CHARS) {
      this.#refuse(position, index);
      return false;
    }
    this.#raw.set(place, { element, index });
    this.#rawChars += this.#charsOfElement;
    return true;
  }

  /** Leaves the later half of the images, by their annotations, to the next pass. */
  #shrink(): void {
    const half = (this.#starts[this.#end - this.#from] ?? 0) / 2;
    let end = this.#end - 1;
    while (end > this.#from + 1 && (this.#starts[end - this.#from] ?? 0) > half) end -= 1;
    this.#end = end;
    const endPlace = this.#starts[end - this.#from] ?? 0;
    const before = this.#raw.size;
    for (const place of this.#raw.keys()) if (place >= endPlace) this.#raw.delete(place);
    this.#rawChars *= before === 0 ? 0 : this.#raw.size / before;
  }

  /** One image with more than fits: a file of that kind must keep each image's annotations together. */
  #refuse(position: number, index: number): void {
    if (this.#isFull) return;
    this.#isFull = true;
    const { reader, images } = this.#pass;
    const { path } = reader.scan.file;
    reader.problems.error(
      'coco-too-many-annotations',
      path,
      `annotations[${index}] of ${path} and others of image ${images.pictureAt(position).key} were left out: they are more than can be gathered from all over the file. Sort "annotations" by image_id.`,
    );
  }
}
