import type { Rect, Size } from '../../geometry/rect';
import { turnedCorners } from '../../geometry/turned-frame';
import type { PolygonShape, RotatedBoxShape, Shape, ShapeType, Vertex } from '../../schema/shapes';
import { behaviourOf } from '../../shapes';
import type { DatasetAnnotation } from '../format';
import { isWritable, tallyDroppedParts } from '../parts/dropped-parts';
import type { LossTally } from '../parts/loss-tally';
import { joinedByBridges } from './bridged-rings';
import { clippedRing, cornersText, isInside, slackOf } from './corners-text';
import type { LinePlan } from './line-plan';
import { normalisedBox } from './normalised-box';
import { posedBoxes, poseText } from './pose-lines';
import type { YoloTask } from './yolo-options';

const HELD: Readonly<Record<YoloTask, ReadonlySet<ShapeType>>> = {
  detect: new Set(['box']),
  segment: new Set(['polygon']),
  obb: new Set(['rotated-box']),
  pose: new Set(['skeleton', 'box']),
};

/** Shapes that can be written as the nearest thing of the task. */
const TAKEN: ReadonlySet<ShapeType> = new Set(['box', 'rotated-box', 'polygon', 'skeleton']);

/** The lines of one picture; everything that they do not say is counted. */
export function linesOfImage(
  imageKey: string,
  size: Size,
  annotations: readonly DatasetAnnotation[],
  plan: LinePlan,
  tally: LossTally,
): readonly string[] {
  const title = `YOLO ${plan.task}`;
  const held = plan.takesAll ? TAKEN : HELD[plan.task];
  const isHeld = ({ shape }: DatasetAnnotation) => held.has(shape.type);
  const writable = annotations.filter((annotation) =>
    isWritable(tally, annotation, title, isHeld, plan.classes),
  );
  const boxes = plan.task === 'pose' ? posedBoxes(writable, plan, size) : null;
  const lines: string[] = [];
  for (const annotation of writable) {
    if (boxes?.written.has(annotation) === true) {
      const { shape } = annotation;
      if (shape.type !== 'box') tallyConverted(tally, imageKey, shape, 'the box of its pose');
      tallyLeftAside(tally, annotation, title, true);
      lines.push('');
      continue;
    }
    const text =
      annotation.shape.type === 'skeleton'
        ? poseText(annotation.shape, annotation, boxes?.boxOf.get(annotation) ?? null, plan, size, tally)
        : shapeText(imageKey, annotation.shape, plan, size, tally);
    if (text === null) continue;
    tallyLeftAside(tally, annotation, title, boxes?.boxOf.has(annotation) === true);
    lines.push(`${annotation.classIndex} ${text}\n`);
  }
  return lines;
}

function tallyLeftAside(
  tally: LossTally,
  annotation: DatasetAnnotation,
  title: string,
  isGroupKept: boolean,
): void {
  const { imageKey, attributes } = annotation;
  for (const name in attributes) {
    tally.add(
      'attribute-dropped',
      imageKey,
      `The attribute "${name}" in ${imageKey} was left out: YOLO has no attributes.`,
    );
  }
  tallyDroppedParts(tally, annotation, title, isGroupKept ? ALL_BUT_GROUPS : ALL_PARTS);
}

const ALL_BUT_GROUPS = ['isCrowd', 'score', 'tracks', 'notes'] as const;
const ALL_PARTS = [...ALL_BUT_GROUPS, 'groups'] as const;

/** What follows the class number, or null when nothing of the shape can be written, which is counted. */
function shapeText(key: string, shape: Shape, plan: LinePlan, size: Size, tally: LossTally): string | null {
  const { task } = plan;
  if (shape.type === 'box') {
    return task === 'segment' || task === 'obb'
      ? boxCornersText(key, shape, size, tally)
      : boxText(key, shape, plan, size, tally);
  }
  if (shape.type !== 'polygon' && shape.type !== 'rotated-box') return null;
  if (task === 'pose') {
    tallyConverted(tally, key, shape, 'the box around it');
    return boxText(key, behaviourOf(shape).bounds(shape), plan, size, tally);
  }
  if (shape.type === 'polygon') return outlineText(key, shape, plan, size, tally);
  if (task === 'segment') tallyConverted(tally, key, shape, 'an outline of four corners');
  return turnedText(key, shape, plan, size, tally);
}

