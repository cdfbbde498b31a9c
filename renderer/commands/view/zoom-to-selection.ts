import type { Command } from '../command';
import { withImage } from '../conditions';

export const zoomToSelection: Command = {
  id: 'view.zoomToSelection',
  label: 'Zoom to the selection',
  category: 'View',
  scope: 'label',
  keys: ['Z'],
  isAvailable: withImage,
  run: ({ services: { editor } }) => editor.zoomToSelection(),
};
