import { type Camera, screenFromImage } from '../../shared/geometry/camera';
import { type Rect, unionRects } from '../../shared/geometry/rect';
import { behaviourOf } from '../../shared/shapes';
import type { Preview } from '../editor/editor';
import { shownHandles } from '../editor/shown-handles';
import type { CanvasTheme } from './canvas-theme';
import { drawHandles } from './draw-handles';
import { drawShape } from './draw-shape';
import type { Ink } from './ink';
import type { Scene } from './scene';
import { tracePath } from './trace-path';

type PreviewShape = Preview['shapes'][number];
type PreviewLine = NonNullable<Preview['lines']>[number];
type PreviewMark = NonNullable<Preview['marks']>[number];

const MARK_RADIUS = { vertex: 3, first: 5.5, snap: 6 } as const;
const DASHES: Readonly<Record<PreviewLine['kind'], readonly number[]>> = {
  lasso: [5, 4],
  cut: [8, 4],
  ruler: [],
  wire: [],
  guide: [2, 4],
};
const RULER_TICK = 5;
/** With more masks than this being moved, their pixels show their outlines. */
const MOST_IN_DETAIL = 40;

/** Shapes being drawn or changed, lines and marks of tools; in px before the turn. */
export function drawPreview(context: CanvasRenderingContext2D, scene: Scene, preview: Preview): void {
  const { theme, editor } = scene;
  const { camera, display, selectedVertices, toolId } = editor.session;
  for (const shown of preview.shapes) {
    const annotation = shown.replaces === null ? undefined : editor.document?.annotations.get(shown.replaces);
    const style = {
      ink: previewInk(scene, shown),
      outlineWidth: display.outlineWidth,
      halo: theme.selectionHalo,
      isStrong: true,
      isOutlined: preview.shapes.length <= MOST_IN_DETAIL,
    };
    const isOccluded = annotation?.isOccluded ?? false;
    drawShape(context, { shape: shown.shape, isOccluded }, style, camera);
    if (preview.shapes.length === 1 && shown.replaces !== null && toolId === 'select') {
      drawHandles(
        context,
        shownHandles(shown.shape, camera, selectedVertices),
        selectedVertices,
        theme,
        camera,
      );
    }
  }
  for (const line of preview.lines ?? []) drawLine(context, line, theme, camera);
  for (const mark of preview.marks ?? []) drawMark(context, mark, theme, camera);
  if (preview.marquee !== undefined) drawMarquee(context, preview.marquee, theme, camera);
}

/** Whether the overlay shows nothing of a preview: pixels that are painted have a layer of their own. */
export function isRasterOnly({ shapes, marquee, lines, marks, measure, hint }: Preview): boolean {
  return (
    shapes.length === 0 &&
    marquee === undefined &&
    lines === undefined &&
    marks === undefined &&
    measure === undefined &&
    hint === null
  );
}

/** Whether the overlay shows the same of two previews, though pixels were painted in between. */
export function isSameOverlay(a: Preview | null, b: Preview | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || !isRasterOnly(a) || !isRasterOnly(b)) return false;
  // The object that is painted on is not drawn as it was.
  return a.raster?.replaces === b.raster?.replaces;
}

/** The ink of the object that is shown in another form, or of the label that a new one will have. */
export function previewInk(
  { editor, palette }: Scene,
  { labelId, replaces }: Pick<PreviewShape, 'labelId' | 'replaces'>,
): Ink {
  const annotation = replaces === null ? undefined : editor.document?.annotations.get(replaces);
  return annotation === undefined ? palette.inkOfLabel(labelId) : palette.inkOf(annotation);
}

/** What to measure beside: the one shape that is drawn, or the last end of a line; in image px. */
export function measuredBounds(preview: Preview): Rect | null {
  const [shown, another] = preview.shapes;
  if (shown !== undefined && another === undefined) return behaviourOf(shown.shape).bounds(shown.shape);
  // Several at once are measured as one, when the tool says what to measure.
  if (shown !== undefined && preview.measure !== undefined)
    return preview.shapes.map(({ shape }): Rect => behaviourOf(shape).bounds(shape)).reduce(unionRects);
  const end = preview.lines?.at(-1)?.points.at(-1);
  return end === undefined ? null : { x: end.x, y: end.y, width: 0, height: 0 };
}

function drawLine(
  context: CanvasRenderingContext2D,
  { kind, points, isClosed }: PreviewLine,
  theme: CanvasTheme,
  camera: Camera,
): void {
  context.beginPath();
  tracePath(context, points, isClosed, camera);
  if (kind === 'lasso') {
    context.fillStyle = theme.marqueeFill;
    context.fill();
  }
  if (kind === 'ruler') {
    for (const point of points) traceTick(context, points, point, camera);
  }
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = theme.halo;
  context.stroke();
  context.setLineDash([...DASHES[kind]]);
  context.lineWidth = kind === 'guide' ? 1 : 1.5;
  context.strokeStyle = kind === 'ruler' || kind === 'cut' ? theme.handleFill : theme.marquee;
  context.stroke();
  context.setLineDash([]);
}

/** A short line across the ruler at each of its points. */
function traceTick(
  context: CanvasRenderingContext2D,
  points: PreviewLine['points'],
  point: PreviewLine['points'][number],
  camera: Camera,
): void {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return;
  const length = Math.hypot(last.x - first.x, last.y - first.y);
  if (length === 0) return;
  const across = {
    x: (-(last.y - first.y) / length) * RULER_TICK,
    y: ((last.x - first.x) / length) * RULER_TICK,
  };
  const at = screenFromImage(camera, point);
  context.moveTo(at.x - across.x, at.y - across.y);
  context.lineTo(at.x + across.x, at.y + across.y);
}

/** Vertices are small discs, the first (which closes a ring) a larger one, a snap a ring around its place. */
function drawMark(
  context: CanvasRenderingContext2D,
  { at, kind }: PreviewMark,
  theme: CanvasTheme,
  camera: Camera,
): void {
  const { x, y } = screenFromImage(camera, at);
  context.beginPath();
  context.arc(x, y, MARK_RADIUS[kind], 0, 2 * Math.PI);
  if (kind === 'snap') {
    context.lineWidth = 4;
    context.strokeStyle = theme.halo;
    context.stroke();
    context.lineWidth = 2;
    context.strokeStyle = theme.marquee;
    context.stroke();
    return;
  }
  context.fillStyle = theme.handleFill;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = theme.handleStroke;
  context.stroke();
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
