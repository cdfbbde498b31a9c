import type { Command } from '../command';
import { undoAvailability, undoOrRedo } from '../undo-or-redo';

export const redo: Command = {
  id: 'edit.redo',
  label: 'Redo',
  category: 'Edit',
  scope: 'app',
  keys: ['Mod+Shift+Z', 'Mod+Y'],
  repeats: true,
  isAvailable: (context) => undoAvailability(context, 'redo'),
  run: (context) => undoOrRedo(context, 'redo'),
};
