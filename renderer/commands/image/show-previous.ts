import type { Command } from '../command';
import { onLabelScreen } from '../conditions';

export const showPreviousImage: Command = {
  id: 'image.previous',
  label: 'Previous image',
  category: 'Go',
  scope: 'label',
  keys: ['A'],
  repeats: true,
  isAvailable: onLabelScreen,
  run: ({ workspace }) => workspace?.step(-1),
};
