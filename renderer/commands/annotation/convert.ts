import type { Command } from '../command';
import { withSelection } from '../conditions';

export const convertObjects: Command = {
  id: 'annotation.convert',
  label: 'Convert objects to …',
  category: 'Object',
  scope: 'label',
  keys: ['Alt+C'],
  isAvailable: withSelection,
  run: ({ workspace }) => workspace?.question.set('convert'),
};
