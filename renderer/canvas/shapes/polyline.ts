import type { PolylineShape } from '../../../shared/schema/shapes';
import { tracePath } from '../trace-path';
import type { ShapeView } from './shape-view';

export const polylineView: ShapeView<PolylineShape> = {
  type: 'polyline',
  strokeOutline(context, { points }, camera) {
    context.beginPath();
    tracePath(context, points, false, camera);
    context.stroke();
  },
  fillInside() {},
};
