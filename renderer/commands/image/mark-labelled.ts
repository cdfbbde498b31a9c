import { setImageStatus } from '../../../shared/actions/set-image-status';
import type { Command } from '../command';
import { withEditableImage } from '../conditions';
import { isHeldByDraft } from '../hold-draft';
import { runAction } from '../run-action';

export const markLabelled: Command = {
  id: 'image.markLabelled',
  label: 'Mark as labelled and go on',
  category: 'Image',
  scope: 'label',
  keys: ['Mod+Enter'],
  isAvailable(context) {
    const editable = withEditableImage(context);
    if (editable !== true) return editable;
    const count = context.services.editor.document?.annotations.size ?? 0;
    return count > 0 || 'Nothing is labelled here; confirm it empty instead.';
  },
  async run(context) {
    const { services, workspace } = context;
    // Before the state is set: what is half drawn belongs to this image.
    if (isHeldByDraft(services, () => void markLabelled.run(context, null))) return;
    if (services.editor.document?.status.state !== 'labelled') {
      runAction(services, setImageStatus, { decision: 'labelled' });
    } else {
      // It was given back, mended, and is labelled as before.
      await workspace?.handIn();
    }
    await workspace?.step(1);
  },
};
