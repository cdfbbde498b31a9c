import type { Command } from '../command';
import { withImage } from '../conditions';

export const isolateSelection: Command = {
  id: 'annotation.isolate',
  label: 'Show only the selected objects, or all again',
  category: 'Object',
  scope: 'label',
  keys: ['S'],
  isAvailable(context) {
    const open = withImage(context);
    if (open !== true) return open;
    const { isolated, selection } = context.services.editor.session;
    return isolated !== null || selection.size > 0 || 'Select the objects that should stay on screen.';
  },
  run({ services: { editor } }) {
    const { isolated, selection } = editor.session;
    // The whole of what is shown selected: the key means the way back. Else it narrows further.
    const isNarrower = selection.size > 0 && isolated !== null && selection.size < isolated.size;
    editor.isolate(isolated === null || isNarrower ? selection : null);
  },
};
