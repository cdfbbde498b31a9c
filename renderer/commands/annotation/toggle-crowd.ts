import { setFlags } from '../../../shared/actions/set-flags';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedAnnotations } from '../run-action';

export const toggleCrowd: Command = {
  id: 'annotation.crowd',
  label: 'Mark objects as crowd or not',
  category: 'Object',
  scope: 'label',
  keys: ['Shift+Q'],
  isAvailable: withSelection,
  run({ services }) {
    const selected = selectedAnnotations(services);
    const isOn = selected.some((annotation) => annotation.isCrowd !== true);
    runAction(services, setFlags, { ids: selected.map(({ id }) => id), flag: 'isCrowd', isOn });
  },
};
