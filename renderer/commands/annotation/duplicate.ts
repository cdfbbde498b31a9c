import { duplicateAnnotations } from '../../../shared/actions/duplicate-annotations';
import type { Command } from '../command';
import { withSelection } from '../conditions';
import { runAction, selectedIds } from '../run-action';

/** Far enough from its original to be seen and gripped (one handle). */
const COPY_STEP_IN_SCREEN_PX = 12;

export const duplicateSelection: Command = {
  id: 'annotation.duplicate',
  label: 'Duplicate objects',
  category: 'Object',
  scope: 'label',
  keys: ['Mod+D'],
  isAvailable: withSelection,
  run({ services }) {
    const before = new Set(services.editor.document?.annotations.keys());
    const step = COPY_STEP_IN_SCREEN_PX / services.editor.session.camera.scale;
    if (!runAction(services, duplicateAnnotations, { ids: selectedIds(services), dx: step, dy: step }))
      return;
    const after = services.editor.document?.annotations.keys() ?? [];
    services.editor.select([...after].filter((id) => !before.has(id)));
  },
};
