import { canonicalJson } from '../document/canonical-json';
import { sha256OfText } from '../document/hash';
import type { DatasetAnnotation, DatasetImage } from '../formats/format';
import { PICTURE_CLASS, type TakeMapping } from '../ipc/channels/label-imports';
import type { RelativeKey, Sha256 } from '../schema/ids';
import { ImportedAnnotation, isKnownImportedAnnotation } from '../schema/imported-annotation';
import type { Shape } from '../schema/shapes';
import type { TakenImage } from './image-lines';
import { AnnotationTaker } from './take-annotation';

/** Gathers the annotations of one image after the other in the form in which they are stored. */
export class ImageTaker {
  readonly #annotations: AnnotationTaker;
  #image: DatasetImage | null = null;
  #parts: string[] = [];
  #counts = new Map<number, number>();

  /** @param sha256 of a text's UTF-8 bytes; processes that have a faster one than `sha256OfText` give theirs. */
  constructor(
    mapping: TakeMapping,
    private readonly sha256: (text: string) => Sha256 = sha256OfText,
  ) {
    this.#annotations = new AnnotationTaker(mapping);
  }

  begin(image: DatasetImage): void {
    this.#image = image;
    this.#parts = [];
    this.#counts = new Map();
    const { attributes, key } = image;
    if (attributes === undefined || Object.keys(attributes).length === 0) return;
    const tag = { type: 'tag' } as const;
    const said = {
      imageKey: key,
      classIndex: PICTURE_CLASS,
      shape: tag,
      isCrowd: false,
      attributes,
      score: null,
    };
    this.add(said, tag);
  }

  /** `shape` is the annotation's own, mended where it had to be. */
  add(annotation: DatasetAnnotation, shape: Shape): void {
    const taken = this.#annotations.take(annotation, shape, this.#image?.frame?.sequence ?? null);
    if (taken === null) return;
    // What could not be read back must not be written; a defect of a reader ends the import here.
    if (!isKnownImportedAnnotation(taken)) ImportedAnnotation.parse(taken);
    this.#parts.push(textOf(taken));
    this.#counts.set(taken.label, (this.#counts.get(taken.label) ?? 0) + 1);
  }

  /** The image that was begun, or null when the files say nothing of it that is taken. */
  end(): TakenImage | null {
    const image = this.#image;
    this.#image = null;
    if (image === null) return null;
    const isConfirmedEmpty = image.state === 'confirmedEmpty' && this.#parts.length === 0;
    if (this.#parts.length === 0 && !isConfirmedEmpty) return null;
    const text = this.#parts.join(',');
    return {
      key: image.key as RelativeKey,
      isConfirmedEmpty,
      labelCounts: [...this.#counts],
      text,
      hash: this.sha256(text),
    };
  }
}

/** Canonical JSON. Boxes without anything else are nearly all there is, and are written without walking the record. */
function textOf(annotation: ImportedAnnotation): string {
  const { shape, label } = annotation;
  if (shape.type !== 'box' || Object.keys(annotation).length > 2) return canonicalJson(annotation);
  const { x, y, width, height } = shape;
  const sides = `"height":${JSON.stringify(height)},"type":"box","width":${JSON.stringify(width)}`;
  return `{"label":${label},"shape":{${sides},"x":${JSON.stringify(x)},"y":${JSON.stringify(y)}}}`;
}
