import { setFlags } from '../../../shared/actions/set-flags';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction } from '../run-action';

export const hideOthers: Command = {
  id: 'annotation.hideOthers',
  label: 'Hide all other objects',
  category: 'Object',
  scope: 'label',
  keys: ['Alt+H'],
  isAvailable: withSelection,
  run({ services }) {
    const { document, session } = services.editor;
    const ids = [...(document?.annotations.keys() ?? [])].filter((id) => !session.selection.has(id));
    if (ids.length > 0) runAction(services, setFlags, { ids, flag: 'isHidden', isOn: true });
  },
};
