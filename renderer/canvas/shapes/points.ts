import type { PointsShape } from '../../../shared/schema/shapes';
import type { ShapeView } from './shape-view';

/** Radius of a disc beyond its line's half width, in screen px. */
const RADIUS = 2.5;

export const pointsView: ShapeView<PointsShape> = {
  type: 'points',
  /** Discs in the line's colour: with a wider line below they get a rim. */
  strokeOutline(context, { points }, { scale, offsetX, offsetY }, lineWidth, colour) {
    const radius = RADIUS + lineWidth / 2;
    context.beginPath();
    for (const point of points) {
      const x = point.x * scale + offsetX;
      const y = point.y * scale + offsetY;
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fillStyle = colour;
    context.fill();
  },
  fillInside() {},
};
