import type { Command } from '../command';
import { neighbourOfSelection } from '../neighbour-of-selection';

export const selectPrevious: Command = {
  id: 'annotation.selectPrevious',
  label: 'Select the object before',
  category: 'Object',
  scope: 'canvas',
  keys: ['Shift+Tab'],
  repeats: true,
  isAvailable: ({ services: { editor } }) =>
    neighbourOfSelection(editor, -1) !== null || 'There is no further object.',
  run({ services: { editor } }) {
    const id = neighbourOfSelection(editor, -1);
    if (id !== null) editor.select([id]);
  },
};
