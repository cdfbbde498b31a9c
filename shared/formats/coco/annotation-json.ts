import type { SkeletonShape } from '../../schema/shapes';
import type { Attributes, DatasetAnnotation } from '../format';
import { cocoIdOf } from '../parts/coco/coco-id';
import { boxOfJoints } from './box-of-joints';
import { type CocoGeometry, type GeometryWriter, plain } from './geometry-json';

/** Areas to four decimals: nothing is lost with them, and a product of two sides has twice their digits. */
const AREA_SCALE = 10_000;

/** Where an annotation is named in its file. */
export interface AnnotationIds {
  readonly id: number;
  readonly imageId: number;
}

/**
 * One element of "annotations". Built by hand: this runs once a box.
 *
 * @param geometry of the area; null for keypoints alone.
 * @param joints in the order of the class; null for an area alone.
 */
export function annotationJson(
  { id, imageId }: AnnotationIds,
  annotation: DatasetAnnotation,
  geometry: CocoGeometry | null,
  joints: SkeletonShape['joints'] | null,
  isCrowd: boolean,
  writer: GeometryWriter,
): string {
  const { bbox, area, segmentation } = geometry ?? aroundJoints(joints ?? [], writer);
  let json =
    `{"id":${id},"image_id":${imageId},"category_id":${annotation.classIndex + 1},` +
    `"bbox":[${plain(bbox.x)},${plain(bbox.y)},${bbox.width},${bbox.height}],"area":${printedArea(area)},` +
    `"segmentation":${segmentation},"iscrowd":${isCrowd ? 1 : 0}`;
  if (joints !== null) json += keypointsJson(joints, writer);
  return `${json}${detailsJson(annotation, segmentation === '[]')}}`;
}

/** One element of "annotations" in a file of classes of whole pictures. */
export function tagJson({ id, imageId }: AnnotationIds, annotation: DatasetAnnotation): string {
  const crowd = annotation.isCrowd ? ',"iscrowd":1' : '';
  return `{"id":${id},"image_id":${imageId},"category_id":${annotation.classIndex + 1}${crowd}${detailsJson(annotation, false)}}`;
}

function printedArea(area: number): number {
  return Math.round(area * AREA_SCALE) / AREA_SCALE || area;
}

function aroundJoints(joints: SkeletonShape['joints'], writer: GeometryWriter): CocoGeometry {
  const rounded = joints.map(({ name, x, y, visibility }) => ({
    name,
    x: writer.rounded(x),
    y: writer.rounded(y),
    visibility,
  }));
  const box = boxOfJoints({ type: 'skeleton', joints: rounded, edges: [] }) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  const bbox = { ...box, width: writer.rounded(box.width), height: writer.rounded(box.height) };
  return { bbox, area: box.width * box.height, segmentation: '[]', isMask: false };
}

/** A joint that is not labelled has no place: COCO writes zeros. */
function keypointsJson(joints: SkeletonShape['joints'], writer: GeometryWriter): string {
  const numbers = joints.map(({ x, y, visibility }) =>
    visibility === 0 ? '0,0,0' : `${plain(writer.rounded(x))},${plain(writer.rounded(y))},${visibility}`,
  );
  const labelled = joints.filter(({ visibility }) => visibility > 0).length;
  return `,"keypoints":[${numbers.join(',')}],"num_keypoints":${labelled}`;
}

/**
 * Everything beside the shape. A track and the angle of a box stand among the attributes, as CVAT has them; where an
 * attribute has that name already, a field of the annotation says which is which (see `detailsOf`).
 */
function detailsJson(annotation: DatasetAnnotation, isBoxAlone: boolean): string {
  const { attributes, score, shape, trackId, groupId, note } = annotation;
  let json = score === null ? '' : `,"score":${plain(score)}`;
  const isTurned = shape.type === 'rotated-box';
  // Hot: most boxes end here, at the cost of looking for a first attribute.
  if (!isTurned && trackId === undefined && groupId === undefined && note === undefined) {
    let hasAny = false;
    for (const _ in attributes) {
      hasAny = true;
      break;
    }
    if (!hasAny) return json;
  }
  const extra = new Map<string, unknown>();
  const say = (name: string, value: unknown) => {
    if (Object.hasOwn(attributes, name)) json += `,"${name}":${JSON.stringify(value)}`;
    else if (value !== null) extra.set(name, value);
  };
  // 0 would say nothing; a full turn is the same angle.
  if (isTurned) say('rotation', shape.rotation === 0 ? 360 : shape.rotation);
  else if (isBoxAlone) say('rotation', null);
  say('track_id', trackId === undefined ? null : cocoIdOf(trackId));
  if (trackId !== undefined) say('keyframe', annotation.isKeyframe ?? null);
  if (trackId !== undefined) say('outside', annotation.isOutside ?? null);
  if (groupId !== undefined) json += `,"group_id":${JSON.stringify(groupId)}`;
  if (note !== undefined && note !== '') json += `,"description":${JSON.stringify(note)}`;
  const all: Attributes = extra.size === 0 ? attributes : withExtra(attributes, extra);
  return Object.keys(all).length === 0 ? json : `${json},"attributes":${JSON.stringify(all)}`;
}

function withExtra(attributes: Attributes, extra: ReadonlyMap<string, unknown>): Attributes {
  // fromEntries defines own properties, so a key like __proto__ stays data.
  return Object.fromEntries([...Object.entries(attributes), ...extra]) as Attributes;
}
