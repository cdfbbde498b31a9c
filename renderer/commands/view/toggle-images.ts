import type { Command } from '../command';
import { onLabelScreen } from '../conditions';

export const toggleImagesRail: Command = {
  id: 'imageList.toggle',
  label: 'Show or hide the image list',
  category: 'View',
  scope: 'label',
  keys: ['Mod+B'],
  isAvailable: onLabelScreen,
  run: ({ services }) => services.frame.toggleRail('images'),
};
