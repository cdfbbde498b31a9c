import { rasterOfMask } from '../../../geometry/mask-runs';
import { turnedCorners } from '../../../geometry/turned-frame';
import type { PolygonShape, Shape, Vertex } from '../../../schema/shapes';
import { behaviourOf } from '../../../shapes';
import { runsOfShape } from '../../../shapes/mask/mask-pixels';
import { base64FromBytes } from '../base64';
import { OWN_FIELD, type OwnRecord, pairOf, partRecords } from '../object-parts';
import { encodePng } from '../png/encode-png';
import type { LabelmeDialect } from './sniff-labelme';

type Pair = readonly [number, number];

/** What of a shape's record depends on its geometry. */
export interface ShapeRecord {
  readonly shape_type: string;
  readonly points: readonly Pair[];
  readonly direction?: number;
  readonly mask?: string;
  readonly [OWN_FIELD]?: OwnRecord;
}

export interface ShapeRecords {
  /** More than one for a shape that is written in parts. */
  readonly records: readonly ShapeRecord[];
  readonly losses: readonly { readonly code: string; readonly reason: string }[];
}

const only = (record: ShapeRecord): ShapeRecords => ({ records: [record], losses: [] });

/** The records of a shape; null when the program has no such shape. Tags are no shapes there. */
export function shapeRecords(shape: Shape, dialect: LabelmeDialect): ShapeRecords | null {
  const isLabelme = dialect === 'labelme';
  switch (shape.type) {
    case 'box': {
      const { x, y } = shape;
      const [right, bottom] = [x + shape.width, y + shape.height];
      const corners: readonly Pair[] = isLabelme
        ? [
            [x, y],
            [right, bottom],
          ]
        : [
            [x, y],
            [right, y],
            [right, bottom],
            [x, bottom],
          ];
      return only({ shape_type: 'rectangle', points: corners });
    }
    case 'rotated-box': {
      const points = turnedCorners(shape, shape.width, shape.height).map(pairOf);
      if (isLabelme) return only({ shape_type: 'oriented_rectangle', points });
      const direction = (((shape.rotation + 360) % 360) * Math.PI) / 180;
      return only({ shape_type: 'rotation', points, direction });
    }
    case 'polygon':
      return polygon(shape);
    case 'polyline':
      return only({
        shape_type: shape.points.length === 2 ? 'line' : 'linestrip',
        points: shape.points.map(pairOf),
      });
    case 'points':
      return points(shape.points, isLabelme);
    case 'ellipse':
      return ellipse(shape);
    case 'mask':
      return isLabelme ? only(mask(shape)) : null;
    case 'cuboid':
      return isLabelme
        ? null
        : only({ shape_type: 'cuboid', points: [...shape.front, ...shape.back].map(pairOf) });
    case 'skeleton':
    case 'tag':
      return null;
  }
}

function polygon(shape: PolygonShape): ShapeRecords {
  const holeCount = shape.parts.reduce((sum, part) => sum + part.holes.length, 0);
  return {
    records: partRecords(shape).map(({ exterior, own }) => ({
      shape_type: 'polygon',
      points: exterior.map(pairOf),
      ...(own.holes === undefined ? {} : { [OWN_FIELD]: own }),
    })),
    losses:
      holeCount === 0
        ? []
        : [
            {
              code: 'polygon-holes-not-shown',
              reason: `has ${holeCount} holes, which are kept in the file but filled wherever else it is read`,
            },
          ],
  };
}

/** labelme holds several points in one shape, X-AnyLabeling one. */
function points(places: readonly Vertex[], isLabelme: boolean): ShapeRecords {
  if (places.length === 1) return only({ shape_type: 'point', points: places.map(pairOf) });
  if (isLabelme) return only({ shape_type: 'points', points: places.map(pairOf) });
  return { records: places.map((place) => ({ shape_type: 'point', points: [pairOf(place)] })), losses: [] };
}

function ellipse(shape: Extract<Shape, { type: 'ellipse' }>): ShapeRecords {
  const { cx, cy, rx, ry } = shape;
  if (rx === ry) {
    return only({
      shape_type: 'circle',
      points: [
        [cx, cy],
        [cx + rx, cy],
      ],
    });
  }
  const outline = behaviourOf(shape).outline(shape)[0]?.points ?? [];
  return {
    records: [{ shape_type: 'polygon', points: outline.map(pairOf) }],
    losses: [{ code: 'shape-converted', reason: 'is no circle and was written as its outline' }],
  };
}

/** The window's corners are both inside, as labelme has them. */
function mask(shape: Extract<Shape, { type: 'mask' }>): ShapeRecord {
  const { x, y, width, height, data } = rasterOfMask(runsOfShape(shape));
  const png = encodePng({ width, height, channels: 1, samples: data });
  return {
    shape_type: 'mask',
    points: [
      [x, y],
      [x + width - 1, y + height - 1],
    ],
    mask: base64FromBytes(png),
  };
}
