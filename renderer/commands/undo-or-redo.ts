import type { CommandContext } from './command';
import { isHeldByDraft } from './hold-draft';

/**
 * Undo reaches what is on screen and nothing else: on the label screen the open image, elsewhere the project at hand,
 * on the start page the list of projects.
 */
export function undoAvailability(context: CommandContext, way: 'undo' | 'redo'): true | string {
  const { editor } = context.services;
  if (context.workspace === null) return true;
  if (editor.document === null) return 'Open an image first.';
  if (editor.session.readOnlyReason !== null) return editor.session.readOnlyReason;
  const canGo = way === 'undo' ? editor.canUndo : editor.canRedo;
  return canGo || `Nothing to ${way} in this image.`;
}

export async function undoOrRedo(context: CommandContext, way: 'undo' | 'redo'): Promise<void> {
  const { editor, navigation, persistence, toasts } = context.services;
  if (context.workspace !== null) {
    const go = () => (way === 'undo' ? editor.undo() : editor.redo());
    if (!isHeldByDraft(context.services, go)) go();
    return;
  }
  const { screen, projectId } = navigation.route.get();
  const scope = screen === 'start' || projectId === null ? 'app' : `project:${projectId}`;
  const step = way === 'undo' ? await persistence.journal.undo(scope) : await persistence.journal.redo(scope);
  if (!step.ok) toasts.show({ tone: 'error', message: step.error.message });
  else if (step.value === null) toasts.show({ message: `Nothing to ${way} here.` });
  else toasts.show({ message: `${way === 'undo' ? 'Undone' : 'Done again'}: ${step.value.label}` });
}
