import type { Command } from '../command';
import { withImage } from '../conditions';

export const turnViewRight: Command = {
  id: 'view.turnRight',
  label: 'Turn the view right',
  category: 'View',
  scope: 'label',
  keys: ['Mod+Alt+R'],
  isAvailable: withImage,
  run: ({ services: { editor } }) => editor.turnView(1),
};
