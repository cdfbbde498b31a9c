import { largestOf, mergeAnnotations } from '../../../shared/actions/merge-annotations';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedAnnotations } from '../run-action';
import { showUndoable } from '../show-undoable';

export const mergeSelection: Command = {
  id: 'annotation.merge',
  label: 'Merge objects',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+M'],
  isAvailable: withSelection,
  run({ services }) {
    const selected = selectedAnnotations(services);
    const merged = selected.filter(({ isLocked }) => !isLocked);
    const kept = largestOf(merged);
    const isDone = runAction(services, mergeAnnotations, { ids: selected.map(({ id }) => id) });
    if (!isDone || kept === null) return;
    services.editor.select([kept.id]);
    showUndoable(
      services,
      `Merged ${merged.length} objects. Label, attributes and note are those of the largest.`,
    );
  },
};
