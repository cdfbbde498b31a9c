import { type ImagePoint, imagePoint } from '../../../shared/geometry/point';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor, KeyInput, Modifiers } from '../../editor/editor';
import type { Outcome, ToolState } from '../tool';
import { aiming, NO_CONTROL } from './aiming';
import { takesPointBack } from './draft-keys';
import { moveKeyboardCursor, pointerTakeover, steppedFrom } from './keyboard-cursor';
import { pointUnder } from './point-under';
import { type Snapped, snapped } from './snapping';
import { keepSteps, previewStep, type StepwiseDrawing } from './stepwise-drawing';

/** Shift and Alt lengthen and refine the steps of the keyboard, so they never bend what it draws. */
const NO_MODIFIERS: Modifiers = { shift: false, alt: false, control: false };

/**
 * Some points are set: the next press, or Enter at the keyboard's crosshair, sets the next. A last point that makes
 * nothing says why and waits on.
 */
export function waiting(
  drawing: StepwiseDrawing,
  points: readonly ImagePoint[],
  { isKeyboard }: { readonly isKeyboard: boolean },
): ToolState {
  const step = drawing.steps[points.length] ?? drawing.steps[0];
  const last = points.at(-1) ?? imagePoint(0, 0);
  /** Where the next point would be now, however it is pointed at. */
  let latest: ImagePoint = last;
  const takesOver = pointerTakeover();

  function preview(editor: Editor, to: Snapped, modifiers: Modifiers): readonly ImagePoint[] {
    latest = to.at;
    const arranged = drawing.arranged([...points, to.at], modifiers, editor);
    previewStep(editor, drawing, arranged, to);
    return arranged;
  }

  function set(editor: Editor, to: Snapped, modifiers: Modifiers, byKeyboard: boolean): Outcome {
    const arranged = preview(editor, to, modifiers);
    if (arranged.length === drawing.steps.length)
      return keepSteps(editor, drawing, arranged) ? 'done' : 'stay';
    const flaw = drawing.flaw?.(arranged) ?? null;
    if (flaw === null) return waiting(drawing, arranged, { isKeyboard: byKeyboard });
    editor.setHint(flaw);
    return 'stay';
  }

  function onEnterKey(editor: Editor): Outcome {
    const outcome = set(editor, snapped(editor, latest, NO_CONTROL), NO_MODIFIERS, true);
    if (outcome === 'done') editor.announce(`${capital(drawing.noun)} kept: ${describeNewest(editor)}.`);
    // The reason is shown and said, and the person goes on.
    if (outcome === 'stay') editor.announce(editor.session.preview?.hint ?? '');
    return outcome;
  }

  function onArrow(editor: Editor, to: ImagePoint): void {
    moveKeyboardCursor(editor, to);
    const snap = snapped(editor, to, NO_CONTROL);
    const arranged = preview(editor, snap, NO_MODIFIERS);
    latest = to;
    const shape = drawing.shapeOf(arranged, editor);
    editor.announce(
      drawing.measure?.(arranged) ??
        (shape === null ? `${to.x}, ${to.y}` : behaviourOf(shape).describe(shape)),
    );
  }

  function takenBack(editor: Editor): Outcome {
    const isByKeyboard = editor.session.keyboardCursor !== null;
    if (points.length > 1) return waiting(drawing, points.slice(0, -1), { isKeyboard: isByKeyboard });
    if (!isByKeyboard) return 'done';
    return aiming(editor, {
      noun: drawing.noun,
      first: drawing.steps[0].name,
      from: last,
      onPointerDown: (target, event) =>
        event.button === 'primary'
          ? waiting(drawing, [pointUnder(target, event).at], { isKeyboard: false })
          : 'ignored',
      onSet: (_target, at) => waiting(drawing, [at.at], { isKeyboard: true }),
    });
  }

  return {
    id: step.id,
    cursor: () => 'crosshair',
    onEnter(editor) {
      // What was set shows at once, before the pointer moves.
      previewStep(editor, drawing, points, null);
      if (!isKeyboard) return;
      moveKeyboardCursor(editor, last);
      const set = drawing.steps[points.length - 1] ?? drawing.steps[0];
      editor.announce(
        `${capital(bare(set.name))} at ${last.x}, ${last.y}. Arrows go to ${step.name}, Enter sets it, Backspace goes back.`,
      );
    },
    onPointerMove(editor, event) {
      if (!takesOver(editor, event)) return 'stay';
      editor.setKeyboardCursor(null);
      preview(editor, pointUnder(editor, event), event);
      return 'stay';
    },
    onPointerDown(editor, event): Outcome {
      if (event.button !== 'primary') return 'ignored';
      return set(editor, pointUnder(editor, event), event, false);
    },
    onKeyDown(editor, event): Outcome {
      if (takesPointBack(event)) return takenBack(editor);
      const to = steppedFrom(editor, editor.session.keyboardCursor ?? latest, event);
      if (to !== null) {
        onArrow(editor, to);
        return 'stay';
      }
      return event.key === 'Enter' ? onEnterKey(editor) : 'ignored';
    },
    takesKey: (_editor: Editor, event: KeyInput) => takesPointBack(event),
    // One point is a click; more are work.
    unfinished: () => (points.length > 1 ? drawing.noun : null),
    onBlur: () => 'stay',
    onExit: (editor) => editor.setKeyboardCursor(null),
  };
}

function describeNewest(editor: Editor): string {
  const newest = [...(editor.document?.annotations.values() ?? [])].at(-1);
  return newest === undefined ? '' : behaviourOf(newest.shape).describe(newest.shape);
}

/** `the first corner` as it begins a sentence: `first corner`. */
function bare(name: string): string {
  return name.replace(/^the /, '');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
