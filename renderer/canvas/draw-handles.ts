import { type Camera, screenFromImage } from '../../shared/geometry/camera';
import type { ScreenPoint } from '../../shared/geometry/point';
import type { Handle, VertexRef } from '../../shared/shapes/shape-behaviour';
import { vertexOfHandle } from '../../shared/shapes/vertex-handle';
import type { EdgeMidpoint } from '../editor/edge-midpoints';
import type { CanvasTheme } from './canvas-theme';

const SIDE = 9;
const VERTEX_RADIUS = 4;
const MIDPOINT_RADIUS = 2.5;

/** Squares that resize, discs for vertices and for grips that stand away from their shape on a stem. */
export function drawHandles(
  context: CanvasRenderingContext2D,
  handles: readonly Handle[],
  chosen: readonly VertexRef[],
  theme: CanvasTheme,
  camera: Camera,
): void {
  const isChosen = new Set(chosen.map(({ ring, index }) => `vertex-${ring}-${index}`));
  for (const handle of handles) {
    const at = screenFromImage(camera, handle.at);
    context.lineWidth = 1;
    context.strokeStyle = theme.handleStroke;
    context.fillStyle = isChosen.has(handle.id) ? theme.chosen : theme.handleFill;
    if (handle.away !== undefined) drawAway(context, at, handle.away, theme);
    else if (vertexOfHandle(handle.id) !== null) drawDisc(context, at, isChosen.has(handle.id), theme);
    else drawSquare(context, at);
  }
}

/** Small and pale: places on edges from which a new vertex can be pulled. */
export function drawMidpoints(
  context: CanvasRenderingContext2D,
  midpoints: readonly EdgeMidpoint[],
  theme: CanvasTheme,
  camera: Camera,
): void {
  context.lineWidth = 1;
  context.fillStyle = theme.handleFill;
  context.strokeStyle = theme.handleStroke;
  context.globalAlpha = 0.65;
  for (const { at } of midpoints) {
    const { x, y } = screenFromImage(camera, at);
    context.beginPath();
    context.arc(x, y, MIDPOINT_RADIUS, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawSquare(context: CanvasRenderingContext2D, at: ScreenPoint): void {
  context.beginPath();
  context.roundRect(
    Math.round(at.x - SIDE / 2) + 0.5,
    Math.round(at.y - SIDE / 2) + 0.5,
    SIDE - 1,
    SIDE - 1,
    2,
  );
  context.fill();
  context.stroke();
}

function drawDisc(
  context: CanvasRenderingContext2D,
  at: ScreenPoint,
  isChosen: boolean,
  theme: CanvasTheme,
): void {
  context.beginPath();
  context.arc(at.x, at.y, isChosen ? VERTEX_RADIUS + 1 : VERTEX_RADIUS, 0, 2 * Math.PI);
  context.fill();
  // Chosen ones differ by a ring as well as by colour.
  if (isChosen) {
    context.lineWidth = 2;
    context.strokeStyle = theme.handleFill;
  }
  context.stroke();
}

function drawAway(
  context: CanvasRenderingContext2D,
  at: ScreenPoint,
  away: { readonly dx: number; readonly dy: number },
  theme: CanvasTheme,
): void {
  const grip = { x: at.x + away.dx, y: at.y + away.dy };
  context.beginPath();
  context.moveTo(at.x, at.y);
  context.lineTo(grip.x, grip.y);
  context.lineWidth = 3;
  context.stroke();
  context.lineWidth = 1;
  context.strokeStyle = theme.handleFill;
  context.stroke();
  context.strokeStyle = theme.handleStroke;
  context.beginPath();
  context.arc(grip.x, grip.y, SIDE / 2, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}
