import { setImageStatus } from '../../../shared/actions/set-image-status';
import type { Command } from '../command';
import { withEditableImage } from '../conditions';
import { runAction } from '../run-action';

export const confirmEmpty: Command = {
  id: 'image.confirmEmpty',
  label: 'Confirm that nothing is to be labelled',
  category: 'Image',
  scope: 'label',
  keys: ['E'],
  isAvailable(context) {
    const editable = withEditableImage(context);
    if (editable !== true) return editable;
    const count = context.services.editor.document?.annotations.size ?? 0;
    return count === 0 || 'Delete the objects of this image first.';
  },
  run({ services }) {
    const isConfirmed = services.editor.document?.status.state === 'confirmedEmpty';
    runAction(services, setImageStatus, { decision: isConfirmed ? 'reopened' : 'confirmedEmpty' });
  },
};
