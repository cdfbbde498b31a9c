import type { AnnotationId } from '../../../shared/schema/ids';
import type { Editor, PointerInput } from '../../editor/editor';
import { isDrag } from '../drag-distance';
import type { Outcome, ToolState } from '../tool';
import type { GrabbedHandle } from './handle-at';
import { marquee } from './marquee';
import { resizing } from './resizing';
import { translating } from './translating';

/** The button is down and it is not yet known whether this is a click or a drag. */
export function pointing(
  press: PointerInput,
  hit: AnnotationId | null,
  grabbed: GrabbedHandle | null,
): ToolState {
  return {
    id: 'pointing',
    cursor: () => (hit === null && grabbed === null ? 'default' : (grabbed?.handle.cursor ?? 'move')),
    onPointerMove(editor, event) {
      if (!isDrag(press.screen, event.screen)) return 'stay';
      return dragOf(editor, press, hit, grabbed);
    },
    onPointerUp(editor, event): Outcome {
      if (event.button !== 'primary') return 'stay';
      if (grabbed === null) click(editor, hit, press.shift || press.control);
      return 'done';
    },
  };
}

function dragOf(
  editor: Editor,
  press: PointerInput,
  hit: AnnotationId | null,
  grabbed: GrabbedHandle | null,
): ToolState {
  if (grabbed !== null) return resizing(press, grabbed);
  if (hit === null) return marquee(editor, press);
  if (!editor.session.selection.has(hit)) {
    editor.select(press.shift ? [...editor.session.selection, hit] : [hit]);
  }
  return translating(editor, press);
}

function click(editor: Editor, hit: AnnotationId | null, isAdding: boolean): void {
  if (!isAdding) {
    editor.select(hit === null ? [] : [hit]);
    return;
  }
  if (hit === null) return;
  const selection = new Set(editor.session.selection);
  if (!selection.delete(hit)) selection.add(hit);
  editor.select(selection);
}
