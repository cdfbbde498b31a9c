import { behaviourOf } from '../../shared/shapes';
import type { Preview } from '../editor/editor';
import { drawComparison, drawComparisonMarks } from './draw-comparison';
import { drawHint, drawMeasure } from './draw-hint';
import { drawPins } from './draw-pins';
import { drawPointer } from './draw-pointer';
import { drawPreview, measuredBounds } from './draw-preview';
import { drawSelectedNames, drawSelection } from './draw-selection';
import type { Scene } from './scene';
import { applyTurn, pointOnGlass, rectOnGlass, turnedSize, turnOf } from './view-turn';

/** What is selected, under the pointer or being drawn, and what the tool shows beside it. */
export function drawOverlay(context: CanvasRenderingContext2D, scene: Scene): void {
  const { session } = scene.editor;
  const turn = turnOf(session);
  context.save();
  applyTurn(context, turn);
  drawComparison(context, scene);
  drawSelection(context, scene);
  if (session.preview !== null) drawPreview(context, scene, session.preview);
  drawPointer(context, scene);
  context.restore();
  // Texts stay upright in a turned view.
  drawComparisonMarks(context, scene);
  drawSelectedNames(context, scene);
  drawPins(context, scene);
  if (session.preview !== null) drawTexts(context, scene, session.preview);
}

function drawTexts(context: CanvasRenderingContext2D, { editor, theme }: Scene, preview: Preview): void {
  const { session } = editor;
  const { camera, view, pointer, keyboardCursor } = session;
  const turn = turnOf(session);
  const measured = measuredBounds(preview);
  const measure = preview.measure ?? sizeOf(preview);
  if (measured !== null && measure !== null) {
    drawMeasure(context, measure, rectOnGlass(turn, camera, measured), theme);
  }
  if (preview.hint === null) return;
  const at = keyboardCursor ?? pointer;
  const place = at === null ? null : pointOnGlass(turn, camera, at);
  drawHint(context, preview.hint, place, turnedSize(turn.quarterTurns, view), theme);
}

/** Width × height in image px of the one shape that is drawn. */
function sizeOf({ shapes }: Preview): string | null {
  const [shown, another] = shapes;
  if (shown === undefined || another !== undefined) return null;
  const { width, height } = behaviourOf(shown.shape).bounds(shown.shape);
  return `${tenth(width)} × ${tenth(height)}`;
}

function tenth(length: number): number {
  return Math.round(length * 10) / 10;
}
