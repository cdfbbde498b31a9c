import { canonicalJson } from '../document/canonical-json';
import type { ImageWithAnnotations } from '../formats/events-to-images';
import type { DatasetAnnotation } from '../formats/format';
import { behaviourOf } from '../shapes';
import { type AnnotationPair, matchAnnotations } from './match-annotations';

export { eventsToImages } from '../formats/events-to-images';

export const DIFFERENCE_KINDS = [
  'imageMissing',
  'imageExtra',
  'stateChanged',
  'splitChanged',
  'sizeChanged',
  'missing',
  'extra',
  'moved',
  'relabelled',
  'attributesChanged',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export interface DatasetDifference {
  readonly kind: DifferenceKind;
  readonly imageKey: string;
  /** For a person, e.g. `Car 120 × 40 at 12, 30`. */
  readonly description: string;
}

/** How B differs from A. `missing` is in A alone, `extra` in B alone; an annotation counts once, attributes aside. */
export interface DatasetComparison {
  /** Images compared: in both, or with something to compare on one side. */
  readonly imagesInBoth: number;
  readonly annotationsInA: number;
  readonly annotationsInB: number;
  /** Annotations with the same label in the same place. */
  readonly matched: number;
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  /** Largest difference of a coordinate among annotations that were paired, in image px. */
  readonly largestCoordinateErrorInImagePx: number;
  /** The first differences, for showing; the counts are complete. */
  readonly samples: readonly DatasetDifference[];
  readonly isSame: boolean;
}

export interface CompareOptions {
  /** Coordinates that differ by no more than this are the same. */
  readonly toleranceInImagePx: number;
  /** What a class is called; two labels are the same when they are called the same. By default the class number. */
  readonly labelOfA?: (classIndex: number) => string;
  readonly labelOfB?: (classIndex: number) => string;
  /** Differences that a format is known to make are not looked for: attributes and flags, or splits. */
  readonly ignores?: ReadonlySet<'attributes' | 'splits' | 'sizes'>;
  readonly maxSamples?: number;
}

const DEFAULT_MAX_SAMPLES = 100;

/** Stored and displayed sizes are whole px; a size that rounds to the same is the same. */
const SIZE_TOLERANCE_IN_IMAGE_PX = 0.5;

/**
 * Compares two datasets image by image. Both are read side by side, so two datasets in the same order need no memory;
 * images that come at different places wait until their other half arrives.
 *
 * Images that are not labelled and hold nothing say nothing about labels: formats leave them out or not as they can, so
 * they are passed over on both sides.
 */
export async function compareDatasets(
  a: AsyncIterable<ImageWithAnnotations>,
  b: AsyncIterable<ImageWithAnnotations>,
  options: CompareOptions,
): Promise<DatasetComparison> {
  const comparison = new Comparison(options);
  const waitingA = new Map<string, ImageWithAnnotations>();
  const waitingB = new Map<string, ImageWithAnnotations>();
  const streamA = a[Symbol.asyncIterator]();
  const streamB = b[Symbol.asyncIterator]();
  let isOpenA = true;
  let isOpenB = true;
  while (isOpenA || isOpenB) {
    if (isOpenA) {
      const next = await streamA.next();
      if (next.done === true) isOpenA = false;
      else if (!saysNothing(next.value)) {
        const other = taken(waitingB, next.value.image.key);
        if (other === null) waitingA.set(next.value.image.key, next.value);
        else comparison.both(next.value, other);
      }
    }
    if (isOpenB) {
      const next = await streamB.next();
      if (next.done === true) isOpenB = false;
      else if (!saysNothing(next.value)) {
        const other = taken(waitingA, next.value.image.key);
        if (other === null) waitingB.set(next.value.image.key, next.value);
        else comparison.both(other, next.value);
      }
    }
  }
  for (const image of waitingA.values()) comparison.onlyInA(image);
  for (const image of waitingB.values()) comparison.onlyInB(image);
  return comparison.result();
}

function saysNothing({ image, annotations }: ImageWithAnnotations): boolean {
  return image.state === 'unlabelled' && annotations.length === 0;
}

function taken(waiting: Map<string, ImageWithAnnotations>, key: string): ImageWithAnnotations | null {
  const found = waiting.get(key);
  if (found === undefined) return null;
  waiting.delete(key);
  return found;
}

const nameOfNumber = (classIndex: number) => `class ${classIndex}`;

class Comparison {
  readonly #options: CompareOptions;
  readonly #labelOfA: (classIndex: number) => string;
  readonly #labelOfB: (classIndex: number) => string;
  readonly #counts = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, 0])) as Record<
    DifferenceKind,
    number
  >;
  readonly #samples: DatasetDifference[] = [];
  #imagesInBoth = 0;
  #annotationsInA = 0;
  #annotationsInB = 0;
  #matched = 0;
  #largestError = 0;

  constructor(options: CompareOptions) {
    this.#options = options;
    this.#labelOfA = options.labelOfA ?? nameOfNumber;
    this.#labelOfB = options.labelOfB ?? nameOfNumber;
  }

  onlyInA({ image, annotations }: ImageWithAnnotations): void {
    this.#annotationsInA += annotations.length;
    this.#note(
      'imageMissing',
      image.key,
      `is only in the first dataset, with ${annotations.length} annotations`,
    );
    for (const annotation of annotations)
      this.#note('missing', image.key, inWords(annotation, this.#labelOfA));
  }

  onlyInB({ image, annotations }: ImageWithAnnotations): void {
    this.#annotationsInB += annotations.length;
    this.#note(
      'imageExtra',
      image.key,
      `is only in the second dataset, with ${annotations.length} annotations`,
    );
    for (const annotation of annotations) this.#note('extra', image.key, inWords(annotation, this.#labelOfB));
  }

  both(a: ImageWithAnnotations, b: ImageWithAnnotations): void {
    this.#imagesInBoth += 1;
    this.#annotationsInA += a.annotations.length;
    this.#annotationsInB += b.annotations.length;
    this.#compareImages(a, b);
    const { pairs, onlyInA, onlyInB } = matchAnnotations(a.annotations, b.annotations, {
      toleranceInImagePx: this.#options.toleranceInImagePx,
      labelOfA: this.#labelOfA,
      labelOfB: this.#labelOfB,
    });
    const { key } = a.image;
    for (const pair of pairs) this.#comparePair(key, pair);
    for (const annotation of onlyInA) this.#note('missing', key, inWords(annotation, this.#labelOfA));
    for (const annotation of onlyInB) this.#note('extra', key, inWords(annotation, this.#labelOfB));
  }

  #compareImages({ image: a }: ImageWithAnnotations, { image: b }: ImageWithAnnotations): void {
    const { ignores } = this.#options;
    // In progress and labelled differ in the app alone: no exchange format knows work in progress.
    if ((a.state === 'confirmedEmpty') !== (b.state === 'confirmedEmpty')) {
      this.#note('stateChanged', a.key, `${a.state} became ${b.state}`);
    }
    if (a.split !== b.split && ignores?.has('splits') !== true) {
      this.#note('splitChanged', a.key, `${a.split ?? 'no split'} became ${b.split ?? 'no split'}`);
    }
    if (a.size === null || b.size === null || ignores?.has('sizes') === true) return;
    const error = Math.max(Math.abs(a.size.width - b.size.width), Math.abs(a.size.height - b.size.height));
    if (error > SIZE_TOLERANCE_IN_IMAGE_PX) {
      this.#note(
        'sizeChanged',
        a.key,
        `${a.size.width} × ${a.size.height} became ${b.size.width} × ${b.size.height} px`,
      );
    }
  }

  #comparePair(key: string, pair: AnnotationPair): void {
    if (Number.isFinite(pair.difference)) this.#largestError = Math.max(this.#largestError, pair.difference);
    const described = inWords(pair.a, this.#labelOfA);
    if (!pair.isSameLabel) {
      this.#note('relabelled', key, `${described} became ${this.#labelOfB(pair.b.classIndex)}`);
    } else if (!pair.isSamePlace) {
      this.#note('moved', key, `${described} became ${inWords(pair.b, this.#labelOfB)}`);
    } else {
      this.#matched += 1;
    }
    if (this.#options.ignores?.has('attributes') === true) return;
    const before = attributesOf(pair.a);
    const after = attributesOf(pair.b);
    if (before !== after) this.#note('attributesChanged', key, `${described}: ${before} became ${after}`);
  }

  result(): DatasetComparison {
    return {
      imagesInBoth: this.#imagesInBoth,
      annotationsInA: this.#annotationsInA,
      annotationsInB: this.#annotationsInB,
      matched: this.#matched,
      counts: this.#counts,
      largestCoordinateErrorInImagePx: this.#largestError,
      samples: this.#samples,
      isSame: DIFFERENCE_KINDS.every((kind) => this.#counts[kind] === 0),
    };
  }

  #note(kind: DifferenceKind, imageKey: string, description: string): void {
    this.#counts[kind] += 1;
    if (this.#samples.length < (this.#options.maxSamples ?? DEFAULT_MAX_SAMPLES)) {
      this.#samples.push({ kind, imageKey, description });
    }
  }
}

function inWords({ classIndex, shape }: DatasetAnnotation, labelOf: (classIndex: number) => string): string {
  return `${labelOf(classIndex)} ${behaviourOf(shape).describe(shape)}`;
}

/** What is compared beside label and shape, as one text. */
function attributesOf({ attributes, isCrowd, score }: DatasetAnnotation): string {
  return canonicalJson({
    ...attributes,
    ...(isCrowd ? { '(crowd)': true } : {}),
    ...(score === null ? {} : { '(score)': score }),
  });
}
