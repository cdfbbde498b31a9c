import type { Camera } from '../../shared/geometry/camera';
import { type Rect, unionRects } from '../../shared/geometry/rect';
import type { Annotation } from '../../shared/schema/annotation';
import type { Shape } from '../../shared/schema/shapes';
import { behaviourOf } from '../../shared/shapes';
import { edgeMidpoints } from '../editor/edge-midpoints';
import { selectionFrame, turningFrame } from '../editor/selection-frame';
import { isOnCanvas } from '../editor/shown';
import { shownHandles } from '../editor/shown-handles';
import { drawHandles, drawMidpoints } from './draw-handles';
import { drawShape } from './draw-shape';
import { membersOfGroups } from './groups';
import { drawNameTag } from './name-tag';
import { distinctColour } from './palette';
import type { Scene } from './scene';
import { rectOnGlass, turnOf } from './view-turn';

/** With more selected than this, names and rings only hide one another. */
const MOST_SELECTED_IN_DETAIL = 40;
const GROUP_DASH = [3, 4];
const GROUP_MARGIN = 5;

/** What is under the pointer and what is selected, with its handles; in px before the turn. */
export function drawSelection(context: CanvasRenderingContext2D, scene: Scene): void {
  const { editor, theme, palette } = scene;
  const { camera, display, selection, toolId, preview, selectedVertices } = editor.session;
  const chosen = shownSelection(scene);
  for (const annotation of [hoveredOf(scene), ...chosen]) {
    if (annotation === null) continue;
    const halo = selection.has(annotation.id) ? theme.selectionHalo : theme.halo;
    const style = {
      ink: palette.inkOf(annotation),
      outlineWidth: display.outlineWidth,
      halo,
      isStrong: true,
      isOutlined: chosen.length <= MOST_SELECTED_IN_DETAIL,
    };
    drawShape(context, annotation, style, camera);
  }
  drawGroups(context, scene, chosen);
  // Only the select tool takes handles; elsewhere they would promise what does not happen.
  if (toolId !== 'select' || preview?.marquee !== undefined) return;
  const [only, another] = chosen;
  if (only !== undefined && another === undefined && selection.size === 1 && !only.isLocked) {
    drawHandles(context, turningFrame(editor)?.handles ?? [], [], theme, camera);
    drawMidpoints(context, edgeMidpoints(editor), theme, camera);
    drawHandles(context, shownHandles(only.shape, camera, selectedVertices), selectedVertices, theme, camera);
  }
  const frame = selectionFrame(editor);
  if (frame === null) return;
  context.lineWidth = 1;
  context.strokeStyle = theme.marquee;
  strokeAround(context, frame.bounds, camera, 0);
  drawHandles(context, frame.handles, [], theme, camera);
}

/** Their names, on the glass. */
export function drawSelectedNames(context: CanvasRenderingContext2D, scene: Scene): void {
  const { session } = scene.editor;
  const turn = turnOf(session);
  const named = session.selection.size > MOST_SELECTED_IN_DETAIL ? [] : shownSelection(scene);
  for (const annotation of [hoveredOf(scene), ...named]) {
    if (annotation === null) continue;
    const bounds = rectOnGlass(turn, session.camera, boundsOf(annotation.shape));
    drawNameTag(context, scene, annotation, bounds);
  }
}

function isShown({ editor }: Scene, annotation: Annotation | undefined): annotation is Annotation {
  return annotation !== undefined && isOnCanvas(editor.session, annotation);
}

function hoveredOf(scene: Scene): Annotation | null {
  const { hovered, selection } = scene.editor.session;
  if (hovered === null || selection.has(hovered)) return null;
  const annotation = scene.editor.document?.annotations.get(hovered);
  return isShown(scene, annotation) ? annotation : null;
}

/** What is selected, seen, and not shown by the preview in another form. */
function shownSelection(scene: Scene): readonly Annotation[] {
  const { selection, preview } = scene.editor.session;
  const replaced = new Set<string | null>(preview?.shapes.map((shape) => shape.replaces));
  if (preview?.raster !== undefined) replaced.add(preview.raster.replaces);
  return [...selection].flatMap((id) => {
    const annotation = scene.editor.document?.annotations.get(id);
    return isShown(scene, annotation) && !replaced.has(id) ? [annotation] : [];
  });
}

/** A dashed frame around each group of which something is selected or under the pointer. */
function drawGroups(context: CanvasRenderingContext2D, scene: Scene, chosen: readonly Annotation[]): void {
  const { document, session } = scene.editor;
  const hovered = hoveredOf(scene);
  const groupIds = new Set(
    (hovered === null ? chosen : [hovered, ...chosen]).flatMap(({ groupId }) =>
      groupId === undefined ? [] : [groupId],
    ),
  );
  if (document === null || groupIds.size === 0) return;
  const groups = membersOfGroups(document);
  context.setLineDash(GROUP_DASH);
  context.lineWidth = 1.5;
  for (const groupId of groupIds) {
    const members = (groups.get(groupId) ?? []).filter((member) => isShown(scene, member));
    const [first, ...others] = members.map((member) => boundsOf(member.shape));
    if (first === undefined) continue;
    context.strokeStyle = distinctColour(groupId);
    strokeAround(context, others.reduce(unionRects, first), session.camera, GROUP_MARGIN);
  }
  context.setLineDash([]);
}

function strokeAround(
  context: CanvasRenderingContext2D,
  bounds: Rect,
  { scale, offsetX, offsetY }: Camera,
  margin: number,
): void {
  const left = Math.round(bounds.x * scale + offsetX) - margin;
  const top = Math.round(bounds.y * scale + offsetY) - margin;
  context.strokeRect(
    left + 0.5,
    top + 0.5,
    Math.round(bounds.width * scale) + 2 * margin,
    Math.round(bounds.height * scale) + 2 * margin,
  );
}

function boundsOf(shape: Shape): Rect {
  return behaviourOf(shape).bounds(shape);
}
