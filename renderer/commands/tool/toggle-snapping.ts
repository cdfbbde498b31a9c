import type { Command } from '../command';
import { withImage } from '../conditions';

export const toggleSnapping: Command = {
  id: 'tool.toggleSnapping',
  label: 'Snap points to objects on or off',
  category: 'Tool',
  scope: 'label',
  keys: ['Shift+S'],
  isAvailable: withImage,
  run({ services: { editor } }) {
    const isSnapping = !editor.session.toolOptions.isSnapping;
    editor.setToolOptions({ isSnapping });
    editor.announce(
      isSnapping
        ? 'Snapping on. Ctrl turns it off while held.'
        : 'Snapping off. Ctrl turns it on while held.',
    );
  },
};
