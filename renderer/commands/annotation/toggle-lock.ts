import { setFlags } from '../../../shared/actions/set-flags';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedAnnotations } from '../run-action';

export const toggleLock: Command = {
  id: 'annotation.lock',
  label: 'Lock or unlock objects',
  category: 'Object',
  scope: 'label',
  keys: ['L'],
  isAvailable: withSelection,
  run({ services }) {
    const selected = selectedAnnotations(services);
    const isOn = selected.some((annotation) => !annotation.isLocked);
    runAction(services, setFlags, { ids: selected.map(({ id }) => id), flag: 'isLocked', isOn });
  },
};
