import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import { deleteVertices } from '../../editor/operations/delete-vertices';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedIds } from '../run-action';
import { showUndoable } from '../show-undoable';

export const deleteSelection: Command = {
  id: 'annotation.delete',
  label: 'Delete objects',
  category: 'Object',
  scope: 'label',
  keys: ['Delete', 'Backspace'],
  isAvailable: withSelection,
  run({ services }) {
    // Chosen vertices are meant before the object that they are of.
    if (deleteVertices(services.editor)) return;
    const count = services.editor.session.selection.size;
    if (!runAction(services, deleteAnnotations, { ids: selectedIds(services) })) return;
    // One object is seen to go; many may be more than was meant.
    if (count > 1) showUndoable(services, services.editor.undoLabel ?? `Deleted ${count} objects`);
  },
};
