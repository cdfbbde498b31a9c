import { distance, type ImagePoint } from '../../../shared/geometry/point';
import { simplifiedRing } from '../../../shared/geometry/polygon-simplify';
import type { Editor } from '../../editor/editor';
import { isClosingKey, takesPointBack } from '../parts/draft-keys';
import { keepObject } from '../parts/keep-object';
import { moveKeyboardCursor, pointerTakeover, steppedFrom } from '../parts/keyboard-cursor';
import { pointedInside } from '../pointed';
import type { Outcome, ToolState } from '../tool';
import { createWire, type Wire } from './wire';

/** A press so near to the first point closes the wire, in screen px. */
const CLOSING_REACH = 8;
/** Presses so near to each other are the two of a double click, in screen px. */
const SAME_CLICK = 3;

/**
 * The wire follows the pointer along edges; a press fixes it. The first point, a double click or C close it into a
 * polygon; Ctrl held draws straight; Backspace takes the last point back.
 */
export function tracing(first: ImagePoint, isByKeyboard: boolean): ToolState {
  let wire: Wire | null = null;
  let latest = first;
  let isStraight = false;
  /** Asked to close while ways are still looked for; what comes meanwhile is not heard. */
  let isClosing = false;
  const takesOver = pointerTakeover();

  function show(editor: Editor): void {
    if (wire === null) return;
    editor.setPreview({
      shapes: [],
      lines: [{ kind: 'wire', points: [...wire.points, ...wire.wayTo(latest, isStraight)], isClosed: false }],
      marks: wire.seeds.map((at, index) => ({ at, kind: index === 0 ? 'first' : 'vertex' })),
      hint: null,
    });
  }

  function isNear(editor: Editor, at: ImagePoint, other: ImagePoint | undefined, reach: number): boolean {
    return other !== undefined && distance(at, other) * editor.session.camera.scale <= reach;
  }

  function fix(editor: Editor, at: ImagePoint): Outcome {
    if (wire === null) return 'done';
    if (wire.points.length >= 3 && isNear(editor, at, first, CLOSING_REACH)) return close(editor);
    if (isNear(editor, at, wire.seeds.at(-1), SAME_CLICK)) return 'stay';
    wire.fix(at, isStraight);
    latest = at;
    show(editor);
    return 'stay';
  }

  /** Closes the wire at once, or as soon as all its ways are known. */
  function close(editor: Editor): Outcome {
    if (wire === null) return 'done';
    if (!wire.isSeeking) return keep(editor, wire) ? 'done' : 'stay';
    isClosing = true;
    editor.announce('Closing the wire.');
    return 'stay';
  }

  function keep(editor: Editor, closed: Wire): boolean {
    isClosing = false;
    const ring = [...closed.points, ...closed.wayTo(first, isStraight).slice(0, -1)];
    const { simplifyTolerance } = editor.session.toolOptions;
    const exterior = ring.length < 3 ? ring : simplifiedRing(ring, simplifyTolerance);
    if (exterior.length < 3) {
      editor.announce('An outline needs three points.');
      return false;
    }
    const shape = { type: 'polygon' as const, parts: [{ exterior: [...exterior], holes: [] }] };
    if (!keepObject(editor, shape)) return false;
    editor.announce(`Polygon of ${exterior.length} points kept.`);
    return true;
  }

  function onFound(editor: Editor): void {
    if (!isClosing || wire === null || wire.isSeeking) show(editor);
    // Nothing was pressed that could end this state, so the tool is taken in hand anew.
    else if (keep(editor, wire)) editor.setTool('scissors');
  }

  return {
    id: 'tracing',
    cursor: () => 'crosshair',
    onEnter(editor) {
      wire = createWire(editor, first, () => onFound(editor));
      show(editor);
      if (!isByKeyboard) return;
      moveKeyboardCursor(editor, first);
      editor.announce(
        `First point at ${first.x}, ${first.y}. Arrows pull the wire, Enter fixes it, C closes it, Backspace goes back.`,
      );
    },
    onPointerMove(editor, event) {
      if (isClosing || !takesOver(editor, event)) return 'stay';
      editor.setKeyboardCursor(null);
      isStraight = event.control;
      latest = pointedInside(editor, event.screen);
      show(editor);
      return 'stay';
    },
    onPointerDown(editor, event) {
      if (event.button !== 'primary') return 'ignored';
      if (isClosing) return 'stay';
      editor.setKeyboardCursor(null);
      isStraight = event.control;
      return fix(editor, pointedInside(editor, event.screen));
    },
    onDoubleClick: close,
    onKeyDown(editor, event): Outcome {
      if (isClosing) return 'stay';
      if (takesPointBack(event)) {
        if (wire?.takeBack() !== true) return 'done';
        show(editor);
        return 'stay';
      }
      if (isClosingKey(event)) return close(editor);
      const cursor = editor.session.keyboardCursor;
      const to = steppedFrom(editor, cursor ?? latest, event);
      if (to !== null) {
        isStraight = false;
        latest = to;
        moveKeyboardCursor(editor, to);
        show(editor);
        editor.announce(`${to.x}, ${to.y}`);
        return 'stay';
      }
      if (event.key !== 'Enter') return 'ignored';
      // By mouse Enter closes; by keyboard it fixes points until it meets the first.
      return cursor === null ? close(editor) : fix(editor, cursor);
    },
    takesKey: (_editor, event) => takesPointBack(event) || isClosingKey(event),
    unfinished: () => ((wire?.seeds.length ?? 0) > 1 ? 'wire' : null),
    onExit(editor) {
      wire?.drop();
      editor.setKeyboardCursor(null);
    },
  };
}
