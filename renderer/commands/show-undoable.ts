import type { Services } from '../app/services';

/** Says what was just done to the open image, with the way back; gone as soon as anything else changes. */
export function showUndoable({ editor, toasts }: Services, message: string): void {
  const imageId = editor.document?.imageId;
  const close = toasts.show({
    message,
    action: {
      label: 'Undo',
      run: () => {
        // The list may show another image by now, whose last edit is not meant.
        if (editor.document?.imageId === imageId) editor.undo();
      },
    },
  });
  const stop = editor.onChange(() => {
    close();
    stop();
  });
}
