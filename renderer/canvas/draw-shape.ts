import type { Camera } from '../../shared/geometry/camera';
import type { Annotation } from '../../shared/schema/annotation';
import type { Ink } from './ink';
import { viewOf } from './shapes';

/** A halo shows this far on each side of the outline, in screen px. */
const HALO = 1;
const OCCLUDED_DASH = [6, 4];

export interface ShapeStyle {
  readonly ink: Ink;
  readonly outlineWidth: number;
  readonly halo: string;
  /** Selected, under the pointer or being drawn. */
  readonly isStrong: boolean;
  /** False lets shapes that can do without their outline do so. */
  readonly isOutlined: boolean;
}

/** One shape with inside, halo and outline; dashed when something stands before the object. */
export function drawShape(
  context: CanvasRenderingContext2D,
  { shape, isOccluded }: Pick<Annotation, 'shape' | 'isOccluded'>,
  { ink, outlineWidth, halo, isStrong, isOutlined }: ShapeStyle,
  camera: Camera,
): void {
  const view = viewOf(shape);
  const fill = isStrong ? ink.strong : ink.rest;
  context.fillStyle = fill.css;
  const hasOutline = isOutlined || !view.canStandWithoutOutline;
  view.fillInside(context, shape, camera, fill, hasOutline);
  if (!hasOutline) return;
  context.lineJoin = 'round';
  context.lineWidth = outlineWidth + 2 * HALO;
  context.strokeStyle = halo;
  view.strokeOutline(context, shape, camera, outlineWidth + 2 * HALO, halo);
  context.lineWidth = outlineWidth;
  context.strokeStyle = ink.stroke;
  if (isOccluded) context.setLineDash(OCCLUDED_DASH);
  view.strokeOutline(context, shape, camera, outlineWidth, ink.stroke);
  if (isOccluded) context.setLineDash([]);
}
