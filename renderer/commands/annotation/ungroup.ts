import { ungroupAnnotations } from '../../../shared/actions/ungroup-annotations';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedIds } from '../run-action';

export const ungroupSelection: Command = {
  id: 'annotation.ungroup',
  label: 'Take objects out of their group',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+Shift+G'],
  isAvailable: withSelection,
  run({ services }) {
    runAction(services, ungroupAnnotations, { ids: selectedIds(services) });
  },
};
