import type { Command } from '../command';
import { withImage } from '../conditions';

export const zoomIn: Command = {
  id: 'view.zoomIn',
  label: 'Zoom in',
  category: 'View',
  scope: 'label',
  keys: ['Plus', '=', 'Mod+=', 'Mod+Plus'],
  repeats: true,
  isAvailable: withImage,
  run: ({ services: { editor } }) => editor.zoomBy(1.25),
};
