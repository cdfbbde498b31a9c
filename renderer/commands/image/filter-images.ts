import type { Command } from '../command';
import { onLabelScreen } from '../conditions';

export const filterImages: Command = {
  id: 'image.filter',
  label: 'Find or filter images',
  category: 'Go',
  scope: 'label',
  keys: ['/', 'Mod+F'],
  isAvailable: onLabelScreen,
  run: ({ workspace }) => workspace?.focusFilter(),
};
