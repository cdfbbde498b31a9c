import { groupAnnotations } from '../../../shared/actions/group-annotations';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedIds } from '../run-action';

export const groupSelection: Command = {
  id: 'annotation.group',
  label: 'Group objects',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+G'],
  isAvailable: withSelection,
  run({ services }) {
    runAction(services, groupAnnotations, { ids: selectedIds(services) });
  },
};
