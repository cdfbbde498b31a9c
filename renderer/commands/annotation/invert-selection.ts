import { isOnCanvas } from '../../editor/shown';
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
    const { selection } = editor.session;
    const shown = [...(editor.document?.annotations.values() ?? [])].filter((one) =>
      isOnCanvas(editor.session, one),
    );
    editor.select(shown.flatMap(({ id }) => (selection.has(id) ? [] : id)));
  },
};
