import { type Camera, visibleRect } from '../../shared/geometry/camera';
import type { Rect } from '../../shared/geometry/rect';
import type { IndexedItem } from '../../shared/geometry/spatial-index';
import type { Annotation } from '../../shared/schema/annotation';
import type { AnnotationId } from '../../shared/schema/ids';
import type { Session } from '../editor/editor';
import { type DenseTable, denseTableOf, forEachAtRest } from './dense-table';
import { drawShape } from './draw-shape';
import type { Ink } from './ink';
import { drawNameTag } from './name-tag';
import type { Scene } from './scene';
import { viewOf } from './shapes';
import { applyTurn, rectOnGlass, turnOf } from './view-turn';

/** Above this many on screen, halos and insides run into one another and cost more than they show. */
const MOST_IN_DETAIL = 1500;
/** Above this many masks on screen, their outlines are shown by their pixels: tracing them would cost most of a frame. */
const MOST_MASKS_OUTLINED = 40;
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
  const { document } = editor;
  if (document === null) return;
  const seen = visibleRect(camera, view);
  const found = editor.search(seen);
  const isDrawn = drawnAtRest(session);
  const turn = turnOf(session);
  context.save();
  applyTurn(context, turn);
  if (isMoreThan(MOST_IN_DETAIL, found, isDrawn)) {
    drawDense(context, denseTableOf(document, scene.palette), seen, session);
    context.restore();
    return;
  }
  const sorted = inDrawingOrder(scene, found.filter(isDrawn));
  drawInDetail(context, scene, sorted, camera);
  context.restore();
  if (!session.display.areNamesShown || sorted.length > MOST_WITH_NAMES) return;
  // Names stay upright, so they are drawn on the glass and not with what is turned.
  for (const { item, minX, minY, maxX, maxY } of sorted) {
    const bounds = { x: minX, y: minY, width: maxX - minX, height: maxY - minY };
    drawNameTag(context, scene, item, rectOnGlass(turn, camera, bounds));
  }
}

/** Whether more than `limit` are drawn; asks no more of them than it needs to know. */
function isMoreThan(limit: number, found: readonly Visible[], isDrawn: (found: Visible) => boolean): boolean {
  if (found.length <= limit) return false;
  let count = 0;
  for (const item of found) {
    if (isDrawn(item)) count += 1;
    if (count > limit) return true;
  }
  return false;
}

/** Objects without a place are not in the index. */
function drawnAtRest({ selection, isolated }: Session): (found: Visible) => boolean {
  if (isolated !== null) {
    return ({ item }) => !item.isHidden && isolated.has(item.id) && !selection.has(item.id);
  }
  if (selection.size === 0) return ({ item }) => !item.isHidden;
  return ({ item }) => !item.isHidden && !selection.has(item.id);
}

function drawDense(
  context: CanvasRenderingContext2D,
  table: DenseTable,
  seen: Rect,
  { camera, selection, isolated }: Session,
): void {
  const { bounds, isBox, shapes } = table;
  const { scale, offsetX, offsetY } = camera;
  context.lineWidth = DENSE_OUTLINE_WIDTH;
  const useInk = (ink: Ink) => {
    context.strokeStyle = ink.stroke;
  };
  const drawRow = (row: number, ink: Ink) => {
    const left = Math.round((bounds[4 * row] ?? 0) * scale + offsetX);
    const top = Math.round((bounds[4 * row + 1] ?? 0) * scale + offsetY);
    const width = Math.round((bounds[4 * row + 2] ?? 0) * scale + offsetX) - left;
    const height = Math.round((bounds[4 * row + 3] ?? 0) * scale + offsetY) - top;
    if (width < POINT_BELOW_IN_SCREEN_PX && height < POINT_BELOW_IN_SCREEN_PX) {
      context.fillStyle = ink.stroke;
      context.fillRect(left, top, POINT_BELOW_IN_SCREEN_PX, POINT_BELOW_IN_SCREEN_PX);
      return;
    }
    const isSmall = width < BOUNDS_BELOW_IN_SCREEN_PX && height < BOUNDS_BELOW_IN_SCREEN_PX;
    if (isSmall || isBox[row] === 1) {
      // Half a px: a line of one px is sharp when its middle runs through pixel centres.
      context.strokeRect(left + 0.5, top + 0.5, width, height);
      return;
    }
    const shape = shapes[row];
    if (shape === undefined) return;
    const view = viewOf(shape);
    if (view.canStandWithoutOutline) {
      context.fillStyle = ink.rest.css;
      view.fillInside(context, shape, camera, ink.rest, false);
    } else {
      view.strokeOutline(context, shape, camera, DENSE_OUTLINE_WIDTH, ink.stroke);
    }
  };
  forEachAtRest(table, seen, { selection, isolated }, useInk, drawRow);
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
  const isOutlined = sorted.filter(({ item }) => item.shape.type === 'mask').length <= MOST_MASKS_OUTLINED;
  for (const item of sorted) {
    const ink = palette.inkOf(item.item);
    if (isPoint(item, camera) && item.item.shape.type !== 'points') {
      context.fillStyle = ink.stroke;
      context.fillRect(
        Math.round(item.minX * camera.scale + camera.offsetX),
        Math.round(item.minY * camera.scale + camera.offsetY),
        POINT_BELOW_IN_SCREEN_PX,
        POINT_BELOW_IN_SCREEN_PX,
      );
    } else {
      drawShape(
        context,
        item.item,
        { ink, outlineWidth, halo: theme.halo, isStrong: false, isOutlined },
        camera,
      );
    }
  }
}

function isPoint(item: Visible, camera: Camera): boolean {
  return (
    (item.maxX - item.minX) * camera.scale < POINT_BELOW_IN_SCREEN_PX &&
    (item.maxY - item.minY) * camera.scale < POINT_BELOW_IN_SCREEN_PX
  );
}
