import { setFlags } from '../../../shared/actions/set-flags';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedAnnotations } from '../run-action';

export const toggleOcclude: Command = {
  id: 'annotation.occlude',
  label: 'Mark objects as occluded or not',
  category: 'Object',
  scope: 'label',
  keys: ['Q'],
  isAvailable: withSelection,
  run({ services }) {
    const selected = selectedAnnotations(services);
    const isOn = selected.some((annotation) => !annotation.isOccluded);
    runAction(services, setFlags, { ids: selected.map(({ id }) => id), flag: 'isOccluded', isOn });
  },
};
