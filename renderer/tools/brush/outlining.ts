import { distance, type ImagePoint } from '../../../shared/geometry/point';
import type { Editor, PointerInput } from '../../editor/editor';
import { isClosingKey, takesPointBack } from '../parts/draft-keys';
import { moveKeyboardCursor, steppedFrom } from '../parts/keyboard-cursor';
import { pointedInside } from '../pointed';
import type { Outcome, ToolState } from '../tool';
import { finishStroke } from './finish-stroke';
import { beginStroke } from './stroke';
import type { StrokePurpose } from './stroke-purpose';

/** A press so near to the first corner closes the outline, in screen px. */
const CLOSING_REACH = 8;
/** Presses so near to each other are the two of a double click, in screen px. */
const SAME_CLICK = 3;

/**
 * Corners of an outline that is filled with paint (or erased) when it is closed: by a press on the first corner, a
 * double click, Enter or C. Backspace takes a corner back.
 */
export function outlining(purpose: StrokePurpose, first: ImagePoint, press: PointerInput | null): ToolState {
  let corners: readonly ImagePoint[] = [first];
  let latest = first;

  function show(editor: Editor): void {
    editor.setPreview({
      shapes: [],
      lines: [{ kind: 'lasso', points: [...corners, latest], isClosed: true }],
      marks: corners.map((at, index) => ({ at, kind: index === 0 ? 'first' : 'vertex' })),
      hint: null,
    });
  }

  function isNear(editor: Editor, at: ImagePoint, other: ImagePoint | undefined, reach: number): boolean {
    return other !== undefined && distance(at, other) * editor.session.camera.scale <= reach;
  }

  function add(editor: Editor, at: ImagePoint): Outcome {
    if (corners.length >= 3 && isNear(editor, at, corners[0], CLOSING_REACH)) return close(editor);
    if (!isNear(editor, at, corners.at(-1), SAME_CLICK)) corners = [...corners, at];
    latest = at;
    show(editor);
    return 'stay';
  }

  function close(editor: Editor): Outcome {
    if (corners.length < 3) {
      editor.announce('An outline needs three corners.');
      return 'stay';
    }
    const stroke = beginStroke(purpose);
    stroke.fill(editor, corners);
    return finishStroke(editor, stroke, null);
  }

  return {
    id: 'outlining',
    cursor: () => 'crosshair',
    onEnter(editor) {
      show(editor);
      if (press !== null) return;
      moveKeyboardCursor(editor, first);
      editor.announce(
        `First corner at ${first.x}, ${first.y}. Arrows and Enter set more, C fills, Backspace goes back.`,
      );
    },
    onPointerMove(editor, event) {
      if (editor.session.keyboardCursor !== null) return 'stay';
      latest = pointedInside(editor, event.screen);
      show(editor);
      return 'stay';
    },
    onPointerDown(editor, event) {
      if (event.button !== 'primary') return 'ignored';
      editor.setKeyboardCursor(null);
      return add(editor, pointedInside(editor, event.screen));
    },
    onDoubleClick: close,
    onKeyDown(editor, event): Outcome {
      if (takesPointBack(event)) {
        corners = corners.slice(0, -1);
        if (corners.length === 0) return 'done';
        show(editor);
        return 'stay';
      }
      if (isClosingKey(event)) return close(editor);
      const cursor = editor.session.keyboardCursor;
      const to = steppedFrom(editor, cursor ?? latest, event);
      if (to !== null) {
        moveKeyboardCursor(editor, to);
        latest = to;
        show(editor);
        editor.announce(`${to.x}, ${to.y}`);
        return 'stay';
      }
      if (event.key !== 'Enter') return 'ignored';
      // By mouse Enter closes; by keyboard it sets corners until it meets the first, or the last again.
      const isAgain = cursor !== null && corners.length >= 3 && isNear(editor, cursor, corners.at(-1), 0);
      return cursor === null || isAgain ? close(editor) : add(editor, cursor);
    },
    takesKey: (_editor, event) => takesPointBack(event) || isClosingKey(event),
    unfinished: () => (corners.length > 1 ? 'outline' : null),
    onExit: (editor) => editor.setKeyboardCursor(null),
  };
}
