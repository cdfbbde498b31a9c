import type { Command } from '../command';
import { withSelection } from '../conditions';

export const propagateToNext: Command = {
  id: 'annotation.propagate',
  label: 'Propagate objects to the next images',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+Shift+V'],
  isAvailable(context) {
    const selected = withSelection(context);
    if (selected !== true) return selected;
    const { list, index } = context.workspace?.rail.get() ?? { list: null, index: -1 };
    if (index < 0) return 'The open image is not in the list as it is filtered. Change the filter first.';
    return (list !== null && index + 1 < list.total) || 'This is the last image of the list.';
  },
  run: ({ workspace }) => workspace?.question.set('propagate'),
};
