import { subtractAnnotations } from '../../../shared/actions/subtract-annotations';
import { isEmptyChange } from '../../../shared/document/change-set';
import type { Command, CommandContext } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedIds } from '../run-action';

/** The object that was selected first gets smaller; the others stay. */
export const subtractSelection: Command = {
  id: 'annotation.subtract',
  label: 'Subtract from the object selected first',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+Alt+M'],
  isAvailable(context: CommandContext) {
    const selected = withSelection(context);
    if (selected !== true) return selected;
    return (
      context.services.editor.session.selection.size > 1 ||
      'Select the object to make smaller first, then those to take out of it.'
    );
  },
  run({ services }) {
    const [from, ...ids] = selectedIds(services);
    if (from === undefined) return;
    const change = services.editor.tryAction(subtractAnnotations, { from, ids });
    if (change.ok && isEmptyChange(change.value)) {
      services.toasts.show({
        message: 'Nothing of the others lies in the object that was selected first, so it stays as it is.',
      });
      return;
    }
    runAction(services, subtractAnnotations, { from, ids });
  },
};