function tallyConverted(tally: LossTally, key: string, { type }: Shape, as: string): void {
  tally.add('shape-converted', key, `A ${type} in ${key} was written as ${as}.`);
}

function boxText(key: string, box: Rect, plan: LinePlan, size: Size, tally: LossTally): string | null {
  const text = normalisedBox(box, size);
  if (text === null) {
    tallyOutside(tally, key, 'box');
    return null;
  }
  tallyClippedBox(tally, key, box, size);
  return plan.task === 'pose' ? `${text}${' 0 0 0'.repeat(plan.jointCount)}` : text;
}

function tallyOutside(tally: LossTally, key: string, type: ShapeType): void {
  tally.add(
    type === 'box' ? 'box-outside-image' : 'shape-outside-image',
    key,
    `A ${type} in ${key} lies outside the picture or is thinner than YOLO can say; it was left out.`,
  );
}

function tallyClippedBox(tally: LossTally, key: string, { x, y, width, height }: Rect, size: Size): void {
  const slack = slackOf(size);
  if (x >= -slack && y >= -slack && x + width <= size.width + slack && y + height <= size.height + slack)
    return;
  tally.add('box-clipped', key, `A box in ${key} leaves the picture; it was cut at the edge.`);
}

function boxCornersText(key: string, box: Rect, size: Size, tally: LossTally): string | null {
  const left = Math.max(box.x, 0);
  const top = Math.max(box.y, 0);
  const right = Math.min(box.x + box.width, size.width);
  const bottom = Math.min(box.y + box.height, size.height);
  if (normalisedBox(box, size) === null) {
    tallyOutside(tally, key, 'box');
    return null;
  }
  tallyClippedBox(tally, key, box, size);
  const corners = [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
  return cornersText(corners, size, false);
}

function turnedText(
  key: string,
  box: RotatedBoxShape,
  plan: LinePlan,
  size: Size,
  tally: LossTally,
): string | null {
  const corners = turnedCorners(box, box.width, box.height);
  if (!isInside(corners, size)) {
    if (clippedRing(corners, size).length < 3) {
      tallyOutside(tally, key, box.type);
      return null;
    }
    tally.add(
      'shape-clipped',
      key,
      `A turned box in ${key} leaves the picture; its corners were put on the edge, because trainers refuse pictures with corners outside.`,
    );
  }
  const text = cornersText(corners, size, plan.hasBoxOutlines);
  const [first, second, third] = text?.match(/\S+ \S+/g) ?? [];
  if (first === second || second === third) {
    tallyOutside(tally, key, box.type);
    return null;
  }
  return text;
}

function outlineText(
  key: string,
  polygon: PolygonShape,
  plan: LinePlan,
  size: Size,
  tally: LossTally,
): string | null {
  let { parts } = polygon;
  const rings = parts.flatMap((part) => [part.exterior, ...part.holes]);
  if (!rings.every((ring) => isInside(ring, size))) {
    parts = parts.flatMap(({ exterior, holes }) => {
      const inside = clippedRing(exterior, size);
      if (inside.length < 3) return [];
      return [
        {
          exterior: inside,
          holes: holes.map((hole) => clippedRing(hole, size)).filter((hole) => hole.length >= 3),
        },
      ];
    });
    if (parts.length === 0) {
      tallyOutside(tally, key, polygon.type);
      return null;
    }
    tally.add('shape-clipped', key, `A polygon in ${key} leaves the picture; it was cut at the edge.`);
  }
  const [only, ...others] = parts;
  let outline: readonly Vertex[] = only?.exterior ?? [];
  if (others.length > 0 || (only?.holes.length ?? 0) > 0) {
    outline = joinedByBridges(parts);
    tally.add(
      'polygon-rings-joined',
      key,
      `A polygon in ${key} has several parts or holes; YOLO holds one outline, so they were joined by lines of no width.`,
    );
  }
  const text = cornersText(outline, size, plan.hasBoxOutlines);
  if (text === null) {
    tally.add(
      'unsupported-shape',
      key,
      `A polygon in ${key} has ${outline.length} corners, more than readers of YOLO take; it was left out. Simplify it.`,
    );
  }
  return text;
}
