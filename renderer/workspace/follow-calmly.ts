import { afterNextFrame } from '../app/after-next-frame';
import type { Editor } from '../editor/editor';

type Subscribe = (listener: () => void) => () => void;

const subscribeByEditor = new WeakMap<Editor, Subscribe>();

/**
 * `editor.subscribe` for all that is rendered: when another image has been opened, listeners hear of it after the frame
 * that shows it. Rendering lists and toolbars takes longer than drawing the picture and its objects, and nobody looks
 * there while images change. What asks meanwhile gets the new values.
 */
export function followCalmly(editor: Editor): Subscribe {
  const known = subscribeByEditor.get(editor);
  if (known !== undefined) return known;
  const listeners = new Set<() => void>();
  let imageId = editor.document?.imageId ?? null;
  let isHeld = false;
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  editor.subscribe(() => {
    const now = editor.document?.imageId ?? null;
    const isOther = now !== imageId;
    imageId = now;
    if (isHeld) return;
    if (!isOther) return tell();
    isHeld = true;
    void afterNextFrame().then(() => {
      isHeld = false;
      tell();
    });
  });
  const subscribe: Subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  subscribeByEditor.set(editor, subscribe);
  return subscribe;
}
