import { reorderAnnotations } from '../../../shared/actions/reorder-annotations';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedIds } from '../run-action';

export const bringBackward: Command = {
  id: 'annotation.backward',
  label: 'Send objects backward by one',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+['],
  repeats: true,
  isAvailable: withSelection,
  run({ services }) {
    runAction(services, reorderAnnotations, { ids: selectedIds(services), direction: 'backward' });
  },
};
