import { behaviourOf } from '../../shared/shapes';
import type { ComparedAs } from '../editor/comparison';
import type { CanvasTheme } from './canvas-theme';
import type { Scene } from './scene';
import { viewOf } from './shapes';
import { rectOnGlass, turnedSize, turnOf } from './view-turn';

/** Dashes and marks tell the kinds apart where colours do not. Lengths in screen px. */
const DASHES: Readonly<Record<ComparedAs, readonly number[]>> = {
  added: [],
  removed: [2, 4],
  changed: [8, 4],
  other: [5, 3],
};
const MARKS: Readonly<Record<ComparedAs, string>> = { added: '+', removed: '−', changed: '~', other: '' };
const LINE_WIDTH = 2;
const HALO = 1;
const BADGE = 15;
const FONT = '700 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Outlines of the other side, in px before the turn. What lies out of view costs a comparison of bounds. */
export function drawComparison(context: CanvasRenderingContext2D, { editor, theme }: Scene): void {
  const { session } = editor;
  if (session.comparison === null) return;
  for (const { annotation, as } of session.comparison.items) {
    const { shape } = annotation;
    if (!isInView(session, shape)) continue;
    const view = viewOf(shape);
    const colour = colourOf(theme, as);
    context.lineJoin = 'round';
    context.setLineDash([]);
    context.lineWidth = LINE_WIDTH + 2 * HALO;
    context.strokeStyle = theme.halo;
    view.strokeOutline(context, shape, session.camera, LINE_WIDTH + 2 * HALO, theme.halo);
    context.lineWidth = LINE_WIDTH;
    context.strokeStyle = colour;
    context.setLineDash([...DASHES[as]]);
    view.strokeOutline(context, shape, session.camera, LINE_WIDTH, colour);
  }
  context.setLineDash([]);
}

/** A mark at the lower right corner of each, where no name is; upright on the glass. */
export function drawComparisonMarks(
  context: CanvasRenderingContext2D,
  { editor, theme, palette }: Scene,
): void {
  const { session } = editor;
  if (session.comparison === null) return;
  const turn = turnOf(session);
  for (const { annotation, as } of session.comparison.items) {
    const { shape, labelId } = annotation;
    if (behaviourOf(shape).cover === 'none' || !isInView(session, shape)) continue;
    const bounds = rectOnGlass(turn, session.camera, behaviourOf(shape).bounds(shape));
    const text = `${MARKS[as]} ${palette.nameOf(labelId)}`.trim();
    context.font = FONT;
    const width = Math.ceil(context.measureText(text).width) + 8;
    const left = Math.round(bounds.x + bounds.width - width);
    const top = Math.round(bounds.y + bounds.height + 1);
    context.fillStyle = colourOf(theme, as);
    context.beginPath();
    context.roundRect(left, top, width, BADGE, 3);
    context.fill();
    context.fillStyle = theme.comparisonText;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.fillText(text, left + 4, top + BADGE / 2 + 0.5);
  }
}

function colourOf(theme: CanvasTheme, as: ComparedAs): string {
  switch (as) {
    case 'added':
      return theme.added;
    case 'removed':
      return theme.removed;
    case 'changed':
      return theme.changed;
    case 'other':
      return theme.otherSide;
  }
}

function isInView(session: Scene['editor']['session'], shape: Parameters<typeof viewOf>[0]): boolean {
  const turn = turnOf(session);
  const bounds = rectOnGlass(turn, session.camera, behaviourOf(shape).bounds(shape));
  const glass = turnedSize(turn.quarterTurns, session.view);
  return (
    bounds.x <= glass.width &&
    bounds.y <= glass.height &&
    bounds.x + bounds.width >= 0 &&
    bounds.y + bounds.height >= 0
  );
}
