import type { Command } from '../command';
import { withImage } from '../conditions';

export const togglePixelReadout: Command = {
  id: 'view.pixelReadout',
  label: 'Show or hide pixel values',
  category: 'View',
  scope: 'label',
  keys: ['F8'],
  isAvailable: withImage,
  run({ services: { editor } }) {
    const isPixelReadoutShown = !editor.session.display.isPixelReadoutShown;
    editor.setDisplay({ isPixelReadoutShown });
    editor.announce(isPixelReadoutShown ? 'Pixel values shown' : 'Pixel values hidden');
  },
};
