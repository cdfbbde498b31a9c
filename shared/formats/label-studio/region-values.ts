import type { Size } from '../../geometry/rect';
import { turnedCorners } from '../../geometry/turned-frame';
import type { Shape, Vertex } from '../../schema/shapes';
import { type OwnRecord, partRecords } from '../parts/object-parts';
import { brushOfMask } from './brush-rle';
import type { LabelsType } from './label-config-text';

/** One region of a shape: where it is, in percent of the picture's sides, and what this app keeps beside it. */
export interface RegionValue {
  readonly type: LabelsType;
  readonly value: Readonly<Record<string, unknown>>;
  readonly own: OwnRecord & { readonly isTurned?: true };
}

type Pair = readonly [number, number];

/** The regions of a shape, more than one for parts and points; null when Label Studio has no such shape. */
export function regionValues(shape: Shape, size: Size): readonly RegionValue[] | null {
  const x = (value: number) => (value / size.width) * 100;
  const y = (value: number) => (value / size.height) * 100;
  const pair = (place: Vertex): Pair => [x(place.x), y(place.y)];
  const one = (type: LabelsType, value: RegionValue['value'], own: RegionValue['own'] = {}) => [
    { type, value, own },
  ];
  switch (shape.type) {
    case 'box':
      return one('rectanglelabels', {
        ...{ x: x(shape.x), y: y(shape.y), width: x(shape.width), height: y(shape.height), rotation: 0 },
      });
    case 'rotated-box': {
      const { width, height, rotation } = shape;
      const [corner] = turnedCorners(shape, width, height);
      const lengths = { width: x(width), height: y(height), rotation: positive(rotation) };
      // A turned box that is upright would be read as a plain one.
      const own = positive(rotation) % 360 === 0 ? { isTurned: true as const } : {};
      return one('rectanglelabels', { x: x(corner.x), y: y(corner.y), ...lengths }, own);
    }
    case 'ellipse': {
      const { cx, cy, rx, ry, rotation } = shape;
      return one('ellipselabels', {
        ...{ x: x(cx), y: y(cy), radiusX: x(rx), radiusY: y(ry), rotation: positive(rotation) },
      });
    }
    case 'polygon':
      return partRecords(shape).map(({ exterior, own }) => ({
        type: 'polygonlabels',
        value: { points: exterior.map(pair), closed: true },
        own:
          own.holes === undefined
            ? {}
            : {
                exterior: exterior.map(pair),
                holes: own.holes.map((hole) => hole.map(([left, top]): Pair => [x(left), y(top)])),
              },
      }));
    case 'points':
      return shape.points.map((point) => ({
        type: 'keypointlabels',
        value: { x: x(point.x), y: y(point.y), width: POINT_WIDTH_IN_PERCENT },
        own: {},
      }));
    case 'polyline':
      return one('vectorlabels', {
        closed: false,
        vertices: shape.points.map((point, at) => ({
          ...{ id: `p${at + 1}`, prevPointId: at === 0 ? null : `p${at}`, x: x(point.x), y: y(point.y) },
          isBezier: false,
        })),
      });
    case 'mask':
      return one('brushlabels', { format: 'rle', rle: brushOfMask(shape, size) });
    default:
      return null;
  }
}

/** How large Label Studio draws a point by itself. */
const POINT_WIDTH_IN_PERCENT = 0.4;

/** Label Studio's angles are from 0 up to 360. */
function positive(degrees: number): number {
  return degrees < 0 ? degrees + 360 : degrees;
}
