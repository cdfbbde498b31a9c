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
    const { isolated } = editor.session;
    const visible = [...(editor.document?.annotations.values() ?? [])].filter(
      (one) => !one.isHidden && (isolated === null || isolated.has(one.id)),
    );
    editor.select(visible.map((one) => one.id));
  },
};
