import type { Command } from '../command';
import { withImage } from '../conditions';

export const toggleDisplayPanel: Command = {
  id: 'view.display',
  label: 'Show or hide the display panel',
  category: 'View',
  scope: 'label',
  keys: ['Shift+A'],
  isAvailable: withImage,
  run: ({ services: { frame } }) => frame.isDisplayPanelOpen.update((isOpen) => !isOpen),
};
