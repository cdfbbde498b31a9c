import type { Command } from '../command';
import { withImage } from '../conditions';

export const toggleNames: Command = {
  id: 'view.names',
  label: 'Show or hide names of objects',
  category: 'View',
  scope: 'label',
  keys: [],
  isAvailable: withImage,
  run({ services: { editor } }) {
    const areNamesShown = !editor.session.display.areNamesShown;
    editor.setDisplay({ areNamesShown });
    editor.announce(areNamesShown ? 'Names shown' : 'Names hidden');
  },
};
