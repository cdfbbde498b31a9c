import { deleteAnnotations } from '../../../shared/actions/delete-annotations';
import { deleteVertices } from '../../editor/operations/delete-vertices';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedAnnotations, selectedIds } from '../run-action';
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
    const selected = selectedAnnotations(services);
    const isHiddenAmong = selected.some(({ isHidden }) => isHidden);
    if (!runAction(services, deleteAnnotations, { ids: selectedIds(services) })) return;
    // One object is seen to go; many may be more than was meant, and what is hidden goes unseen.
    if (selected.length > 1 || isHiddenAmong) {
      const what = services.editor.undoLabel ?? `Deleted ${selected.length} objects`;
      showUndoable(services, isHiddenAmong ? `${what}, hidden ones with them` : what);
    }
  },
};
