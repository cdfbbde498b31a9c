import type { Command } from '../command';
import { undoAvailability, undoOrRedo } from '../undo-or-redo';

export const undo: Command = {
  id: 'edit.undo',
  label: 'Undo',
  category: 'Edit',
  scope: 'app',
  keys: ['Mod+Z'],
  repeats: true,
  isAvailable: (context) => undoAvailability(context, 'undo'),
  run: (context) => undoOrRedo(context, 'undo'),
};
