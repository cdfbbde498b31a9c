import { reorderAnnotations } from '../../../shared/actions/reorder-annotations';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedIds } from '../run-action';

export const bringToBack: Command = {
  id: 'annotation.back',
  label: 'Send to back',
  category: 'Object',
  scope: 'label',
  keys: ['['],
  isAvailable: withSelection,
  run: ({ services }) =>
    void runAction(services, reorderAnnotations, { ids: selectedIds(services), direction: 'back' }),
};
