import fc from 'fast-check';
import type { Rect } from '../../shared/geometry/rect';
import type {
  BoxShape,
  CuboidShape,
  EllipseShape,
  MaskShape,
  PointsShape,
  PolygonShape,
  PolylineShape,
  RotatedBoxShape,
  Shape,
  ShapeType,
  SkeletonShape,
  TagShape,
} from '../../shared/schema/shapes';
import { shapeOfRaster } from '../../shared/shapes/mask/mask-pixels';

type ShapeArbitraries = {
  readonly [T in ShapeType]: fc.Arbitrary<Extract<Shape, { type: T }>>;
};

const MASK_SIDE = 12;

/**
 * Any shape of each type whose corners or centre lie in `area` (image px) and whose sides are 1 px up to `longest`.
 * Polygons have up to three parts that need not be simple nor apart from each other.
 */
export function shapeArbitraries(area: Rect, longest: number): ShapeArbitraries {
  const between = (min: number, length: number) => fc.double({ min, max: min + length, noNaN: true });
  const x = between(area.x, area.width);
  const y = between(area.y, area.height);
  const extent = fc.double({ min: 1, max: longest, noNaN: true });
  const rotation = fc
    .oneof(fc.constantFrom(0, 90, 180, -90, 45), fc.double({ min: -179.999, max: 180, noNaN: true }))
    // Negative zero is no angle of its own.
    .map((degrees) => degrees + 0);
  const vertex = fc.record({ x, y });
  const ring = fc.array(vertex, { minLength: 3, maxLength: 8 });
  const face = fc.tuple(vertex, vertex, vertex, vertex);

  const box: fc.Arbitrary<BoxShape> = fc.record({
    type: fc.constant('box' as const),
    x,
    y,
    width: extent,
    height: extent,
  });
  const rotatedBox: fc.Arbitrary<RotatedBoxShape> = fc.record({
    type: fc.constant('rotated-box' as const),
    cx: x,
    cy: y,
    width: extent,
    height: extent,
    rotation,
  });
  const polygon: fc.Arbitrary<PolygonShape> = fc.record({
    type: fc.constant('polygon' as const),
    parts: fc.array(fc.record({ exterior: ring, holes: fc.array(ring, { maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  });
  const polyline: fc.Arbitrary<PolylineShape> = fc.record({
    type: fc.constant('polyline' as const),
    points: fc.array(vertex, { minLength: 2, maxLength: 20 }),
  });
  const points: fc.Arbitrary<PointsShape> = fc.record({
    type: fc.constant('points' as const),
    points: fc.array(vertex, { minLength: 1, maxLength: 12 }),
  });
  const skeleton: fc.Arbitrary<SkeletonShape> = fc
    .array(fc.tuple(x, y, fc.constantFrom(0 as const, 1 as const, 2 as const)), {
      minLength: 1,
      maxLength: 17,
    })
    .chain((places) =>
      fc.record({
        type: fc.constant('skeleton' as const),
        joints: fc.constant(
          places.map(([jointX, jointY, visibility], n) => ({
            name: `joint ${n + 1}`,
            x: jointX,
            y: jointY,
            visibility,
          })),
        ),
        edges: fc.array(fc.tuple(fc.nat({ max: places.length - 1 }), fc.nat({ max: places.length - 1 })), {
          maxLength: 20,
        }),
      }),
    );
  const ellipse: fc.Arbitrary<EllipseShape> = fc.record({
    type: fc.constant('ellipse' as const),
    cx: x,
    cy: y,
    rx: extent.map((length) => Math.max(0.5, length / 2)),
    ry: extent.map((length) => Math.max(0.5, length / 2)),
    rotation,
  });
  const mask: fc.Arbitrary<MaskShape> = fc
    .record({
      x: fc.integer({ min: Math.ceil(area.x), max: Math.floor(area.x + area.width) }),
      y: fc.integer({ min: Math.ceil(area.y), max: Math.floor(area.y + area.height) }),
      width: fc.integer({ min: 1, max: MASK_SIDE }),
      height: fc.integer({ min: 1, max: MASK_SIDE }),
      bits: fc.array(fc.boolean(), { minLength: MASK_SIDE ** 2, maxLength: MASK_SIDE ** 2 }),
    })
    .map(({ bits, ...window }) =>
      shapeOfRaster({
        ...window,
        data: Uint8Array.from(bits, Number).subarray(0, window.width * window.height),
      }),
    )
    .filter((shape): shape is MaskShape => shape !== null);
  const cuboid: fc.Arbitrary<CuboidShape> = fc.record({
    type: fc.constant('cuboid' as const),
    front: face,
    back: face,
  });
  const tag: fc.Arbitrary<TagShape> = fc.constant({ type: 'tag' });

  return {
    box,
    'rotated-box': rotatedBox,
    polygon,
    polyline,
    points,
    skeleton,
    ellipse,
    mask,
    cuboid,
    tag,
  };
}
