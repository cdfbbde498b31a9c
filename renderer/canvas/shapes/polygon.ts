import type { Camera } from '../../../shared/geometry/camera';
import type { PolygonShape } from '../../../shared/schema/shapes';
import { tracePath } from '../trace-path';
import type { ShapeView } from './shape-view';

export const polygonView: ShapeView<PolygonShape> = {
  type: 'polygon',
  strokeOutline(context, shape, camera) {
    traceRings(context, shape, camera);
    context.stroke();
  },
  fillInside(context, shape, camera) {
    traceRings(context, shape, camera);
    // Direction of rings means nothing, so holes are told by even and odd.
    context.fill('evenodd');
  },
};

function traceRings(context: CanvasRenderingContext2D, { parts }: PolygonShape, camera: Camera): void {
  context.beginPath();
  for (const { exterior, holes } of parts) {
    tracePath(context, exterior, true, camera);
    for (const hole of holes) tracePath(context, hole, true, camera);
  }
}
