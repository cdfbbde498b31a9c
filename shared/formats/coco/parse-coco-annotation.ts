import type { AttributeValue } from '../../schema/label-schema';
import type { BoxShape } from '../../schema/shapes';
import type { DatasetAnnotation } from '../format';
import { cocoIdFrom, isRecord } from './scan-coco-file';

/** Same bound as the Coordinate schema, checked by hand: this runs once a box and a schema would cost half the budget. */
const LARGEST_COORDINATE_IN_IMAGE_PX = 1_000_000;

const MAX_ATTRIBUTES = 100;
const MAX_TEXT = 10_000;

/** Things an annotation carries that the app does not take; counted by the caller. */
export interface Dropped {
  segmentations: number;
  keypoints: number;
  attributes: number;
}

export type ParsedAnnotation =
  | { readonly annotation: DatasetAnnotation }
  | { readonly code: string; readonly reason: string };

const NO_ATTRIBUTES: Readonly<Record<string, AttributeValue>> = {};

/** One element of "annotations" as an annotation in image px, or why it is none. */
export function parseCocoAnnotation(
  element: unknown,
  imageKey: string,
  classIndexById: ReadonlyMap<number | string, number>,
  dropped: Dropped,
): ParsedAnnotation {
  if (!isRecord(element)) return { code: 'coco-bad-annotation', reason: 'is not an object' };
  const categoryId = cocoIdFrom(element.category_id);
  const classIndex = categoryId === null ? undefined : classIndexById.get(categoryId);
  if (classIndex === undefined) {
    const named =
      categoryId === null ? 'no category' : `category ${categoryId}, which is not in "categories"`;
    return { code: 'coco-unknown-category', reason: `names ${named}` };
  }
  const hasSegmentation = isFilled(element.segmentation);
  const shape = boxFrom(element.bbox) ?? (hasSegmentation ? boxAround(element.segmentation) : null);
  if (shape === null) {
    return Array.isArray(element.bbox)
      ? {
          code: 'coco-bad-box',
          reason: `has a "bbox" that is no box: ${shown(element.bbox)}`,
        }
      : { code: 'coco-no-box', reason: 'has no "bbox"' };
  }
  if (hasSegmentation) dropped.segmentations += 1;
  if (isFilled(element.keypoints)) dropped.keypoints += 1;
  const score = element.score;
  return {
    annotation: {
      imageKey,
      classIndex,
      shape,
      isCrowd: element.iscrowd === 1 || element.iscrowd === true,
      attributes:
        element.attributes === undefined ? NO_ATTRIBUTES : attributesFrom(element.attributes, dropped),
      score: typeof score === 'number' && score >= 0 && score <= 1 ? score : null,
    },
  };
}

/** A hostile value may be nested deeper than JSON.stringify's stack. */
function shown(values: readonly unknown[]): string {
  const parts = values.slice(0, 6).map((value) => (typeof value === 'number' ? String(value) : typeof value));
  return `[${parts.join(', ')}${values.length > 6 ? ', …' : ''}]`;
}

function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null;
}

function boxFrom(bbox: unknown): BoxShape | null {
  if (!Array.isArray(bbox) || bbox.length !== 4) return null;
  const [x, y, width, height] = bbox as readonly unknown[];
  if (!isCoordinate(x) || !isCoordinate(y) || !isCoordinate(width) || !isCoordinate(height)) return null;
  return width > 0 && height > 0 ? { type: 'box', x, y, width, height } : null;
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LARGEST_COORDINATE_IN_IMAGE_PX;
}

/** The box around polygons, for annotations that have only those. */
function boxAround(segmentation: unknown): BoxShape | null {
  if (!Array.isArray(segmentation)) return null;
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const ring of segmentation as readonly unknown[]) {
    if (!Array.isArray(ring)) return null;
    for (let index = 0; index + 1 < ring.length; index += 2) {
      const x: unknown = ring[index];
      const y: unknown = ring[index + 1];
      if (typeof x !== 'number' || typeof y !== 'number') return null;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return boxFrom([left, top, right - left, bottom - top]);
}

function attributesFrom(value: unknown, dropped: Dropped): Readonly<Record<string, AttributeValue>> {
  if (!isRecord(value)) return NO_ATTRIBUTES;
  const kept: [string, AttributeValue][] = [];
  for (const [name, given] of Object.entries(value)) {
    const isTaken =
      typeof given === 'boolean' ||
      (typeof given === 'number' && Number.isFinite(given)) ||
      (typeof given === 'string' && given.length <= MAX_TEXT);
    if (isTaken && name !== '' && name.length <= MAX_TEXT && kept.length < MAX_ATTRIBUTES)
      kept.push([name, given]);
    else if (given !== null) dropped.attributes += 1;
  }
  // fromEntries defines own properties, so a key like __proto__ stays data.
  return kept.length === 0 ? NO_ATTRIBUTES : Object.fromEntries(kept);
}
