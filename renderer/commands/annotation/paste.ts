import { pasteObjects } from '../../clipboard/paste-objects';
import type { Command } from '../command';
import { withEditableImage } from '../conditions';

export const pasteInPlace: Command = {
  id: 'annotation.paste',
  label: 'Paste objects in place',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+V'],
  isAvailable(context) {
    const editable = withEditableImage(context);
    if (editable !== true) return editable;
    return context.services.clipboard.content.get() !== null || 'Copy objects first.';
  },
  run({ services }) {
    const copied = services.clipboard.content.get();
    if (copied !== null) pasteObjects(services, copied);
  },
};
