import { setFlags } from '../../../shared/actions/set-flags';
import type { Command } from '../command';
import { withEditableImage } from '../conditions';
import { runAction } from '../run-action';

export const showAll: Command = {
  id: 'annotation.showAll',
  label: 'Show all hidden objects',
  category: 'Object',
  scope: 'label',
  keys: ['Shift+H'],
  isAvailable(context) {
    const editable = withEditableImage(context);
    if (editable !== true) return editable;
    const all = [...(context.services.editor.document?.annotations.values() ?? [])];
    return all.some((one) => one.isHidden) || 'No object is hidden.';
  },
  run({ services }) {
    const all = [...(services.editor.document?.annotations.values() ?? [])];
    const ids = all.filter((one) => one.isHidden).map(({ id }) => id);
    runAction(services, setFlags, { ids, flag: 'isHidden', isOn: false });
  },
};
