import type { ImagePoint } from '../../../shared/geometry/point';
import type { Editor, PointerInput } from '../../editor/editor';
import { isDrag } from '../drag-distance';
import { NO_CONTROL } from '../parts/aiming';
import { onSteppedAngleInside } from '../parts/constrain';
import { takesPointBack } from '../parts/draft-keys';
import { moveKeyboardCursor, pointerTakeover, steppedFrom } from '../parts/keyboard-cursor';
import { pointUnder } from '../parts/point-under';
import { snapped } from '../parts/snapping';
import { pointedInside } from '../pointed';
import type { Outcome, ToolState } from '../tool';
import { lengthText, showRuler } from './show-ruler';
import { showing } from './showing';

/** One end is set: a drag sets the other where it is let go, else the next click or Enter. Shift: steps of 15°. */
export function measuring(from: ImagePoint, press: PointerInput | null): ToolState {
  const takesOver = pointerTakeover();
  let latest = from;
  let isDragging = false;
  let isDown = press !== null;

  const endAt = (editor: Editor, event: PointerInput): ImagePoint => {
    const size = editor.document?.size;
    if (!event.shift || size === undefined) return pointUnder(editor, event).at;
    return onSteppedAngleInside(from, pointedInside(editor, event.screen), size);
  };
  const kept = (editor: Editor, to: ImagePoint): Outcome => {
    if (to.x === from.x && to.y === from.y) {
      editor.setHint('Both ends are in the same place.');
      return 'stay';
    }
    editor.announce(lengthText(from, to));
    return showing(from, to);
  };
  return {
    id: 'measuring',
    cursor: () => 'crosshair',
    onEnter(editor) {
      showRuler(editor, from, from);
      if (press !== null) return;
      moveKeyboardCursor(editor, from);
      editor.announce(`Measuring from ${from.x}, ${from.y}. Arrows go to the other end, Enter sets it.`);
    },
    onPointerMove(editor, event) {
      if (!takesOver(editor, event)) return 'stay';
      editor.setKeyboardCursor(null);
      isDragging ||= isDown && press !== null && isDrag(press.screen, event.screen);
      latest = endAt(editor, event);
      showRuler(editor, from, latest);
      return 'stay';
    },
    onPointerUp(editor, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      isDown = false;
      return isDragging ? kept(editor, endAt(editor, event)) : 'stay';
    },
    onPointerDown(editor, event): Outcome {
      if (event.button !== 'primary') return 'ignored';
      return kept(editor, endAt(editor, event));
    },
    takesKey: (_editor, event) => takesPointBack(event),
    onKeyDown(editor, event): Outcome {
      if (takesPointBack(event)) return 'done';
      if (event.key === 'Enter') return kept(editor, snapped(editor, latest, NO_CONTROL).at);
      const to = steppedFrom(editor, editor.session.keyboardCursor ?? latest, event);
      if (to === null) return 'ignored';
      latest = to;
      moveKeyboardCursor(editor, to);
      showRuler(editor, from, snapped(editor, to, NO_CONTROL).at);
      editor.announce(lengthText(from, to));
      return 'stay';
    },
    onBlur: () => 'stay',
    onExit: (editor) => editor.setKeyboardCursor(null),
  };
}
