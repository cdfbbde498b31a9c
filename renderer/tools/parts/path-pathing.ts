import { distance, type ImagePoint, type ScreenPoint } from '../../../shared/geometry/point';
import { simplifiedLine } from '../../../shared/geometry/polygon-simplify';
import { behaviourOf } from '../../../shared/shapes';
import type { Editor, PointerInput } from '../../editor/editor';
import { pointedInside } from '../pointed';
import type { Outcome, ToolState } from '../tool';
import { NO_CONTROL } from './aiming';
import { onSteppedAngleInside } from './constrain';
import { isClosingKey, takesPointBack } from './draft-keys';
import { showDraft } from './draft-preview';
import { moveKeyboardCursor, pointerTakeover, steppedFrom } from './keyboard-cursor';
import { createPathDraft } from './path-draft';
import type { PathDrawing, PathPurpose } from './path-drawing';
import { pointUnder } from './point-under';
import { isSamePlace, type Snapped, snapped } from './snapping';

/** A click this near to the first point closes; as large as its mark is drawn. */
const CLOSING_REACH_IN_SCREEN_PX = 8;
/** A second click this near to the last point is the second half of a double click. */
const SAME_CLICK_IN_SCREEN_PX = 3;
/** A press that moves less is a hasty click: a drag of few px would leave a vertex too many beside the first. */
const STROKE_DISTANCE_IN_SCREEN_PX = 8;
/** Points of a stroke lie at least this far apart. */
const STROKE_STEP_IN_SCREEN_PX = 2;

/**
 * At least one point is set and more follow, each by a click, by Enter at the keyboard's crosshair, or many by a drag.
 * `press` is the press that set the first point, null when the keyboard did.
 */
