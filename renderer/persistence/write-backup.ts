import { appError } from '../../shared/result/app-error';
import type { Result } from '../../shared/result/result';
import type { ProjectId } from '../../shared/schema/ids';
import type { Bridge } from '../bridge/bridge';
import type { PersistenceContext } from './context';
import { guarded, Refusal } from './database-error';
import type { BackupRepository } from './ports';
import { lineBatches, projectAtStart, streamProject } from './stream-project';

/** Makes a backup of a project; see `streamProject`. */
export async function writeBackup(
  context: PersistenceContext,
  bridge: Bridge,
  projectId: ProjectId,
  reason: Parameters<BackupRepository['backup']>[1],
): Promise<Result<{ readonly id: string }>> {
  const { db } = context;
  return guarded(db, 'making a backup', async () => {
    const start = await projectAtStart(context, projectId);
    const { id } = required(
      await bridge.invoke('backup.begin', {
        summary: {
          projectId,
          projectName: start.project.name,
          madeAt: context.now(),
          images: start.head.counts.images,
          annotations: start.head.counts.annotations,
          reason,
        },
      }),
    );
    const batches = lineBatches(async (lines) => {
      required(await bridge.invoke('backup.append', { id, lines }));
    });
    const { stamp } = await streamProject(context, start, batches.write);
    await batches.flush();
    required(await bridge.invoke('backup.finish', { id }));
    await db.backupMarks.put({ projectId, stamp });
    return { id };
  });
}

function required<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refusal(
    result.error.code.startsWith('backup.') || result.error.code === 'file.disk-full'
      ? result.error
      : appError(
          'backup.write-failed',
          `The backup could not be written: ${result.error.message} Your labels are saved in the app all the same.`,
          { cause: result.error.code },
        ),
  );
}
