import { setFlags } from '../../../shared/actions/set-flags';
import { isOnCanvas } from '../../editor/shown';
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
    const others = [...(document?.annotations.values() ?? [])].filter(
      (one) => isOnCanvas(session, one) && !session.selection.has(one.id),
    );
    const ids = others.map(({ id }) => id);
    if (ids.length > 0) runAction(services, setFlags, { ids, flag: 'isHidden', isOn: true });
  },
};
