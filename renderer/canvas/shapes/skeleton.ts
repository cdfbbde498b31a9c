import type { Camera } from '../../../shared/geometry/camera';
import type { JointVisibility, SkeletonShape } from '../../../shared/schema/shapes';
import type { ShapeView } from './shape-view';

/** Radius of a joint beyond its line's half width, in screen px. */
const RADIUS = 3;
const CROSS = 3;
/** Inside of a joint that is hidden in the picture: edges below it must not show through. */
const HOLLOW = '#15181b';

/** Joints that are seen are discs, hidden ones rings; one that is not labelled is a small cross and has no edges. */
export const skeletonView: ShapeView<SkeletonShape> = {
  type: 'skeleton',
  strokeOutline(context, shape, camera, lineWidth, colour) {
    strokeEdges(context, shape, camera);
    fillDiscs(context, shape, camera, 2, RADIUS + lineWidth / 2, colour);
    fillDiscs(context, shape, camera, 1, RADIUS + lineWidth / 2, colour);
    fillDiscs(context, shape, camera, 1, Math.max(RADIUS - lineWidth / 2, 1), HOLLOW);
    strokeCrosses(context, shape, camera);
  },
  fillInside() {},
};

function strokeEdges(
  context: CanvasRenderingContext2D,
  { joints, edges }: SkeletonShape,
  { scale, offsetX, offsetY }: Camera,
): void {
  context.beginPath();
  for (const [from, to] of edges) {
    const a = joints[from];
    const b = joints[to];
    if (a === undefined || b === undefined || a.visibility === 0 || b.visibility === 0) continue;
    context.moveTo(a.x * scale + offsetX, a.y * scale + offsetY);
    context.lineTo(b.x * scale + offsetX, b.y * scale + offsetY);
  }
  context.stroke();
}

function fillDiscs(
  context: CanvasRenderingContext2D,
  { joints }: SkeletonShape,
  { scale, offsetX, offsetY }: Camera,
  visibility: JointVisibility,
  radius: number,
  colour: string,
): void {
  context.beginPath();
  for (const joint of joints) {
    if (joint.visibility !== visibility) continue;
    const x = joint.x * scale + offsetX;
    const y = joint.y * scale + offsetY;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fillStyle = colour;
  context.fill();
}

function strokeCrosses(
  context: CanvasRenderingContext2D,
  { joints }: SkeletonShape,
  { scale, offsetX, offsetY }: Camera,
): void {
  if (joints.every((joint) => joint.visibility !== 0)) return;
  context.beginPath();
  for (const joint of joints) {
    if (joint.visibility !== 0) continue;
    const x = joint.x * scale + offsetX;
    const y = joint.y * scale + offsetY;
    context.moveTo(x - CROSS, y - CROSS);
    context.lineTo(x + CROSS, y + CROSS);
    context.moveTo(x - CROSS, y + CROSS);
    context.lineTo(x + CROSS, y - CROSS);
  }
  context.stroke();
}
