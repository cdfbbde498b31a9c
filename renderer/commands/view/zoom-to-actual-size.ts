import type { Command } from '../command';
import { withImage } from '../conditions';

export const zoomToActualSize: Command = {
  id: 'view.actualSize',
  label: 'Zoom to 100 %',
  category: 'View',
  scope: 'label',
  keys: ['Mod+1'],
  isAvailable: withImage,
  run: ({ services: { editor } }) => editor.zoomBy(1 / editor.session.camera.scale),
};
