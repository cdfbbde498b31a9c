import { setImageStatus } from '../../../shared/actions/set-image-status';
import type { Command } from '../command';
import { withEditableImage } from '../conditions';
import { runAction } from '../run-action';

export const reopenImage: Command = {
  id: 'image.reopen',
  label: 'Reopen: take back labelled or confirmed empty',
  category: 'Image',
  scope: 'label',
  keys: ['Mod+Shift+Enter'],
  isAvailable(context) {
    const editable = withEditableImage(context);
    if (editable !== true) return editable;
    const decidedBy = context.services.editor.document?.status.decidedBy ?? null;
    return decidedBy !== null || 'Nobody has marked this image yet.';
  },
  run: ({ services }) => void runAction(services, setImageStatus, { decision: 'reopened' }),
};
