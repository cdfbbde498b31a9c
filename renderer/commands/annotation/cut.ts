import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import { copiedFrom } from '../../clipboard/copied-objects';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedAnnotations } from '../run-action';

export const cutSelection: Command = {
  id: 'annotation.cut',
  label: 'Cut objects to the clipboard',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+X'],
  isAvailable: withSelection,
  run({ services, workspace }) {
    const { clipboard, editor } = services;
    if (workspace === null || editor.document === null) return;
    const place = { projectId: workspace.project.get().id, imageId: editor.document.imageId };
    // Locked objects stay where they are, so they are not taken along either.
    const going = selectedAnnotations(services).filter((one) => !one.isLocked);
    const ids = selectedAnnotations(services).map(({ id }) => id);
    if (!runAction(services, deleteAnnotations, { ids })) return;
    clipboard.write(copiedFrom(place, going, editor.schema));
    editor.announce(going.length === 1 ? 'Cut 1 object' : `Cut ${going.length} objects`);
  },
};
