import { setFlags } from '../../../shared/actions/set-flags';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedAnnotations } from '../run-action';

export const togglePin: Command = {
  id: 'annotation.pin',
  label: 'Pin or unpin objects',
  category: 'Object',
  scope: 'label',
  keys: ['Shift+L'],
  isAvailable: withSelection,
  run({ services }) {
    const selected = selectedAnnotations(services);
    const isOn = selected.some((annotation) => annotation.isPinned !== true);
    runAction(services, setFlags, { ids: selected.map(({ id }) => id), flag: 'isPinned', isOn });
  },
};
