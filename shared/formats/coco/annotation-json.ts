import type { SkeletonShape } from '../../schema/shapes';
import type { DatasetAnnotation } from '../format';
import { detailsJson, plain } from '../parts/coco/details-json';
import { boxOfJoints } from './box-of-joints';
import type { CocoGeometry, GeometryWriter } from './geometry-json';

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

/** A joint that is not labelled has no place: COCO writes zeros. Where none is, their places are all there is of the object. */
function keypointsJson(joints: SkeletonShape['joints'], writer: GeometryWriter): string {
  const hasPlaces = joints.every(({ visibility }) => visibility === 0);
  const numbers = joints.map(({ x, y, visibility }) =>
    visibility === 0 && !hasPlaces
      ? '0,0,0'
      : `${plain(writer.rounded(x))},${plain(writer.rounded(y))},${visibility}`,
  );
  const labelled = joints.filter(({ visibility }) => visibility > 0).length;
  return `,"keypoints":[${numbers.join(',')}],"num_keypoints":${labelled}`;
}
