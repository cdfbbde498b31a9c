import { type Camera, screenFromImage } from '../../shared/geometry/camera';
import type { ScreenPoint } from '../../shared/geometry/point';
import type { Rect, Size } from '../../shared/geometry/rect';
import type { Annotation } from '../../shared/schema/annotation';
import { behaviourOf } from '../../shared/shapes';
import type { Editor, Preview } from '../editor/editor';
import type { CanvasTheme } from './canvas-theme';
import { drawShape, type ShapesScene } from './draw-shapes';
import { paintOfUnknown } from './label-paint';
import { drawNameTag } from './name-tag';

const HANDLE_SIDE = 9;
/** With more selected than this, names and rings only hide one another. */
const MOST_SELECTED_IN_DETAIL = 40;
const HINT_FONT = '12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const HINT_PADDING = 8;
const HINT_LINE = 17;
const HINT_WIDTH = 320;

/** What is selected, under the pointer or being drawn, and what the tool shows beside it. */
export function drawOverlay(context: CanvasRenderingContext2D, scene: ShapesScene): void {
  const { editor, theme } = scene;
  const { session } = editor;
  drawHovered(context, scene);
  drawSelected(context, scene);
  if (session.preview !== null) drawPreview(context, scene, session.preview);
  const cross = crosshairAt(editor);
  if (cross !== null) drawCrosshair(context, cross, session.view, theme);
  if (session.preview?.hint != null) {
    drawHint(context, session.preview.hint, hintPlace(editor), session.view, theme);
  }
}

function paintFor({ paints, theme }: ShapesScene, labelId: Annotation['labelId'] | null) {
  return (labelId === null ? undefined : paints.get(labelId)) ?? paintOfUnknown(theme.unknownLabel);
}

function drawHovered(context: CanvasRenderingContext2D, scene: ShapesScene): void {
  const { hovered, selection, camera } = scene.editor.session;
  if (hovered === null || selection.has(hovered)) return;
  const annotation = scene.editor.document?.annotations.get(hovered);
  if (annotation === undefined || annotation.isHidden) return;
  const paint = paintFor(scene, annotation.labelId);
  drawShape(context, annotation, paint, paint.strongFill, scene.theme.halo, camera);
  drawNameTag(context, paint, behaviourOf(annotation.shape).bounds(annotation.shape), camera);
}

function drawSelected(context: CanvasRenderingContext2D, scene: ShapesScene): void {
  const { editor, theme } = scene;
  const { selection, preview, camera } = editor.session;
  const replaced = new Set(preview?.shapes.map((shape) => shape.replaces));
  // Only the select tool takes handles; elsewhere they would promise what does not happen.
  const hasHandles = editor.session.toolId === 'select';
  const isDetailed = selection.size <= MOST_SELECTED_IN_DETAIL;
  for (const id of selection) {
    const annotation = editor.document?.annotations.get(id);
    if (annotation === undefined || annotation.isHidden || replaced.has(id)) continue;
    const paint = paintFor(scene, annotation.labelId);
    drawShape(context, annotation, paint, paint.strongFill, theme.selectionHalo, camera);
    if (isDetailed) {
      drawNameTag(context, paint, behaviourOf(annotation.shape).bounds(annotation.shape), camera);
    }
    if (selection.size === 1 && hasHandles && !annotation.isLocked)
      drawHandles(context, annotation.shape, theme, camera);
  }
}

function drawHandles(
  context: CanvasRenderingContext2D,
  shape: Annotation['shape'],
  theme: CanvasTheme,
  camera: Camera,
): void {
  context.lineWidth = 1;
  context.fillStyle = theme.handleFill;
  context.strokeStyle = theme.handleStroke;
  for (const handle of behaviourOf(shape).handles(shape)) {
    const at = screenFromImage(camera, handle.at);
    context.beginPath();
    context.roundRect(
      Math.round(at.x - HANDLE_SIDE / 2) + 0.5,
      Math.round(at.y - HANDLE_SIDE / 2) + 0.5,
      HANDLE_SIDE - 1,
      HANDLE_SIDE - 1,
      2,
    );
    context.fill();
    context.stroke();
  }
}

function drawPreview(context: CanvasRenderingContext2D, scene: ShapesScene, preview: Preview): void {
  const { theme, editor } = scene;
  const { camera } = editor.session;
  for (const { shape, labelId, replaces } of preview.shapes) {
    const paint = paintFor(scene, labelId);
    const isOccluded =
      replaces === null ? false : (editor.document?.annotations.get(replaces)?.isOccluded ?? false);
    drawShape(context, { shape, isOccluded }, paint, paint.strongFill, theme.selectionHalo, camera);
    if (preview.shapes.length === 1 && replaces !== null) drawHandles(context, shape, theme, camera);
    const bounds = behaviourOf(shape).bounds(shape);
    if (preview.shapes.length === 1) drawMeasure(context, bounds, theme, camera);
  }
  if (preview.marquee !== undefined) drawMarquee(context, preview.marquee, theme, camera);
}

