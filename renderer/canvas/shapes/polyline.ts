import type { PolylineShape } from '../../../shared/schema/shapes';
import type { ShapeView } from './shape-view';

export const polylineView: ShapeView<PolylineShape> = {
  type: 'polyline',
  strokeOutline(context, { points }, { scale, offsetX, offsetY }) {
    context.beginPath();
    for (const { x, y } of points) context.lineTo(x * scale + offsetX, y * scale + offsetY);
    context.stroke();
  },
  fillInside() {},
};
