import type { Command } from '../command';
import { withImage } from '../conditions';

export const turnViewLeft: Command = {
  id: 'view.turnLeft',
  label: 'Turn the view left',
  category: 'View',
  scope: 'label',
  keys: ['Mod+Alt+Shift+R'],
  isAvailable: withImage,
  run: ({ services: { editor } }) => editor.turnView(-1),
};