/** Width × height in image px under the lower right corner of what is being drawn. */
function drawMeasure(
  context: CanvasRenderingContext2D,
  bounds: Rect,
  theme: CanvasTheme,
  camera: Camera,
): void {
  const text = `${Math.round(bounds.width * 10) / 10} × ${Math.round(bounds.height * 10) / 10}`;
  context.font = `600 11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif`;
  const width = Math.ceil(context.measureText(text).width) + 10;
  const left = Math.round((bounds.x + bounds.width) * camera.scale + camera.offsetX) - width;
  const top = Math.round((bounds.y + bounds.height) * camera.scale + camera.offsetY) + 9;
  context.fillStyle = theme.hintFill;
  context.beginPath();
  context.roundRect(left, top, width, HINT_LINE, 3);
  context.fill();
  context.fillStyle = theme.hintText;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillText(text, left + 5, top + HINT_LINE / 2 + 0.5);
}

function drawMarquee(
  context: CanvasRenderingContext2D,
  marquee: Rect,
  theme: CanvasTheme,
  camera: Camera,
): void {
  const left = Math.round(marquee.x * camera.scale + camera.offsetX);
  const top = Math.round(marquee.y * camera.scale + camera.offsetY);
  const width = Math.round(marquee.width * camera.scale);
  const height = Math.round(marquee.height * camera.scale);
  context.fillStyle = theme.marqueeFill;
  context.fillRect(left, top, width, height);
  context.lineWidth = 1;
  context.strokeStyle = theme.marquee;
  context.strokeRect(left + 0.5, top + 0.5, width, height);
}

/** The box tool aims with lines over the whole view; the keyboard's cursor comes before the pointer. */
function crosshairAt(editor: Editor): ScreenPoint | null {
  const { toolId, pointer, keyboardCursor, camera } = editor.session;
  if (keyboardCursor !== null) return screenFromImage(camera, keyboardCursor);
  if (toolId !== 'box' || pointer === null || editor.document === null) return null;
  return screenFromImage(camera, pointer);
}

function drawCrosshair(
  context: CanvasRenderingContext2D,
  at: ScreenPoint,
  view: Size,
  theme: CanvasTheme,
): void {
  const x = Math.round(at.x);
  const y = Math.round(at.y);
  context.fillStyle = theme.crosshairHalo;
  context.fillRect(x - 1, 0, 3, view.height);
  context.fillRect(0, y - 1, view.width, 3);
  context.fillStyle = theme.crosshair;
  context.fillRect(x, 0, 1, view.height);
  context.fillRect(0, y, view.width, 1);
}

function hintPlace(editor: Editor): ScreenPoint | null {
  const { pointer, keyboardCursor, camera } = editor.session;
  const at = keyboardCursor ?? pointer;
  return at === null ? null : screenFromImage(camera, at);
}

/** Beside the pointer, where the eye is; at the foot of the view when the pointer is elsewhere. */
function drawHint(
  context: CanvasRenderingContext2D,
  hint: string,
  at: ScreenPoint | null,
  view: Size,
  theme: CanvasTheme,
): void {
  context.font = HINT_FONT;
  const lines = wrapped(context, hint);
  const width =
    Math.max(...lines.map((line) => Math.ceil(context.measureText(line).width))) + 2 * HINT_PADDING;
  const height = lines.length * HINT_LINE + HINT_PADDING;
  const wantedLeft = at === null ? (view.width - width) / 2 : at.x + 16;
  const wantedTop = at === null ? view.height - height - 16 : at.y + 20;
  const left = Math.round(Math.max(Math.min(wantedLeft, view.width - width - 8), 8));
  const top = Math.round(Math.max(Math.min(wantedTop, view.height - height - 8), 8));
  context.fillStyle = theme.hintFill;
  context.beginPath();
  context.roundRect(left, top, width, height, 5);
  context.fill();
  context.fillStyle = theme.hintText;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  lines.forEach((line, index) => {
    context.fillText(line, left + HINT_PADDING, top + HINT_PADDING / 2 + HINT_LINE * (index + 0.5));
  });
}

function wrapped(context: CanvasRenderingContext2D, text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && context.measureText(longer).width > HINT_WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
