import { setFlags } from '../../../shared/actions/set-flags';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedAnnotations } from '../run-action';

export const toggleHide: Command = {
  id: 'annotation.hide',
  label: 'Hide or show objects',
  category: 'Object',
  scope: 'label',
  keys: ['H'],
  isAvailable: withSelection,
  run({ services }) {
    const selected = selectedAnnotations(services);
    const isOn = selected.some((annotation) => !annotation.isHidden);
    runAction(services, setFlags, { ids: selected.map(({ id }) => id), flag: 'isHidden', isOn });
  },
};