export function pathing(
  drawing: PathDrawing,
  purpose: PathPurpose,
  first: Snapped,
  press: PointerInput | null,
): ToolState {
  const draft = createPathDraft(first, drawing.isClosed);
  const takesOver = pointerTakeover();
  /** Where the button went down, while it is. */
  let pressedAt: ScreenPoint | null = press?.screen ?? null;
  let stroke: ImagePoint[] = [];
  /** Where the next point would be now. */
  let latest: Snapped = first;

  function show(editor: Editor, to: Snapped | null): void {
    const set = [...draft.points, ...stroke];
    const points = to === null || stroke.length > 0 ? set : [...set, to.at];
    const shape = purpose.shapeOf(points);
    const closing = canClose() ? draft.first : null;
    showDraft(
      editor,
      {
        shape,
        replaces: purpose.replaces,
        lines:
          shape === null && drawing.isLine && points.length > 1
            ? [{ kind: drawing.lineKind ?? 'guide', points, isClosed: false }]
            : [],
        marks: draft.ends.map((at) => ({ at, kind: at === closing ? 'first' : 'vertex' })),
        hint: draft.canFollow(editor) ? 'Tab follows the outline between the last two points' : null,
      },
      to,
    );
  }

  function canClose(): boolean {
    return drawing.isClosed && draft.points.length >= purpose.least;
  }

  function closes(editor: Editor, at: ImagePoint, reach: number): boolean {
    return canClose() && draft.first !== null && isSamePlace(editor, at, draft.first, reach);
  }

  function finished(editor: Editor): Outcome {
    const { points } = draft;
    if (points.length < purpose.least) {
      return said(editor, `A ${purpose.noun} needs at least ${purpose.least} points.`);
    }
    if (!purpose.keep(editor, points)) return said(editor, editor.session.preview?.hint ?? '');
    const shape = purpose.shapeOf(points);
    // A line that makes no object says itself what became of it.
    if (shape !== null)
      editor.announce(`${capital(purpose.noun)} kept: ${behaviourOf(shape).describe(shape)}.`);
    return 'done';
  }

  /** What is drawn stays, with the reason beside it. */
  function said(editor: Editor, reason: string): Outcome {
    show(editor, null);
    editor.setHint(reason);
    editor.announce(reason);
    return 'stay';
  }

  function added(editor: Editor, point: Snapped): Outcome {
    draft.add(point);
    if (draft.points.length >= purpose.most) return finished(editor);
    show(editor, null);
    return 'stay';
  }

  /** With Shift the next line goes in steps of 15°; nothing else may pull it off. */
  function pointAt(editor: Editor, event: PointerInput): Snapped {
    const { last } = draft;
    if (!event.shift || last === null || !drawing.isLine) return pointUnder(editor, event);
    const size = editor.document?.size ?? { width: 0, height: 0 };
    return { at: onSteppedAngleInside(last, pointedInside(editor, event.screen), size), snap: null };
  }

  function onStroke(editor: Editor, event: PointerInput): void {
    const at = pointedInside(editor, event.screen);
    const before = stroke.at(-1) ?? draft.last ?? at;
    if (distance(before, at) * editor.session.camera.scale < STROKE_STEP_IN_SCREEN_PX) return;
    stroke.push(at);
    show(editor, null);
  }

  /** The button is up: the stroke drawn with it becomes one act. False when there was none. */
  function endStroke(editor: Editor): boolean {
    pressedAt = null;
    if (stroke.length === 0) return false;
    const { toolOptions, camera } = editor.session;
    // What cannot be told apart on screen need not be stored.
    const tolerance = Math.max(toolOptions.simplifyTolerance, 0.5 / camera.scale);
    draft.addStroke(simplifiedLine([draft.last ?? first.at, ...stroke], tolerance).slice(1));
    stroke = [];
    return true;
  }

  function onEnterKey(editor: Editor): Outcome {
    const { keyboardCursor } = editor.session;
    if (keyboardCursor === null) return finished(editor);
    const at = snapped(editor, keyboardCursor, NO_CONTROL);
    const isDouble = draft.last !== null && samePoint(draft.last, at.at);
    if (isDouble || closes(editor, at.at, 0)) return finished(editor);
    const outcome = added(editor, at);
    if (outcome === 'stay')
      editor.announce(
        `Point ${draft.points.length} at ${at.at.x}, ${at.at.y}. Enter again or C ends, Backspace goes back.`,
      );
    return outcome;
  }

  function takenBack(editor: Editor): Outcome {
    if (!draft.takeBack()) return 'done';
    if (editor.session.keyboardCursor !== null && draft.last !== null) moveKeyboardCursor(editor, draft.last);
    show(editor, null);
    editor.announce(`Point taken back, ${draft.points.length} left.`);
    return 'stay';
  }

  function followed(editor: Editor, isBackwards: boolean): Outcome {
    const count = draft.follow(editor, isBackwards);
    if (count === null)
      return said(editor, 'Snap two points, one after the other, to the same outline to follow it.');
    show(editor, null);
    editor.announce(count === 0 ? 'Straight line.' : `Follows the outline, ${count} points.`);
    return 'stay';
  }

  return {
    id: 'drawing',
    cursor: () => 'crosshair',
    onEnter(editor) {
      show(editor, null);
      if (press !== null) return;
      moveKeyboardCursor(editor, first.at);
      editor.announce(
        `First point at ${first.at.x}, ${first.at.y}. Arrows and Enter set more, C ends, Backspace goes back.`,
      );
    },
    onPointerMove(editor, event) {
      if (!takesOver(editor, event)) return 'stay';
      editor.setKeyboardCursor(null);
      const isStroke =
        drawing.isLine &&
        pressedAt !== null &&
        distance(pressedAt, event.screen) >= STROKE_DISTANCE_IN_SCREEN_PX;
      if (isStroke || stroke.length > 0) {
        onStroke(editor, event);
        return 'stay';
      }
      latest = pointAt(editor, event);
      show(editor, latest);
      return 'stay';
    },
    onPointerDown(editor, event) {
      if (event.button !== 'primary') return 'ignored';
      editor.setKeyboardCursor(null);
      pressedAt = event.screen;
      const point = pointAt(editor, event);
      if (closes(editor, point.at, CLOSING_REACH_IN_SCREEN_PX)) return finished(editor);
      if (draft.last !== null && isSamePlace(editor, point.at, draft.last, SAME_CLICK_IN_SCREEN_PX))
        return 'stay';
      return added(editor, point);
    },
    onPointerUp(editor, event) {
      if (event.button !== 'primary') return 'stay';
      const isFirst = draft.points.length === 1;
      if (!endStroke(editor)) return 'stay';
      if (isFirst && drawing.endsWithStroke === true) return finished(editor);
      const { last } = draft;
      if (last !== null && closes(editor, last, CLOSING_REACH_IN_SCREEN_PX)) return finished(editor);
      show(editor, null);
      return 'stay';
    },
    onDoubleClick: (editor) => (draft.points.length === 1 ? 'done' : finished(editor)),
    onKeyDown(editor, event): Outcome {
      if (takesPointBack(event)) return takenBack(editor);
      if (event.key === 'Tab') return followed(editor, event.shift);
      if (isClosingKey(event)) return finished(editor);
      const to = steppedFrom(editor, editor.session.keyboardCursor ?? latest.at, event);
      if (to !== null) {
        moveKeyboardCursor(editor, to);
        latest = { at: to, snap: null };
        show(editor, snapped(editor, to, NO_CONTROL));
        editor.announce(`${to.x}, ${to.y}`);
        return 'stay';
      }
      return event.key === 'Enter' ? onEnterKey(editor) : 'ignored';
    },
    onBlur(editor) {
      endStroke(editor);
      show(editor, null);
      return 'stay';
    },
    takesKey: (_editor, event) => takesPointBack(event) || event.key === 'Tab' || isClosingKey(event),
    unfinished: () => (draft.points.length + stroke.length > 1 ? purpose.noun : null),
    onExit: (editor) => editor.setKeyboardCursor(null),
  };
}

function samePoint(a: ImagePoint, b: ImagePoint): boolean {
  return a.x === b.x && a.y === b.y;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
