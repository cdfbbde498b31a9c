import type { Rect, Size } from '../../geometry/rect';
import type { Shape, SkeletonShape } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import type { DatasetAnnotation } from '../format';
import type { LossTally } from '../parts/loss-tally';
import { slackOf } from './corners-text';
import type { LinePlan } from './line-plan';
import { decimalOfUnits, normalisedBox, unitsOf } from './normalised-box';
import { boxOfJoints, type Joint } from './pose-box';

/** A box that lies nearer to the one around the joints than this would be taken for it and not be seen on reading. */
const OWN_BOX_IN_IMAGE_PX = 1e-3;

export interface PosedBoxes {
  readonly boxOf: ReadonlyMap<DatasetAnnotation, Rect>;
  /** The boxes, and outlines taken for the boxes around them, that are written as part of a pose. */
  readonly written: ReadonlySet<DatasetAnnotation>;
}

/**
 * Pairs each skeleton with a box of its group and class: YOLO writes both in one line. Where other shapes are written as
 * boxes, one of them serves as well: a line of its own would be the same object a second time.
 */
export function posedBoxes(
  annotations: readonly DatasetAnnotation[],
  plan: LinePlan,
  size: Size,
): PosedBoxes {
  const boxOf = new Map<DatasetAnnotation, Rect>();
  const written = new Set<DatasetAnnotation>();
  for (const annotation of annotations) {
    const { shape, groupId, classIndex } = annotation;
    if (shape.type !== 'skeleton' || groupId === undefined) continue;
    const around = boxOfJoints(columnsOf(shape, plan.jointsOfClass.get(classIndex) ?? [], size), size);
    for (const other of annotations) {
      if (other.groupId !== groupId || other.classIndex !== classIndex || written.has(other)) continue;
      const box = boxFor(other.shape, plan);
      if (box === null || !isInsideOf(box, size) || !isApart(box, around)) continue;
      boxOf.set(annotation, box);
      written.add(other);
      break;
    }
  }
  return { boxOf, written };
}

function boxFor(shape: Shape, { takesAll }: LinePlan): Rect | null {
  if (shape.type === 'box') return shape;
  const isTaken = takesAll && (shape.type === 'polygon' || shape.type === 'rotated-box');
  return isTaken ? behaviourOf(shape).bounds(shape) : null;
}

function isInsideOf({ x, y, width, height }: Rect, size: Size): boolean {
  const slack = slackOf(size);
  return x >= -slack && y >= -slack && x + width <= size.width + slack && y + height <= size.height + slack;
}

function isApart(a: Rect, b: Rect): boolean {
  return (
    Math.max(
      Math.abs(a.x - b.x),
      Math.abs(a.y - b.y),
      Math.abs(a.x + a.width - b.x - b.width),
      Math.abs(a.y + a.height - b.y - b.height),
    ) > OWN_BOX_IN_IMAGE_PX
  );
}

interface Column extends Joint {
  /** Whether the joint was labelled and lies outside of the picture, where YOLO knows none. */
  readonly isLost: boolean;
}

const NO_JOINT: Column = { x: 0, y: 0, visibility: 0, isLost: false };

/** The joints of a shape in the order of its class; the nth of a name goes with the nth of that name. */
function columnsOf({ joints }: SkeletonShape, names: readonly string[], size: Size): readonly Column[] {
  const waiting = [...joints];
  return names.map((name) => {
    const at = waiting.findIndex((joint) => joint.name === name);
    const joint = at < 0 ? undefined : waiting.splice(at, 1)[0];
    if (joint === undefined) return NO_JOINT;
    const slack = slackOf(size);
    const { x, y, visibility } = joint;
    const isOutside = x < -slack || y < -slack || x > size.width + slack || y > size.height + slack;
    return { x, y, visibility: isOutside ? 0 : visibility, isLost: isOutside && visibility > 0 };
  });
}

/** A box and the joints of a pose, as follows the class number; null when there is nothing of it in the picture. */
export function poseText(
  shape: SkeletonShape,
  { imageKey, classIndex }: DatasetAnnotation,
  ownBox: Rect | null,
  plan: LinePlan,
  size: Size,
  tally: LossTally,
): string | null {
  const names = plan.jointsOfClass.get(classIndex) ?? [];
  const columns = columnsOf(shape, names, size);
  const hasLabelled = columns.some((column) => column.visibility > 0);
  const box = normalisedBox(ownBox ?? boxOfJoints(columns, size), size);
  const lost = columns.filter((column) => column.isLost).length;
  if (box === null || (lost > 0 && !hasLabelled)) {
    tally.add(
      'shape-outside-image',
      imageKey,
      `A skeleton in ${imageKey} lies outside the picture; it was left out.`,
    );
    return null;
  }
  for (let count = 0; count < lost; count += 1) {
    tally.add(
      'joint-outside-image',
      imageKey,
      `A joint of a skeleton in ${imageKey} lies outside the picture; it was written as not labelled.`,
    );
  }
  if (shape.joints.length !== names.length) {
    tally.add(
      'skeleton-padded',
      imageKey,
      `A skeleton in ${imageKey} has ${shape.joints.length} joints and its class ${names.length}; the others are written as not labelled.`,
    );
  }
  const texts = columns.map((column) => jointText(column, hasLabelled, size));
  const padding = Math.max(0, plan.jointCount - texts.length);
  return `${box} ${texts.join(' ')}${' 0 0 0'.repeat(padding)}`;
}

/**
 * A joint that nobody labelled is three zeros, as in COCO. Where no joint is labelled at all their places are kept,
 * never quite zero, since only zeros would be a box without joints.
 */
function jointText({ x, y, visibility }: Column, hasLabelled: boolean, { width, height }: Size): string {
  if (visibility === 0 && hasLabelled) return '0 0 0';
  const [across, down] = [unitsOf(x, width), unitsOf(y, height)];
  const isNowhere = visibility === 0 && across === 0 && down === 0;
  return `${decimalOfUnits(isNowhere ? 1 : across)} ${decimalOfUnits(down)} ${visibility}`;
}
