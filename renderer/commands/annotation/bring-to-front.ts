import { reorderAnnotations } from '../../../shared/actions/reorder-annotations';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedIds } from '../run-action';

export const bringToFront: Command = {
  id: 'annotation.front',
  label: 'Bring to front',
  category: 'Object',
  scope: 'label',
  keys: [']'],
  isAvailable: withSelection,
  run: ({ services }) =>
    void runAction(services, reorderAnnotations, { ids: selectedIds(services), direction: 'front' }),
};
