import type { Command } from '../command';
import { withImage } from '../conditions';

export const invertSelection: Command = {
  id: 'annotation.invertSelection',
  label: 'Invert the selection',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+I'],
  isAvailable: withImage,
  run({ services: { editor } }) {
    const { selection, isolated } = editor.session;
    const shown = [...(editor.document?.annotations.values() ?? [])].filter(
      ({ id, isHidden }) => !isHidden && (isolated === null || isolated.has(id)),
    );
    editor.select(shown.flatMap(({ id }) => (selection.has(id) ? [] : id)));
  },
};
