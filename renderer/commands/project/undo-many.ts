import type { Command } from '../command';
import { onLabelScreen } from '../conditions';
import { stepOfMany } from '../undo-many';

export const undoMany: Command = {
  id: 'project.undoMany',
  label: 'Undo the last change of many images',
  category: 'Edit',
  scope: 'label',
  keys: ['Mod+Alt+Z'],
  isAvailable: onLabelScreen,
  run: (context) => stepOfMany(context, 'undo'),
};
