import type { Command } from '../command';
import { withSelectionToRead } from '../conditions';
import { selectedAnnotations } from '../run-action';

export const selectGroup: Command = {
  id: 'annotation.selectGroup',
  label: 'Select the whole group',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+Alt+G'],
  isAvailable(context) {
    const selected = withSelectionToRead(context);
    if (selected !== true) return selected;
    const isGrouped = selectedAnnotations(context.services).some(({ groupId }) => groupId !== undefined);
    return isGrouped || 'The selected objects are in no group.';
  },
  run({ services }) {
    const selected = selectedAnnotations(services);
    const groups = new Set(selected.flatMap(({ groupId }) => groupId ?? []));
    const members = [...(services.editor.document?.annotations.values() ?? [])].filter(
      ({ groupId }) => groupId !== undefined && groups.has(groupId),
    );
    services.editor.select([...selected, ...members].map(({ id }) => id));
  },
};
