import type { Editor, PointerInput } from '../../editor/editor';
import { pointedInside } from '../pointed';
import { type Snapped, snapped } from './snapping';

/** Where a drawing tool sets its next point: inside the picture, snapped when that is on. */
export function pointUnder(editor: Editor, event: PointerInput): Snapped {
  return snapped(editor, pointedInside(editor, event.screen), event);
}
