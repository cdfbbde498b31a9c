import type { Command } from '../command';
import { onLabelScreen } from '../conditions';
import { stepOfMany } from '../undo-many';

export const redoMany: Command = {
  id: 'project.redoMany',
  label: 'Redo the last change of many images',
  category: 'Edit',
  scope: 'label',
  keys: ['Mod+Alt+Shift+Z'],
  isAvailable: onLabelScreen,
  run: (context) => stepOfMany(context, 'redo'),
};
