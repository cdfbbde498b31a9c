import type { Shape, Vertex } from '../schema/shapes';

/**
 * A shape with coordinates of at most `decimals` decimals, in image px. Boxes are rounded by their edges, so that neighbours
 * stay neighbours; angles and masks stay as they are. A side that would vanish keeps its length.
 */
export function roundedShape(shape: Shape, decimals: number): Shape {
  const scale = 10 ** decimals;
  const rounded = (value: number) => {
    const result = Math.round(value * scale) / scale;
    return result === 0 ? 0 : result;
  };
  const place = <V extends Vertex>(vertex: V): V => ({
    ...vertex,
    x: rounded(vertex.x),
    y: rounded(vertex.y),
  });
  const length = (value: number) => rounded(value) || value;
  switch (shape.type) {
    case 'box': {
      const x = rounded(shape.x);
      const y = rounded(shape.y);
      const width = rounded(rounded(shape.x + shape.width) - x) || shape.width;
      const height = rounded(rounded(shape.y + shape.height) - y) || shape.height;
      return { type: 'box', x, y, width, height };
    }
    case 'rotated-box':
      return {
        ...shape,
        cx: rounded(shape.cx),
        cy: rounded(shape.cy),
        width: length(shape.width),
        height: length(shape.height),
      };
    case 'ellipse':
      return {
        ...shape,
        cx: rounded(shape.cx),
        cy: rounded(shape.cy),
        rx: length(shape.rx),
        ry: length(shape.ry),
      };
    case 'polygon':
      return {
        type: 'polygon',
        parts: shape.parts.map(({ exterior, holes }) => ({
          exterior: exterior.map(place),
          holes: holes.map((hole) => hole.map(place)),
        })),
      };
    case 'polyline':
    case 'points':
      return { type: shape.type, points: shape.points.map(place) };
    case 'skeleton':
      return { ...shape, joints: shape.joints.map(place) };
    case 'cuboid': {
      const face = ([a, b, c, d]: typeof shape.front): typeof shape.front => [
        place(a),
        place(b),
        place(c),
        place(d),
      ];
      return { type: 'cuboid', front: face(shape.front), back: face(shape.back) };
    }
    case 'mask':
    case 'tag':
      return shape;
  }
}
