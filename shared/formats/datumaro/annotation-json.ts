import { canonicalJson } from '../../document/canonical-json';
import type { Size } from '../../geometry/rect';
import { encodeRle } from '../../geometry/rle';
import type { MaskShape, PolygonShape, Shape, Vertex } from '../../schema/shapes';
import { LARGEST_SIDE } from '../../schema/shapes/mask';
import { behaviourOf } from '../../shapes';
import { shapeOfRuns } from '../../shapes/mask/mask-pixels';
import type { DatasetAnnotation } from '../format';
import { cocoRleOfMask } from '../parts/coco-rle';
import { pixelsOfPolygon } from '../parts/pixels-of-polygon';
import { MEANINGFUL_ATTRIBUTES, OWN_KEY } from './own-key';
import { CUBOID_BACK, CUBOID_FRONT, type Skeleton, shapeOfDatumaro } from './shape-of-datumaro';

type Fields = Record<string, unknown>;

export interface AnnotationPlace {
  /** From 1, unique in its image. */
  readonly id: number;
  readonly zOrder: number;
  /** Groups of the image by our id; every number in it is above 0. */
  readonly groups: ReadonlyMap<string, { readonly number: number; readonly size: number }>;
  /** A number that no group of the image has. */
  readonly freeGroup: number;
  readonly trackNumber: (trackId: string) => number;
  readonly size: Size | null;
  readonly skeleton: Skeleton | null;
}

/**
 * What stands for one annotation in "annotations": one object, or one a part for a polygon in pieces. What Datumaro has
 * no place for follows below a key that its readers pass over.
 */
export function annotationJson(annotation: DatasetAnnotation, place: AnnotationPlace): readonly Fields[] {
  const { shape } = annotation;
  const shapes = shapeFields(shape, place.size);
  const { groupId, trackId, isKeyframe, isOutside, note } = annotation;
  const group = groupId === undefined ? undefined : place.groups.get(groupId);
  const track = trackId === undefined ? null : place.trackNumber(trackId);
  const own: Fields = {};
  const attributes: Fields = {};
  const clashing: [string, unknown][] = [];
  const ordinary: [string, unknown][] = [];
  for (const entry of Object.entries(annotation.attributes)) {
    (MEANINGFUL_ATTRIBUTES.has(entry[0]) ? clashing : ordinary).push(entry);
  }
  if (annotation.isCrowd) attributes.is_crowd = true;
  if (annotation.score !== null) attributes.score = annotation.score;
  if (track !== null) attributes.track_id = track;
  if (isKeyframe !== undefined) attributes.keyframe = isKeyframe;
  if (isOutside !== undefined) attributes.outside = isOutside;
  if ('rotation' in shape) attributes.rotation = shape.rotation;
  if (!isReadBack(shapes, attributes, shape, place.skeleton)) own.shape = shape;
  if (clashing.length > 0) own.attributes = Object.fromEntries(clashing);
  if (groupId !== undefined && (group === undefined || group.size < 2 || String(group.number) !== groupId)) {
    own.group_id = groupId;
  }
  if (trackId !== undefined && String(track) !== trackId) own.track_id = trackId;
  if (note !== undefined) own.note = note;
  return shapes.map((fields, at) => ({
    id: place.id,
    type: fields.type,
    attributes: Object.fromEntries([...ordinary, ...Object.entries(attributes)]),
    group: group?.number ?? (shapes.length > 1 ? place.freeGroup : 0),
    ...(track === null ? {} : { object_id: track }),
    label_id: annotation.classIndex,
    ...fields,
    z_order: place.zOrder,
    ...(at === 0 && Object.keys(own).length > 0 ? { [OWN_KEY]: own } : {}),
  }));
}

function shapeFields(shape: Shape, size: Size | null): readonly Fields[] {
  switch (shape.type) {
    case 'tag':
      return [{ type: 'label' }];
    case 'box':
      return [{ type: 'bbox', bbox: [shape.x, shape.y, shape.width, shape.height] }];
    case 'rotated-box': {
      const { cx, cy, width, height } = shape;
      return [{ type: 'bbox', bbox: [cx - width / 2, cy - height / 2, width, height] }];
    }
    case 'ellipse': {
      const { cx, cy, rx, ry } = shape;
      return [{ type: 'ellipse', points: [cx - rx, cy - ry, cx + rx, cy + ry] }];
    }
    case 'polyline':
      return [{ type: 'polyline', points: flat(shape.points) }];
    case 'points':
      return [{ type: 'points', points: flat(shape.points), visibility: shape.points.map(() => 2) }];
    case 'skeleton':
      return [
        {
          type: 'points',
          points: flat(shape.joints),
          visibility: shape.joints.map((joint) => joint.visibility),
        },
      ];
    case 'cuboid': {
      const corners: (readonly number[])[] = [];
      for (const [places, face] of [
        [CUBOID_FRONT, shape.front],
        [CUBOID_BACK, shape.back],
      ] as const) {
        places.forEach((at, index) => {
          corners[at] = flat([face[index] ?? { x: 0, y: 0 }]);
        });
      }
      return [{ type: 'cuboid_2d', points: corners }];
    }
    case 'mask':
      return [{ type: 'mask', rle: cocoRleOfMask(shape, wholePicture(shape, size)) }];
    case 'polygon': {
      if (shape.parts.every((part) => part.holes.length === 0)) {
        return shape.parts.map(({ exterior }) => ({ type: 'polygon', points: flat(exterior) }));
      }
      return [{ type: 'mask', rle: rleOfPolygon(shape, size) }];
    }
  }
}

/** Datumaro's polygons have no holes; its masks are the pixels whose centres lie inside. */
function rleOfPolygon(shape: PolygonShape, size: Size | null) {
  const whole = wholePicture(shape, size);
  const runs = pixelsOfPolygon(shape, whole);
  return runs === null
    ? { counts: encodeRle(new Uint32Array([whole.width * whole.height])), size: [whole.height, whole.width] }
    : cocoRleOfMask(shapeOfRuns(runs), whole);
}

/** RLE is of whole pictures; of a picture of unknown size it is of what the shape reaches. */
function wholePicture(shape: PolygonShape | MaskShape, size: Size | null): Size {
  const bounds = behaviourOf(shape).bounds(shape);
  const side = (length: number) => Math.min(Math.max(Math.ceil(length), 1), LARGEST_SIDE);
  return {
    width: side(size?.width ?? bounds.x + bounds.width),
    height: side(size?.height ?? bounds.y + bounds.height),
  };
}

function flat(points: readonly Vertex[]): readonly number[] {
  return points.flatMap(({ x, y }) => [x, y]);
}

/** Whether the fields alone say the shape exactly; where they do not, the shape is written beside them. */
function isReadBack(
  fields: readonly Fields[],
  attributes: Fields,
  shape: Shape,
  skeleton: Skeleton | null,
): boolean {
  if (shape.type === 'box' || shape.type === 'tag') return true;
  const parts = fields.map((record) => shapeOfDatumaro({ ...record, attributes }, skeleton, []));
  const shapes = parts.flatMap((part) => ('shape' in part ? [part.shape] : []));
  const polygons = shapes.flatMap((read) => (read.type === 'polygon' ? read.parts : []));
  const read = shape.type === 'polygon' ? { type: 'polygon', parts: polygons } : shapes[0];
  return canonicalJson(read) === canonicalJson(shape);
}
