import { relabelAnnotations } from '../../../shared/actions/relabel-annotations';
import type { Command } from '../command';
import { withImage } from '../conditions';
import { labelForKey } from '../label-for-key';
import { runAction, selectedIds } from '../run-action';

export const assignLabel: Command = {
  id: 'label.assign',
  label: 'Choose a label, or give it to the selection',
  category: 'Object',
  scope: 'label',
  keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
  isAvailable: withImage,
  run({ services, workspace }, chord) {
    if (chord === null) {
      workspace?.focusLabels();
      return;
    }
    const { editor, toasts } = services;
    // `Mod+1` in one keymap is `1` in another: the label is named by the key itself.
    const key = chord.slice(chord.lastIndexOf('+') + 1);
    const label = labelForKey(editor.schema, key);
    if (label === null) {
      toasts.show({ message: `No label has the key ${key}.` });
      return;
    }
    editor.setActiveLabel(label.id);
    if (editor.session.selection.size === 0) return;
    if (editor.session.readOnlyReason !== null) toasts.show({ message: editor.session.readOnlyReason });
    else runAction(services, relabelAnnotations, { ids: selectedIds(services), labelId: label.id });
  },
};
