import type { Command } from '../command';
import { onLabelScreen } from '../conditions';

export const showNextImage: Command = {
  id: 'image.next',
  label: 'Next image',
  category: 'Go',
  scope: 'label',
  keys: ['D'],
  repeats: true,
  isAvailable: onLabelScreen,
  run: ({ workspace }) => workspace?.step(1),
};
