import { appError } from '../../shared/result/app-error';
import { err, ok, type Result } from '../../shared/result/result';
import type { ChangeId, ImageId, ProjectId } from '../../shared/schema/ids';
import type { Services } from './services';

/**
 * Takes a change of many images back, as long as nothing of the project came after it. The open image is shown as it
 * is then, when it was among them. Errors: `record.conflict`, naming what is in the way.
 */
export async function undoGroup(
  { persistence, editor }: Pick<Services, 'persistence' | 'editor'>,
  group: {
    readonly projectId: ProjectId;
    readonly changeId: ChangeId;
    /** For people: `the import`. */
    readonly name: string;
    /** Left out: any image may be among them. */
    readonly imageIds?: ReadonlySet<ImageId>;
  },
): Promise<Result<null>> {
  const scope = `project:${group.projectId}`;
  const newest = (await persistence.journal.stacks(scope, 1)).undo.at(-1);
  if (newest === undefined) return ok(null);
  if (newest.change.id !== group.changeId) {
    return err(
      appError(
        'record.conflict',
        `“${newest.label}” came after ${group.name}. Undo that first (“Undo the last change of many images”), then ${group.name}.`,
      ),
    );
  }
  const settled = await editor.settled();
  if (!settled.ok) return settled;
  const undone = await persistence.journal.undo(scope);
  if (!undone.ok) return undone;
  const openId = editor.document?.imageId;
  if (openId !== undefined && (group.imageIds === undefined || group.imageIds.has(openId))) {
    return editor.reload();
  }
  return ok(null);
}
