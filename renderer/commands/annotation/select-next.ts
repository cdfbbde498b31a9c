import type { Command } from '../command';
import { neighbourOfSelection } from '../neighbour-of-selection';

export const selectNext: Command = {
  id: 'annotation.selectNext',
  label: 'Select the next object',
  category: 'Object',
  scope: 'canvas',
  keys: ['Tab'],
  repeats: true,
  isAvailable: ({ services: { editor } }) =>
    neighbourOfSelection(editor, 1) !== null || 'There is no further object.',
  run({ services: { editor } }) {
    const id = neighbourOfSelection(editor, 1);
    if (id !== null) editor.select([id]);
  },
};
