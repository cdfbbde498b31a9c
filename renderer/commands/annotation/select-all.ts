import { isOnCanvas } from '../../editor/shown';
import type { Command } from '../command';
import { withImage } from '../conditions';

export const selectAll: Command = {
  id: 'annotation.selectAll',
  label: 'Select all objects',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+A'],
  isAvailable: withImage,
  run({ services: { editor } }) {
    const visible = [...(editor.document?.annotations.values() ?? [])].filter((one) =>
      isOnCanvas(editor.session, one),
    );
    editor.select(visible.map((one) => one.id));
  },
};
