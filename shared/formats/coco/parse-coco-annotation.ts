import { normalisedDegrees } from '../../geometry/affine';
import type { BoxShape, RotatedBoxShape, Shape, SkeletonShape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import type { DatasetAnnotation } from '../format';
import { detailsOf, NO_ATTRIBUTES } from '../parts/coco/annotation-details';
import type { CocoCategory } from '../parts/coco/coco-categories';
import { type CocoId, cocoIdFrom, shownId } from '../parts/coco/coco-id';
import type { CocoPicture } from '../parts/coco/image-events';
import type { ReadNotes } from '../parts/coco/read-notes';
import { isRecord, type JsonRecord } from '../parts/json/json-values';
import { isBoxOfJoints } from './box-of-joints';
import { parseKeypoints } from './parse-keypoints';
import { parseSegmentation, type SegmentationFault } from './parse-segmentation';
import { boxOfBbox, isNothing, plainBoxOf } from './plain-box';

/** Boxes are rounded outwards or to whole pixels by many tools, and by one more where right means "last pixel". */
const BOX_TOLERANCE_IN_IMAGE_PX = 2;

export interface AnnotationContext {
  readonly classIndexById: ReadonlyMap<CocoId, number>;
  readonly categoryById: ReadonlyMap<CocoId, CocoCategory>;
  readonly notes: ReadNotes;
  /** Whether an annotation without a place is the class of its whole picture, as in a file of labels. */
  readonly takesTags: boolean;
  /** Hears what is wrong with an annotation (by its index in "annotations") and what was done about it. */
  readonly onFault: (index: number, picture: CocoPicture, code: string, reason: string) => void;
}

const LEFT_OUT = 'it was left out';

/**
 * The annotations (image px) that one element of "annotations" stands for, added to `found`: mostly one, none where it
 * cannot be used, and two of one group where it has keypoints as well as an outline or box of its own.
 */
export function addCocoAnnotation(
  element: unknown,
  index: number,
  picture: CocoPicture,
  context: AnnotationContext,
  found: DatasetAnnotation[],
): void {
  const refuse = (code: string, reason: string, consequence = LEFT_OUT) =>
    context.onFault(index, picture, code, `${reason}; ${consequence}`);
  if (!isRecord(element)) {
    refuse('coco-bad-annotation', 'is not an object');
    return;
  }
  const categoryId = cocoIdFrom(element.category_id);
  const classIndex = categoryId === null ? undefined : context.classIndexById.get(categoryId);
  if (categoryId === null || classIndex === undefined) {
    const named =
      categoryId === null ? 'no category' : `category ${shownId(categoryId)}, which is not in "categories"`;
    refuse('coco-unknown-category', `names ${named}`);
    return;
  }
  const plain = plainBoxOf(element);
  if (plain !== null) {
    const isCrowd = element.iscrowd === 1;
    found.push({
      imageKey: picture.key,
      classIndex,
      shape: plain,
      isCrowd,
      attributes: NO_ATTRIBUTES,
      score: null,
    });
    return;
  }
  const box = boxOfBbox(element.bbox);
  const { shape: outline, fault } = outlineOf(element, picture, box, context.notes);
  const keypoints = parseKeypoints(element.keypoints, context.categoryById.get(categoryId));
  const faults = [...(fault === null ? [] : [fault])];
  if (typeof keypoints === 'string') faults.push({ code: 'coco-bad-keypoints', reason: keypoints });
  const skeleton = typeof keypoints === 'string' ? null : keypoints;

  const { details, rotation } = detailsOf(element, picture, outline === null && box !== null, context.notes);
  const area = outline ?? (box === null || rotation === null ? box : turned(box, rotation));
  const shapes = shapesOf(area, skeleton);
  if (shapes.length === 0 && faults.length === 0) {
    const hasNoPlace = isNothing(element.bbox);
    if (hasNoPlace && context.takesTags) shapes.push({ type: 'tag' });
    else if (hasNoPlace && typeof element.caption === 'string') context.notes.add('caption-dropped');
    else faults.push(noBox(element));
  }
  for (const { code, reason } of faults) refuse(code, reason, insteadIs(shapes));
  const groupId = shapes.length > 1 ? (details.groupId ?? groupOf(element, index)) : undefined;
  for (const shape of shapes) {
    found.push({
      imageKey: picture.key,
      classIndex,
      shape,
      ...details,
      ...(groupId === undefined ? {} : { groupId }),
    });
  }
}

function outlineOf(
  element: JsonRecord,
  picture: CocoPicture,
  box: BoxShape | null,
  notes: ReadNotes,
): { readonly shape: Shape | null; readonly fault: SegmentationFault | null } {
  const parsed = parseSegmentation(element.segmentation, picture);
  if (parsed === null) return { shape: null, fault: null };
  if (parsed.isShort) notes.add('coco-short-mask');
  if (parsed.shape !== null && box !== null && differs(box, parsed.shape)) notes.add('coco-box-differs');
  return parsed;
}

function differs(box: BoxShape, shape: Shape): boolean {
  const bounds = behaviourOf(shape).bounds(shape);
  const farthest = Math.max(
    Math.abs(box.x - bounds.x),
    Math.abs(box.y - bounds.y),
    Math.abs(box.x + box.width - bounds.x - bounds.width),
    Math.abs(box.y + box.height - bounds.y - bounds.height),
  );
  return farthest > BOX_TOLERANCE_IN_IMAGE_PX;
}

function turned({ x, y, width, height }: BoxShape, degrees: number): RotatedBoxShape {
  return {
    type: 'rotated-box',
    cx: x + width / 2,
    cy: y + height / 2,
    width,
    height,
    rotation: normalisedDegrees(degrees),
  };
}

/**
 * An annotation with joints that nobody placed is its area alone (COCO's small persons); one whose box only runs around
 * its joints is its skeleton alone.
 */
function shapesOf(area: Shape | null, skeleton: SkeletonShape | null): Shape[] {
  if (skeleton === null) return area === null ? [] : [area];
  if (area === null) return [skeleton];
  if (!skeleton.joints.some(({ visibility }) => visibility > 0)) return [area];
  return area.type === 'box' && isBoxOfJoints(area, skeleton) ? [skeleton] : [area, skeleton];
}

function noBox({ bbox }: JsonRecord): SegmentationFault {
  return Array.isArray(bbox)
    ? { code: 'coco-bad-box', reason: `has a "bbox" that is no box: ${shown(bbox)}` }
    : { code: 'coco-no-box', reason: 'has no "bbox"' };
}

/** A hostile value may be nested deeper than JSON.stringify's stack. */
function shown(values: readonly unknown[]): string {
  const parts = values.slice(0, 6).map((value) => (typeof value === 'number' ? String(value) : typeof value));
  return `[${parts.join(', ')}${values.length > 6 ? ', …' : ''}]`;
}

function insteadIs(shapes: readonly Shape[]): string {
  const [first] = shapes;
  if (first === undefined) return LEFT_OUT;
  if (first.type === 'box' || first.type === 'rotated-box') return 'its box was taken';
  return first.type === 'polygon' ? 'the rest of it was taken' : `its ${first.type} was taken`;
}

/** Both halves of an annotation belong together, by its id where it has one. */
function groupOf({ id }: JsonRecord, index: number): string {
  const known = cocoIdFrom(id);
  return known === null ? `coco-at-${index}` : `coco-${shownId(known)}`;
}
