import { type Camera, visibleRect } from '../../shared/geometry/camera';
import type { IndexedItem } from '../../shared/geometry/spatial-index';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId, LabelId } from '../../shared/schema/ids';
import type { Editor } from '../editor/editor';
import type { CanvasTheme } from './canvas-theme';
import { type LabelPaint, paintOfUnknown } from './label-paint';
import { drawNameTag } from './name-tag';
import { viewOf } from './shapes';

/** Above this many on screen, halos and insides run into one another and cost more than they show. */
const MOST_IN_DETAIL = 1500;
/** Above this many on screen, names would cover the picture. */
const MOST_WITH_NAMES = 40;
/** A shape smaller than this on screen is drawn as a point. */
const POINT_BELOW_IN_SCREEN_PX = 2;

const OUTLINE_WIDTH = 2;
const HALO_WIDTH = 4;
const DENSE_OUTLINE_WIDTH = 1;
const OCCLUDED_DASH = [6, 4];

export interface ShapesScene {
  readonly editor: Editor;
  readonly paints: ReadonlyMap<LabelId, LabelPaint>;
  readonly theme: CanvasTheme;
}

type Visible = IndexedItem<Annotation>;

/**
 * Draws everything at rest; what is selected lies on the overlay. Runs once a frame while panning: O(log n + seen),
 * and with thousands seen one style change a label and one stroke a shape.
 */
export function drawShapes(context: CanvasRenderingContext2D, scene: ShapesScene): void {
  const { editor } = scene;
  const { camera, view, selection } = editor.session;
  const found = editor.search(visibleRect(camera, view));
  // Ten thousand look-ups in an empty set cost 2 ms a frame.
  const isDrawn =
    selection.size === 0
      ? ({ item }: Visible) => !item.isHidden
      : ({ item }: Visible) => !item.isHidden && !selection.has(item.id);
  const seen = found.every(isDrawn) ? found : found.filter(isDrawn);
  if (seen.length > MOST_IN_DETAIL) drawDense(context, scene, seen, camera);
  else drawInDetail(context, scene, seen, camera);
}

function paintFor({ paints, theme }: ShapesScene, labelId: LabelId): LabelPaint {
  return paints.get(labelId) ?? paintOfUnknown(theme.unknownLabel);
}

function isPoint(item: Visible, camera: Camera): boolean {
  return (
    (item.maxX - item.minX) * camera.scale < POINT_BELOW_IN_SCREEN_PX &&
    (item.maxY - item.minY) * camera.scale < POINT_BELOW_IN_SCREEN_PX
  );
}

function drawPoint(context: CanvasRenderingContext2D, item: Visible, camera: Camera): void {
  context.fillRect(
    Math.round(item.minX * camera.scale + camera.offsetX),
    Math.round(item.minY * camera.scale + camera.offsetY),
    POINT_BELOW_IN_SCREEN_PX,
    POINT_BELOW_IN_SCREEN_PX,
  );
}

function drawDense(
  context: CanvasRenderingContext2D,
  scene: ShapesScene,
  seen: readonly Visible[],
  camera: Camera,
): void {
  const byLabel = new Map<LabelId, Visible[]>();
  for (const item of seen) {
    const group = byLabel.get(item.item.labelId);
    if (group === undefined) byLabel.set(item.item.labelId, [item]);
    else group.push(item);
  }
  context.lineWidth = DENSE_OUTLINE_WIDTH;
  for (const [labelId, group] of byLabel) {
    const paint = paintFor(scene, labelId);
    context.strokeStyle = paint.stroke;
    context.fillStyle = paint.stroke;
    for (const item of group) {
      if (isPoint(item, camera)) drawPoint(context, item, camera);
      else viewOf(item.item.shape).strokeOutline(context, item.item.shape, camera, DENSE_OUTLINE_WIDTH);
    }
  }
}

function drawInDetail(
  context: CanvasRenderingContext2D,
  scene: ShapesScene,
  seen: readonly Visible[],
  camera: Camera,
): void {
  const { editor, theme } = scene;
  const order = (id: AnnotationId) => editor.orderOf(id);
  const sorted = [...seen].sort((a, b) => order(a.item.id) - order(b.item.id));
  for (const item of sorted) {
    const paint = paintFor(scene, item.item.labelId);
    if (isPoint(item, camera)) {
      context.fillStyle = paint.stroke;
      drawPoint(context, item, camera);
    } else {
      drawShape(context, item.item, paint, paint.fill, theme.halo, camera);
    }
  }
  if (sorted.length > MOST_WITH_NAMES) return;
  for (const item of sorted) {
    drawNameTag(context, paintFor(scene, item.item.labelId), boundsOf(item), camera);
  }
}

function boundsOf(item: Visible) {
  return { x: item.minX, y: item.minY, width: item.maxX - item.minX, height: item.maxY - item.minY };
}

/** One shape with inside, halo and outline; dashed when something stands before the object. */
export function drawShape(
  context: CanvasRenderingContext2D,
  { shape, isOccluded }: Pick<Annotation, 'shape' | 'isOccluded'>,
  paint: LabelPaint,
  fill: string,
  halo: string,
  camera: Camera,
): void {
  const shapeView = viewOf(shape);
  context.fillStyle = fill;
  shapeView.fillInside(context, shape, camera);
  context.lineJoin = 'round';
  context.lineWidth = HALO_WIDTH;
  context.strokeStyle = halo;
  shapeView.strokeOutline(context, shape, camera, HALO_WIDTH);
  context.lineWidth = OUTLINE_WIDTH;
  context.strokeStyle = paint.stroke;
  if (isOccluded) context.setLineDash(OCCLUDED_DASH);
  shapeView.strokeOutline(context, shape, camera, OUTLINE_WIDTH);
  if (isOccluded) context.setLineDash([]);
}
