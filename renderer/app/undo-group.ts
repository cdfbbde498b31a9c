import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { ChangeId, ProjectId } from '../../shared/schema/ids';
import type { UndoStep } from '../persistence/ports';
import type { Services } from './services';

type Reach = Pick<Services, 'persistence' | 'editor'>;

/**
 * Takes a change of many images back, as long as nothing of the project came after it.
 * Errors: `record.conflict`, naming what is in the way.
 */
export async function undoGroup(
  services: Reach,
  group: {
    readonly projectId: ProjectId;
    readonly changeId: ChangeId;
    /** For people: `the import`. */
    readonly name: string;
  },
): Promise<Result<null>> {
  const newest = (await services.persistence.journal.stacks(`project:${group.projectId}`, 1)).undo.at(-1);
  if (newest === undefined) return ok(null);
  if (newest.change.id !== group.changeId) {
    return err(
      appError(
        'record.conflict',
        `“${newest.label}” came after ${group.name}. Undo that first (“Undo the last change of many images”), then ${group.name}.`,
      ),
    );
  }
  const undone = await stepOfProject(services, group.projectId, 'undo');
  return undone.ok ? ok(null) : undone;
}

/**
 * Takes the project's newest change back, or does it again, once the open image is saved. The open image is read anew
 * only when the change reached it, so that zoom and selection stay otherwise.
 */
export async function stepOfProject(
  { persistence, editor }: Reach,
  projectId: ProjectId,
  way: 'undo' | 'redo',
): Promise<Result<UndoStep | null>> {
  const { journal } = persistence;
  const settled = await editor.settled();
  if (!settled.ok) return settled;
  const openId = editor.document?.imageId;
  const newestLine = async () =>
    openId === undefined ? null : ((await journal.history(openId, 1))[0]?.id ?? null);
  const before = await newestLine();
  const scope = `project:${projectId}`;
  const step = way === 'undo' ? await journal.undo(scope) : await journal.redo(scope);
  if (!step.ok || (await newestLine()) === before) return step;
  const reloaded = await editor.reload();
  return reloaded.ok ? step : reloaded;
}
