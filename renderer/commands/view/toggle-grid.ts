import type { Command } from '../command';
import { withImage } from '../conditions';

export const toggleGrid: Command = {
  id: 'view.grid',
  label: 'Show or hide the grid',
  category: 'View',
  scope: 'label',
  keys: ['Shift+G'],
  isAvailable: withImage,
  run({ services: { editor } }) {
    const isGridShown = !editor.session.display.isGridShown;
    editor.setDisplay({ isGridShown });
    editor.announce(isGridShown ? 'Grid shown' : 'Grid hidden');
  },
};
