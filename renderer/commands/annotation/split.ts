import { splitAnnotations } from '../../../shared/actions/split-annotations';
import { plural } from '../../components/quantity';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedIds } from '../run-action';

export const splitSelection: Command = {
  id: 'annotation.split',
  label: 'Split objects into their parts',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+Shift+M'],
  isAvailable: withSelection,
  run({ services }) {
    const { editor } = services;
    const ids = selectedIds(services);
    const before = new Set(editor.document?.annotations.keys());
    if (!runAction(services, splitAnnotations, { ids })) return;
    const added = [...(editor.document?.annotations.keys() ?? [])].filter((id) => !before.has(id));
    editor.select([...ids, ...added]);
    editor.announce(`Split into ${plural(ids.length + added.length, 'object')}.`);
  },
};
