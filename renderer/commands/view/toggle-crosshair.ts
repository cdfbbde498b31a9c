import type { Command } from '../command';
import { withImage } from '../conditions';

export const toggleCrosshair: Command = {
  id: 'view.crosshair',
  label: 'Show or hide the crosshair',
  category: 'View',
  scope: 'label',
  keys: [],
  isAvailable: withImage,
  run({ services: { editor } }) {
    const isCrosshairShown = !editor.session.display.isCrosshairShown;
    editor.setDisplay({ isCrosshairShown });
    editor.announce(isCrosshairShown ? 'Crosshair shown' : 'Crosshair hidden');
  },
};
