import type { Rect, Size } from '../../geometry/rect';

export interface Joint {
  readonly x: number;
  readonly y: number;
  readonly visibility: 0 | 1 | 2;
}

/** Joints on one line, or a single one, still need a box that trainers take for one. */
const LEAST_SIDE_IN_IMAGE_PX = 1;

/**
 * The box around the labelled joints, inside the picture and at least a pixel wide and high, in image px: YOLO wants one
 * with every pose. Around all joints where none is labelled.
 */
export function boxOfJoints(joints: readonly Joint[], size: Size): Rect {
  const labelled = joints.filter((joint) => joint.visibility > 0);
  const counted = labelled.length > 0 ? labelled : joints;
  const across = spanOf(
    counted.map((joint) => joint.x),
    size.width,
  );
  const down = spanOf(
    counted.map((joint) => joint.y),
    size.height,
  );
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

function spanOf(values: readonly number[], side: number): { start: number; length: number } {
  let start = side;
  let end = 0;
  for (const value of values) {
    const inside = Math.min(Math.max(value, 0), side);
    start = Math.min(start, inside);
    end = Math.max(end, inside);
  }
  const length = Math.min(Math.max(end - start, LEAST_SIDE_IN_IMAGE_PX), side);
  const middle = (start + end) / 2;
  return { start: Math.min(Math.max(middle - length / 2, 0), side - length), length };
}
