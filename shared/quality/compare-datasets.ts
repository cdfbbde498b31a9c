import type { ImageWithAnnotations } from '../formats/events-to-images';
import type { DatasetAnnotation, DatasetImage, DatasetLabel } from '../formats/format';
import type { ShapeType } from '../schema/shapes';
import { behaviourOf } from '../shapes';
import {
  DETAIL_KINDS,
  type DetailDifference,
  type DetailOptions,
  detailDifferences,
  type Ignorable,
  placeInTrack,
  trackInWords,
} from './compare-details';
import { IMAGE_KINDS, imageDifferences } from './compare-images';
import { compareLabels, LABEL_KINDS } from './compare-labels';
import { pairLossy } from './lossy-pairs';
import { type AnnotationPair, matchAnnotations } from './match-annotations';
import { createPartition, regrouped } from './same-partition';
import { createIoUMeter, type IoUSummary } from './shape-iou';

export { eventsToImages } from '../formats/events-to-images';

export const DIFFERENCE_KINDS = [
  'imageMissing',
  'imageExtra',
  ...IMAGE_KINDS,
  'missing',
  'extra',
  'moved',
  'relabelled',
  ...DETAIL_KINDS,
  'groupChanged',
  'trackChanged',
  ...LABEL_KINDS,
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

export interface DatasetDifference {
  readonly kind: DifferenceKind;
  /** '' for what concerns no image, as the class list. */
  readonly imageKey: string;
  /** For a person, e.g. `Car 120 × 40 at 12, 30`. */
  readonly description: string;
}

/** How B differs from A. `missing` is in A alone, `extra` in B alone; an annotation counts once, details aside. */
export interface DatasetComparison {
  /** Images compared: in both, or with something to compare on one side. */
  readonly imagesInBoth: number;
  readonly annotationsInA: number;
  readonly annotationsInB: number;
  /** Annotations with the same label in the same place. */
  readonly matched: number;
  /** Annotations of A whose kind the format keeps in part or as another kind, found again so. */
  readonly matchedInPart: number;
  /** Annotations of A whose kind the format does not hold; they were not looked for. */
  readonly leftOut: number;
  /** Images of A whose shapes were all left out and that B calls confirmed empty: a trainer takes them for negatives. */
  readonly emptiedImages: number;
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  /** Largest difference of a coordinate among annotations that were paired, in image px. */
  readonly largestCoordinateErrorInImagePx: number;
  /** Intersection over union of the paired areas; null when none was paired. */
  readonly iou: IoUSummary | null;
  /** The first differences, for showing; the counts are complete. */
  readonly samples: readonly DatasetDifference[];
  readonly isSame: boolean;
}

export interface CompareOptions extends DetailOptions {
  /** Coordinates that differ by no more than this are the same. */
  readonly toleranceInImagePx: number;
  /** Absent: the IoU of paired areas is measured, which is most of the cost where outlines differ by a rounding. */
  readonly measuresIoU?: boolean;
  /** The tolerance is for pictures of this many px a side; in larger ones it grows with them. Absent: it never grows. */
  readonly toleranceIsForSide?: number;
  /** Shapes that must come back to the last bits of their numbers, whatever the tolerance is. */
  readonly exactShapes?: ReadonlySet<ShapeType>;
  /** Shapes of A that a format keeps in part or as another kind: found when something of their label lies there in B. */
  readonly lossyShapes?: ReadonlySet<ShapeType>;
  /** Of these the ones of which several in A may be one in B. */
  readonly mergedShapes?: ReadonlySet<ShapeType>;
  /** Shapes of A that a format does not hold: they are not looked for in B. */
  readonly droppedShapes?: ReadonlySet<ShapeType>;
  /** What a class is called; two labels are the same when they are called the same. By default the class number. */
  readonly labelOfA?: (classIndex: number) => string;
  readonly labelOfB?: (classIndex: number) => string;
  /** What a class is called in descriptions; by default as it is compared. */
  readonly nameOfA?: (classIndex: number) => string;
  readonly nameOfB?: (classIndex: number) => string;
  /** Class lists to compare once both streams have ended. Absent: they are not compared. */
  readonly labels?: {
    readonly a: () => readonly DatasetLabel[];
    readonly b: () => readonly DatasetLabel[];
    readonly byNumber: boolean;
    /** Classes that no annotation carries must be in B too. */
    readonly withUnused: boolean;
  };
  /** Differences that are not looked for, e.g. because a format is known to make them. */
  readonly ignores?: ReadonlySet<Ignorable>;
  readonly maxSamples?: number;
  /** Hears every difference, also those beyond the samples. */
  readonly onDifference?: (difference: DatasetDifference) => void;
}

const DEFAULT_MAX_SAMPLES = 100;

/** The last bits of a double: coordinates reach 1,000,000, where they are 1.2e-10 apart, and a corner is a sum of two. */
export const LAST_BITS_IN_IMAGE_PX = 1e-9;

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
  readonly #nameOfA: (classIndex: number) => string;
  readonly #nameOfB: (classIndex: number) => string;
  readonly #counts = Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, 0])) as Record<
    DifferenceKind,
    number
  >;
  readonly #samples: DatasetDifference[] = [];
  readonly #iou = createIoUMeter();
  readonly #tracks = createPartition();
  readonly #classesInA = new Set<number>();
  #imagesInBoth = 0;
  #annotationsInA = 0;
  #annotationsInB = 0;
  #matched = 0;
  #matchedInPart = 0;
  #leftOut = 0;
  #emptiedImages = 0;
  #largestError = 0;

  constructor(options: CompareOptions) {
    this.#options = options;
    this.#labelOfA = options.labelOfA ?? nameOfNumber;
    this.#labelOfB = options.labelOfB ?? nameOfNumber;
    this.#nameOfA = options.nameOfA ?? this.#labelOfA;
    this.#nameOfB = options.nameOfB ?? this.#labelOfB;
  }

  onlyInA({ image, annotations }: ImageWithAnnotations): void {
    const kept = this.#lookedFor(annotations);
    const isLeftOut = kept.length === 0 && annotations.length > 0;
    if (isLeftOut || (image.state === 'confirmedEmpty' && this.#ignores('emptyImages'))) return;
    this.#note('imageMissing', image.key, `is only in the first dataset, with ${kept.length} annotations`);
    for (const annotation of kept) this.#note('missing', image.key, inWords(annotation, this.#nameOfA));
  }

  onlyInB({ image, annotations }: ImageWithAnnotations): void {
    this.#annotationsInB += annotations.length;
    this.#note(
      'imageExtra',
      image.key,
      `is only in the second dataset, with ${annotations.length} annotations`,
    );
    for (const annotation of annotations) this.#note('extra', image.key, inWords(annotation, this.#nameOfB));
  }

  both(a: ImageWithAnnotations, b: ImageWithAnnotations): void {
    const inA = this.#lookedFor(a.annotations);
    this.#imagesInBoth += 1;
    this.#annotationsInB += b.annotations.length;
    const isLeftOut = inA.length === 0 && a.annotations.length > 0;
    this.#compareImages(a.image, b.image, isLeftOut);
    const { pairs, onlyInA, onlyInB } = matchAnnotations(inA, b.annotations, {
      toleranceOf: this.#toleranceFor(a.image),
      unlikeness: this.#unlikeness,
      labelOfA: this.#labelOfA,
      labelOfB: this.#labelOfB,
    });
    const { key } = a.image;
    for (const pair of pairs) this.#comparePair(key, pair);
    if (!this.#ignores('groups')) this.#compareGroups(key, pairs);
    if (!this.#ignores('tracks')) this.#compareTracks(a.image, pairs);
    this.#compareRest(key, onlyInA, onlyInB, pairs);
  }

  #ignores(what: Ignorable): boolean {
    return this.#options.ignores?.has(what) === true;
  }

  /** Of the annotations of an image of A those that the format can hold; the others are counted. */
  #lookedFor(annotations: readonly DatasetAnnotation[]): readonly DatasetAnnotation[] {
    const { droppedShapes } = this.#options;
    const kept =
      droppedShapes === undefined || droppedShapes.size === 0
        ? annotations
        : annotations.filter(({ shape }) => !droppedShapes.has(shape.type));
    this.#leftOut += annotations.length - kept.length;
    this.#annotationsInA += kept.length;
    if (this.#options.labels?.withUnused === false) {
      for (const { classIndex } of kept) this.#classesInA.add(classIndex);
    }
    return kept;
  }

  #toleranceFor({ size }: DatasetImage): (shape: DatasetAnnotation['shape']) => number {
    const { toleranceInImagePx, toleranceIsForSide, exactShapes } = this.#options;
    const growth =
      size === null || toleranceIsForSide === undefined
        ? 1
        : Math.max(1, size.width / toleranceIsForSide, size.height / toleranceIsForSide);
    const tolerance = toleranceInImagePx * growth;
    return ({ type }) => (exactShapes?.has(type) === true ? LAST_BITS_IN_IMAGE_PX : tolerance);
  }

  readonly #unlikeness = (a: DatasetAnnotation, b: DatasetAnnotation): number => {
    let count = detailDifferences(a, b, this.#options).length;
    if (a.groupId !== b.groupId && !this.#ignores('groups')) count += 1;
    if (a.trackId !== b.trackId && !this.#ignores('tracks')) count += 1;
    return count;
  };

  #compareImages(a: DatasetImage, b: DatasetImage, isLeftOut: boolean): void {
    const isEmptied = isLeftOut && b.state === 'confirmedEmpty';
    if (isEmptied) this.#emptiedImages += 1;
    for (const { kind, description } of imageDifferences(a, b, this.#options.ignores)) {
      if (!(isEmptied && kind === 'stateChanged')) this.#note(kind, a.key, description);
    }
  }

  #comparePair(key: string, pair: AnnotationPair): void {
    const isInPart = !pair.isSamePlace && this.#options.lossyShapes?.has(pair.a.shape.type) === true;
    if (Number.isFinite(pair.difference) && !isInPart) {
      this.#largestError = Math.max(this.#largestError, pair.difference);
    }
    if (this.#options.measuresIoU !== false) this.#iou.add(pair.a.shape, pair.b.shape, pair.difference);
    const described = inWords(pair.a, this.#nameOfA);
    if (!pair.isSameLabel) {
      this.#note('relabelled', key, `${described} became ${this.#nameOfB(pair.b.classIndex)}`);
    } else if (isInPart) {
      this.#matchedInPart += 1;
    } else if (!pair.isSamePlace) {
      this.#note('moved', key, `${described} became ${inWords(pair.b, this.#nameOfB)}`);
    } else {
      this.#matched += 1;
    }
    this.#noteDetails(key, described, detailDifferences(pair.a, pair.b, this.#options));
  }

  #noteDetails(key: string, described: string, differences: readonly DetailDifference[]): void {
    for (const { kind, before, after } of differences) {
      this.#note(kind, key, `${described}: ${before} became ${after}`);
    }
  }

  #compareGroups(key: string, pairs: readonly AnnotationPair[]): void {
    const changed = regrouped(
      pairs,
      (pair) => pair.a.groupId,
      (pair) => pair.b.groupId,
    );
    for (const { a, b } of changed) {
      const words = (group: string | undefined) => (group === undefined ? 'no group' : `group ${group}`);
      this.#note(
        'groupChanged',
        key,
        `${inWords(a, this.#nameOfA)}: ${words(a.groupId)} became ${words(b.groupId)}`,
      );
    }
  }

  /** Ids may be given anew, so long as the same object keeps one id through its sequence. */
  #compareTracks({ key, frame }: DatasetImage, pairs: readonly AnnotationPair[]): void {
    const track = ({ trackId }: DatasetAnnotation) =>
      trackId === undefined ? null : JSON.stringify([frame?.sequence ?? '', trackId]);
    for (const { a, b } of pairs) {
      const isSameTrack = this.#tracks.add(track(a), track(b));
      if (isSameTrack && (a.trackId === undefined || placeInTrack(a) === placeInTrack(b))) continue;
      this.#note(
        'trackChanged',
        key,
        `${inWords(a, this.#nameOfA)}: ${trackInWords(a)} became ${trackInWords(b)}`,
      );
    }
  }

  /** What found no partner: what the format keeps in part may still be there as something else. */
  #compareRest(
    key: string,
    onlyInA: readonly DatasetAnnotation[],
    onlyInB: readonly DatasetAnnotation[],
    paired: readonly AnnotationPair[],
  ): void {
    const { lossyShapes, mergedShapes } = this.#options;
    const rest =
      lossyShapes === undefined || lossyShapes.size === 0
        ? { pairs: [], onlyInA, onlyInB }
        : pairLossy(onlyInA, onlyInB, lossyShapes, {
            labelOfA: this.#labelOfA,
            labelOfB: this.#labelOfB,
            toleranceInImagePx: Math.max(this.#options.toleranceInImagePx, 1),
            mergedInB: paired.filter(({ a }) => mergedShapes?.has(a.shape.type)).map(({ b }) => b),
          });
    this.#matchedInPart += rest.pairs.length;
    for (const { a, b } of rest.pairs) {
      if (this.#options.measuresIoU !== false) this.#iou.add(a.shape, b.shape, Number.POSITIVE_INFINITY);
    }
    for (const annotation of rest.onlyInA) this.#note('missing', key, inWords(annotation, this.#nameOfA));
    for (const annotation of rest.onlyInB) this.#note('extra', key, inWords(annotation, this.#nameOfB));
  }

  result(): DatasetComparison {
    const { labels } = this.#options;
    if (labels !== undefined && !this.#ignores('labels')) {
      const usedInA = labels.withUnused ? null : this.#classesInA;
      for (const { kind, description } of compareLabels(labels.a(), labels.b(), {
        byNumber: labels.byNumber,
        usedInA,
      })) {
        this.#note(kind, '', description);
      }
    }
    return {
      imagesInBoth: this.#imagesInBoth,
      annotationsInA: this.#annotationsInA,
      annotationsInB: this.#annotationsInB,
      matched: this.#matched,
      matchedInPart: this.#matchedInPart,
      leftOut: this.#leftOut,
      emptiedImages: this.#emptiedImages,
      counts: this.#counts,
      largestCoordinateErrorInImagePx: this.#largestError,
      iou: this.#iou.summary(),
      samples: this.#samples,
      isSame: DIFFERENCE_KINDS.every((kind) => this.#counts[kind] === 0),
    };
  }

  #note(kind: DifferenceKind, imageKey: string, description: string): void {
    this.#counts[kind] += 1;
    const difference = { kind, imageKey, description };
    this.#options.onDifference?.(difference);
    if (this.#samples.length < (this.#options.maxSamples ?? DEFAULT_MAX_SAMPLES)) {
      this.#samples.push(difference);
    }
  }
}

function inWords({ classIndex, shape }: DatasetAnnotation, nameOf: (classIndex: number) => string): string {
  return `${nameOf(classIndex)} ${behaviourOf(shape).describe(shape)}`;
}
