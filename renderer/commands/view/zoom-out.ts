import type { Command } from '../command';
import { withImage } from '../conditions';

export const zoomOut: Command = {
  id: 'view.zoomOut',
  label: 'Zoom out',
  category: 'View',
  scope: 'label',
  keys: ['-', 'Mod+-'],
  repeats: true,
  isAvailable: withImage,
  run: ({ services: { editor } }) => editor.zoomBy(1 / 1.25),
};
