import type { Affine } from '../geometry/affine';
import type { Size } from '../geometry/rect';
import type { CuboidShape, Shape, Vertex } from '../schema/shapes';
import { behaviourOf } from '../shapes';

/**
 * Displayed image px to stored image px for an EXIF orientation (EXIF 2.32, tag 0x0112). Orientation 6 is stored lying on
 * its left side: the displayed picture's left edge is the stored one's bottom.
 *
 * @param displayed size of the displayed picture.
 */
export function storedFromDisplayed(orientation: number, displayed: Size): Affine {
  const { width, height } = displayed;
  switch (orientation) {
    case 2:
      return { a: -1, b: 0, c: 0, d: 1, e: width, f: 0 };
    case 3:
      return { a: -1, b: 0, c: 0, d: -1, e: width, f: height };
    case 4:
      return { a: 1, b: 0, c: 0, d: -1, e: 0, f: height };
    case 5:
      return { a: 0, b: 1, c: 1, d: 0, e: 0, f: 0 };
    case 6:
      return { a: 0, b: -1, c: 1, d: 0, e: 0, f: width };
    case 7:
      return { a: 0, b: -1, c: -1, d: 0, e: height, f: width };
    case 8:
      return { a: 0, b: 1, c: -1, d: 0, e: height, f: 0 };
    default:
      return { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
  }
}

/** The orientation that undoes another: a quarter turn is undone by the one the other way, all others by themselves. */
export function inverseOrientation(orientation: number): number {
  if (orientation === 6) return 8;
  return orientation === 8 ? 6 : orientation;
}

/** The size of the stored picture. Orientations 5 to 8 lie on their side. */
export function storedSize(orientation: number, { width, height }: Size): Size {
  return orientation >= 5 && orientation <= 8 ? { width: height, height: width } : { width, height };
}

/** A shape of the displayed picture in the frame of the stored one. Exact but for the last bits of sums. */
export function shapeInStoredFrame(shape: Shape, orientation: number, displayed: Size): Shape {
  const map = storedFromDisplayed(orientation, displayed);
  const turned = behaviourOf(shape).transformed(shape, map);
  return turned.type === 'cuboid' ? facesFromTopLeft(turned, map) : turned;
}

/** Which old corner of a face (clockwise from the top-left) is the new first, second, third and fourth one. */
function facesFromTopLeft(cuboid: CuboidShape, { a, b, c, d }: Affine): CuboidShape {
  // Corners of a face about its middle, and where the map takes them.
  const corners = [
    { x: -1, y: -1 },
    { x: 1, y: -1 },
    { x: 1, y: 1 },
    { x: -1, y: 1 },
  ];
  const places = corners.map(({ x, y }) => ({ x: Math.sign(a * x + c * y), y: Math.sign(b * x + d * y) }));
  const order = corners.map(({ x, y }) => places.findIndex((place) => place.x === x && place.y === y));
  const reordered = (face: CuboidShape['front']): CuboidShape['front'] => {
    const at = (index: number): Vertex => face[(order[index] ?? index) as 0 | 1 | 2 | 3];
    return [at(0), at(1), at(2), at(3)];
  };
  return { ...cuboid, front: reordered(cuboid.front), back: reordered(cuboid.back) };
}
