import type { Command } from '../command';
import { withImage } from '../conditions';

export const zoomToFit: Command = {
  id: 'view.fit',
  label: 'Fit the image',
  category: 'View',
  scope: 'label',
  keys: ['Mod+0', 'F'],
  isAvailable: withImage,
  run: ({ services: { editor } }) => editor.zoomToFit(),
};
