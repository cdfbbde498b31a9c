import type { ImagePoint } from '../../../shared/geometry/point';
import type { Shape, ShapeType } from '../../../shared/schema/shapes';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor, Modifiers, Preview } from '../../editor/editor';
import { showDraft } from './draft-preview';
import { keepObject } from './keep-object';
import type { Snapped } from './snapping';

/** One point of a shape that is drawn by a fixed number of them. */
export interface DrawingStep {
  /** Id of the state that waits for this point, a participle; the first point is waited for in `idle` and `aiming`. */
  readonly id: string;
  /** For people: `the opposite corner`. */
  readonly name: string;
}

/** How a shape of a fixed number of points is drawn; pointer, keyboard, snapping and preview are the same for all. */
export interface StepwiseDrawing {
  readonly shapeType: ShapeType;
  /** For people: `box`. */
  readonly noun: string;
  readonly steps: readonly [DrawingStep, ...DrawingStep[]];
  /** Whether a drag sets the first two points; else a press sets one point however it ends. */
  readonly isDragged: boolean;
  /** All points so far, the last one still moving, where the modifiers want them. */
  arranged(
    points: readonly ImagePoint[],
    modifiers: Pick<Modifiers, 'shift' | 'alt'>,
    editor: Editor,
  ): readonly ImagePoint[];
  /** Why no further point can follow these; null when one can. */
  flaw?(points: readonly ImagePoint[]): string | null;
  /** The shape of the points so far, or null while they make none. */
  shapeOf(points: readonly ImagePoint[], editor: Editor): Shape | null;
  /** What shows while the points make no shape yet; a line through them when absent. */
  sketch?(points: readonly ImagePoint[]): NonNullable<Preview['lines']>;
  /** Shown in place of width × height. */
  measure?(points: readonly ImagePoint[]): string | null;
}

/** Shows what the points would make, with the reason while it cannot be kept. `points` are arranged ones. */
export function previewStep(
  editor: Editor,
  drawing: StepwiseDrawing,
  points: readonly ImagePoint[],
  snapped: Snapped | null,
): void {
  const shape = drawing.shapeOf(points, editor);
  const measure = drawing.measure?.(points) ?? null;
  if (shape === null) {
    showDraft(
      editor,
      {
        shape: null,
        lines: drawing.sketch?.(points) ?? lineThrough(points),
        marks: marksOf(points),
        measure,
      },
      snapped,
    );
    return;
  }
  const fitted = behaviourOf(shape).fitted(shape, editor.document?.size ?? { width: 0, height: 0 });
  showDraft(
    editor,
    fitted.ok ? { shape: fitted.value, measure } : { shape, measure, hint: fitted.error.message },
    snapped,
  );
}

/** Commits what all points make. False, with the reason as a hint, when it cannot be kept. */
export function keepSteps(editor: Editor, drawing: StepwiseDrawing, points: readonly ImagePoint[]): boolean {
  const shape = drawing.shapeOf(points, editor);
  if (shape === null) {
    editor.setHint(`These points make no ${drawing.noun}. Set the last one elsewhere.`);
    return false;
  }
  return keepObject(editor, shape);
}

function lineThrough(points: readonly ImagePoint[]): NonNullable<Preview['lines']> {
  return points.length < 2 ? [] : [{ kind: 'guide', points, isClosed: false }];
}

/** The last point still moves and is where the pointer is. */
function marksOf(points: readonly ImagePoint[]): NonNullable<Preview['marks']> {
  return points.slice(0, -1).map((at) => ({ at, kind: 'vertex' }));
}
