import type { Action } from '../../shared/actions/edit/action';
import type { Editor, Preview } from '../editor/editor';

/** What an action would do, for the overlay: the very change that committing makes, or why it makes none. */
export function previewOf<Args>(editor: Editor, action: Action<Args>, args: Args): Preview {
  const change = editor.tryAction(action, args);
  if (!change.ok) return { shapes: [], hint: change.error.message };
  return {
    shapes: change.value.updated.map(([before, after]) => ({
      shape: after.shape,
      labelId: after.labelId,
      replaces: before.id,
    })),
    hint: null,
  };
}
