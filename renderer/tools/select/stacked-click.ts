import { distance } from '../../../shared/geometry/point';
import type { AnnotationId } from '../../../shared/schema/ids';
import type { Editor, PointerInput } from '../../editor/editor';

/** Clicks nearer than this are at the same place. */
const SAME_PLACE_IN_SCREEN_PX = 3;

interface StackedClick {
  readonly screen: PointerInput['screen'];
  readonly camera: Editor['session']['camera'];
  /** What the click selected. */
  readonly picked: AnnotationId;
  /** What a click before it, at this very place, had selected first: a double click means that. */
  readonly first: AnnotationId;
}

const lastClicks = new WeakMap<Editor, StackedClick>();

/**
 * What a click selects where objects lie on one another: the one that is meant most, and with each further click at the
 * same place the next one below, round again after the last. Alt goes to the next one below at once.
 */
export function clickedInStack(
  editor: Editor,
  press: PointerInput,
  stack: readonly AnnotationId[],
): AnnotationId | null {
  const top = stack[0];
  if (top === undefined) {
    lastClicks.delete(editor);
    return null;
  }
  const last = lastClicks.get(editor);
  const { selection, camera } = editor.session;
  const [selected, ...others] = selection;
  const isAgain =
    last !== undefined &&
    last.camera === camera &&
    distance(last.screen, press.screen) <= SAME_PLACE_IN_SCREEN_PX &&
    selected === last.picked &&
    others.length === 0;
  const place = selected === undefined ? -1 : stack.indexOf(selected);
  const goesDown = (isAgain || press.alt) && place >= 0;
  const picked = goesDown ? (stack[(place + 1) % stack.length] ?? top) : top;
  lastClicks.set(editor, {
    screen: press.screen,
    camera,
    picked,
    first: isAgain && last !== undefined ? last.picked : picked,
  });
  return picked;
}

/** What the first click of a double click had selected, or null when there was none. */
export function firstOfDoubleClick(editor: Editor): AnnotationId | null {
  return lastClicks.get(editor)?.first ?? null;
}
