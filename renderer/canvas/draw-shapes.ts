import { type Camera, visibleRect } from '../../shared/geometry/camera';
import type { IndexedItem } from '../../shared/geometry/spatial-index';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import type { Session } from '../editor/editor';
import { drawShape } from './draw-shape';
import type { Ink } from './ink';
import { maskBitmaps } from './mask-bitmaps';
import { drawNameTag } from './name-tag';
import type { Scene } from './scene';
import { viewOf } from './shapes';
import { applyTurn, rectOnGlass, turnOf } from './view-turn';

/** Above this many on screen, halos and insides run into one another and cost more than they show. */
const MOST_IN_DETAIL = 1500;
/** Above this many on screen, names would cover the picture. */
const MOST_WITH_NAMES = 40;
/** A shape smaller than this on screen is drawn as a point. */
const POINT_BELOW_IN_SCREEN_PX = 2;
/** Among thousands, one smaller than this is drawn as its bounds. */
const BOUNDS_BELOW_IN_SCREEN_PX = 6;

const DENSE_OUTLINE_WIDTH = 1;

type Visible = IndexedItem<Annotation>;

/**
 * Draws everything at rest; what is selected lies on the overlay. Runs once a frame while panning: O(log n + seen),
 * and with thousands seen one style change a colour and one stroke a shape.
 */
export function drawShapes(context: CanvasRenderingContext2D, scene: Scene): void {
  const { editor } = scene;
  const { session } = editor;
  const { camera, view } = session;
  maskBitmaps.beginFrame();
  const found = editor.search(visibleRect(camera, view));
  const isDrawn = drawnAtRest(session);
  const seen = found.every(isDrawn) ? found : found.filter(isDrawn);
  const turn = turnOf(session);
  context.save();
  applyTurn(context, turn);
  const isDense = seen.length > MOST_IN_DETAIL;
  const sorted = isDense ? seen : inDrawingOrder(scene, seen);
  if (isDense) drawDense(context, scene, seen, camera);
  else drawInDetail(context, scene, sorted, camera);
  context.restore();
  if (!session.display.areNamesShown || sorted.length > MOST_WITH_NAMES) return;
  // Names stay upright, so they are drawn on the glass and not with what is turned.
  for (const { item, minX, minY, maxX, maxY } of sorted) {
    const bounds = { x: minX, y: minY, width: maxX - minX, height: maxY - minY };
    if (item.shape.type !== 'tag') drawNameTag(context, scene, item, rectOnGlass(turn, camera, bounds));
  }
}

/** Ten thousand look-ups in an empty set cost 2 ms a frame, so what need not be asked is not. */
function drawnAtRest({ selection, isolated }: Session): (found: Visible) => boolean {
  if (isolated !== null) {
    return ({ item }) => !item.isHidden && isolated.has(item.id) && !selection.has(item.id);
  }
  if (selection.size === 0) return ({ item }) => !item.isHidden;
  return ({ item }) => !item.isHidden && !selection.has(item.id);
}

function isSmaller(item: Visible, camera: Camera, side: number): boolean {
  return (item.maxX - item.minX) * camera.scale < side && (item.maxY - item.minY) * camera.scale < side;
}

function drawPoint(context: CanvasRenderingContext2D, item: Visible, camera: Camera): void {
  if (item.item.shape.type === 'tag') return;
  context.fillRect(
    Math.round(item.minX * camera.scale + camera.offsetX),
    Math.round(item.minY * camera.scale + camera.offsetY),
    POINT_BELOW_IN_SCREEN_PX,
    POINT_BELOW_IN_SCREEN_PX,
  );
}

function drawBounds(context: CanvasRenderingContext2D, item: Visible, camera: Camera): void {
  const left = Math.round(item.minX * camera.scale + camera.offsetX);
  const top = Math.round(item.minY * camera.scale + camera.offsetY);
  context.strokeRect(
    left + DENSE_OUTLINE_WIDTH / 2,
    top + DENSE_OUTLINE_WIDTH / 2,
    Math.round(item.maxX * camera.scale + camera.offsetX) - left,
    Math.round(item.maxY * camera.scale + camera.offsetY) - top,
  );
}

function drawDense(
  context: CanvasRenderingContext2D,
  { palette }: Scene,
  seen: readonly Visible[],
  camera: Camera,
): void {
  const byInk = new Map<Ink, Visible[]>();
  for (const item of seen) {
    const ink = palette.inkOf(item.item);
    const group = byInk.get(ink);
    if (group === undefined) byInk.set(ink, [item]);
    else group.push(item);
  }
  context.lineWidth = DENSE_OUTLINE_WIDTH;
  for (const [ink, group] of byInk) {
    context.strokeStyle = ink.stroke;
    for (const item of group) {
      if (isSmaller(item, camera, BOUNDS_BELOW_IN_SCREEN_PX)) {
        // Other views leave their own fill style behind.
        context.fillStyle = ink.stroke;
        if (isSmaller(item, camera, POINT_BELOW_IN_SCREEN_PX)) drawPoint(context, item, camera);
        else drawBounds(context, item, camera);
        continue;
      }
      const { shape } = item.item;
      const view = viewOf(shape);
      if (view.isOutlineInside?.(camera)) view.fillInside(context, shape, camera, ink.rest);
      else view.strokeOutline(context, shape, camera, DENSE_OUTLINE_WIDTH, ink.stroke);
    }
  }
}

function inDrawingOrder({ editor }: Scene, seen: readonly Visible[]): readonly Visible[] {
  const order = (id: AnnotationId) => editor.orderOf(id);
  return [...seen].sort((a, b) => order(a.item.id) - order(b.item.id));
}

function drawInDetail(
  context: CanvasRenderingContext2D,
  { palette, theme, editor }: Scene,
  sorted: readonly Visible[],
  camera: Camera,
): void {
  const { outlineWidth } = editor.session.display;
  for (const item of sorted) {
    const ink = palette.inkOf(item.item);
    if (isSmaller(item, camera, POINT_BELOW_IN_SCREEN_PX) && item.item.shape.type !== 'points') {
      context.fillStyle = ink.stroke;
      drawPoint(context, item, camera);
    } else {
      drawShape(context, item.item, { ink, outlineWidth, halo: theme.halo, isStrong: false }, camera);
    }
  }
}
