import type { Attributes, DatasetAnnotation } from '../formats/format';
import type { AttributeValue } from '../schema/label-schema';

/** What may be left out of a comparison, each thing for itself. */
export const IGNORABLE = [
  'attributes',
  'crowd',
  'scores',
  'groups',
  'tracks',
  'notes',
  'emptyImages',
  'imageAttributes',
  'frames',
  'splits',
  'sizes',
  'labels',
] as const;
export type Ignorable = (typeof IGNORABLE)[number];

export const DETAIL_KINDS = ['attributesChanged', 'crowdChanged', 'scoreChanged', 'noteChanged'] as const;

/** One thing beside label and shape in which two annotations differ, with both sides in words. */
export interface DetailDifference {
  readonly kind: (typeof DETAIL_KINDS)[number];
  readonly before: string;
  readonly after: string;
}

export interface DetailOptions {
  readonly ignores?: ReadonlySet<Ignorable>;
  /** Scores that differ by no more are the same. */
  readonly scoreTolerance?: number;
  /** Numbers among attributes that differ by no more, relative to the larger, are the same. */
  readonly attributeTolerance?: number;
}

/** In what two annotations of the same place differ beside label, shape, group and track. */
export function detailDifferences(
  a: DatasetAnnotation,
  b: DatasetAnnotation,
  { ignores, scoreTolerance = 0, attributeTolerance = 0 }: DetailOptions,
): readonly DetailDifference[] {
  const found: DetailDifference[] = [];
  if (ignores?.has('attributes') !== true && !areSame(a.attributes, b.attributes, attributeTolerance)) {
    found.push({
      kind: 'attributesChanged',
      before: attributesInWords(a.attributes),
      after: attributesInWords(b.attributes),
    });
  }
  if (ignores?.has('crowd') !== true && a.isCrowd !== b.isCrowd) {
    found.push({ kind: 'crowdChanged', before: crowdInWords(a), after: crowdInWords(b) });
  }
  if (ignores?.has('scores') !== true && !isSameScore(a.score, b.score, scoreTolerance)) {
    found.push({
      kind: 'scoreChanged',
      before: a.score === null ? 'no score' : `score ${a.score}`,
      after: b.score === null ? 'no score' : `score ${b.score}`,
    });
  }
  if (ignores?.has('notes') !== true && (a.note ?? '') !== (b.note ?? '')) {
    found.push({
      kind: 'noteChanged',
      before: JSON.stringify(a.note ?? ''),
      after: JSON.stringify(b.note ?? ''),
    });
  }
  return found;
}

/** Whether two records of attributes hold the same; order means nothing, and nothing at all is the same as none. */
export function areSame(a: Attributes | undefined, b: Attributes | undefined, tolerance = 0): boolean {
  const before = a ?? {};
  const after = b ?? {};
  const names = Object.keys(before);
  if (names.length !== Object.keys(after).length) return false;
  return names.every(
    (name) => Object.hasOwn(after, name) && isSameValue(before[name], after[name], tolerance),
  );
}

export function attributesInWords(attributes: Attributes | undefined): string {
  const names = Object.keys(attributes ?? {}).sort();
  if (names.length === 0) return 'no attributes';
  return names.map((name) => `${name}: ${JSON.stringify(attributes?.[name])}`).join(', ');
}

function isSameValue(
  a: AttributeValue | undefined,
  b: AttributeValue | undefined,
  tolerance: number,
): boolean {
  if (a === b) return true;
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

function isSameScore(a: number | null, b: number | null, tolerance: number): boolean {
  return a === b || (a !== null && b !== null && Math.abs(a - b) <= tolerance);
}

function crowdInWords({ isCrowd }: DatasetAnnotation): string {
  return isCrowd ? 'a crowd' : 'one object';
}

/** What is said of an object's place in its track beside which one it is. */
export function placeInTrack({ isKeyframe = true, isOutside = false }: DatasetAnnotation): string {
  return `${isKeyframe ? 'a keyframe' : 'interpolated'}${isOutside ? ', outside' : ''}`;
}

export function trackInWords(annotation: DatasetAnnotation): string {
  return annotation.trackId === undefined
    ? 'no track'
    : `track ${annotation.trackId} (${placeInTrack(annotation)})`;
}
