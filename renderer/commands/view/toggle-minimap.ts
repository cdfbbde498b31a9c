import type { Command } from '../command';
import { withImage } from '../conditions';

export const toggleMinimap: Command = {
  id: 'view.minimap',
  label: 'Show or hide the minimap',
  category: 'View',
  scope: 'label',
  keys: ['F9'],
  isAvailable: withImage,
  run({ services: { editor } }) {
    const isMinimapShown = !editor.session.display.isMinimapShown;
    editor.setDisplay({ isMinimapShown });
    editor.announce(isMinimapShown ? 'Minimap shown' : 'Minimap hidden');
  },
};
