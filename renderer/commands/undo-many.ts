import { stepOfProject } from '../app/undo-group';
import type { CommandContext } from './command';

/**
 * Takes back, or does again, the project's newest change when it is one of many images (a propagation, an import).
 * Other changes of the project are not on the label screen, so they are named and left alone.
 */
export async function stepOfMany(
  { services, workspace }: CommandContext,
  way: 'undo' | 'redo',
): Promise<void> {
  const { persistence, toasts } = services;
  if (workspace === null) return;
  const project = workspace.project.get();
  const newest = (await persistence.journal.stacks(`project:${project.id}`, 1))[way].at(-1);
  if (newest === undefined) {
    return void toasts.show({
      message: `No change of many images can be ${way === 'undo' ? 'undone' : 'redone'}.`,
    });
  }
  if (newest.change.body.kind !== 'group') {
    return void toasts.show({
      message: `The project’s last change is “${newest.label}”. It is about the labels, so the Schema screen takes it back.`,
    });
  }
  const step = await stepOfProject(services, project.id, way);
  if (!step.ok) return void toasts.show({ tone: 'error', message: step.error.message });
  toasts.show({ message: `${way === 'undo' ? 'Undone' : 'Redone'}: ${newest.label}` });
}
