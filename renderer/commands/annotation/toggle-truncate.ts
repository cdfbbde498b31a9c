import { setFlags } from '../../../shared/actions/set-flags';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedAnnotations } from '../run-action';

export const toggleTruncate: Command = {
  id: 'annotation.truncate',
  label: 'Mark objects as truncated or not',
  category: 'Object',
  scope: 'label',
  keys: ['T'],
  isAvailable: withSelection,
  run({ services }) {
    const selected = selectedAnnotations(services);
    const isOn = selected.some((annotation) => !annotation.isTruncated);
    runAction(services, setFlags, { ids: selected.map(({ id }) => id), flag: 'isTruncated', isOn });
  },
};
