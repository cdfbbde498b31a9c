import type { Command } from '../command';
import { withSelection } from '../conditions';

export const editNote: Command = {
  id: 'annotation.note',
  label: 'Write a note on objects',
  category: 'Object',
  scope: 'label',
  keys: ['Shift+N'],
  isAvailable: withSelection,
  run: ({ workspace }) => workspace?.question.set('note'),
};
