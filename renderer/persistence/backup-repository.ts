import type { ProjectId } from '../../shared/schema/ids';
import type { Bridge } from '../bridge/bridge';
import type { PersistenceContext } from './context';
import { guarded } from './database-error';
import type { BackupRepository } from './ports';
import { restoreBackup } from './restore-backup';
import { writeBackup } from './write-backup';

const MS_PER_MINUTE = 60_000;

export function createBackupRepository(context: PersistenceContext, bridge: Bridge): BackupRepository {
  const { db } = context;
  // One at a time: two backups of one project would only read the same records twice.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const dirtyProjects = async (): Promise<readonly ProjectId[]> => {
    const [heads, marks, projects] = await Promise.all([
      db.heads.toArray(),
      db.backupMarks.toArray(),
      db.projects.toArray(),
    ]);
    const stampById = new Map(marks.map((mark) => [mark.projectId, mark.stamp]));
    const kept = new Set(projects.flatMap((project) => (project.deletedAt === null ? [project.id] : [])));
    return heads
      .filter((head) => kept.has(head.projectId) && head.stamp > (stampById.get(head.projectId) ?? 0))
      .map((head) => head.projectId);
  };

  const repository: BackupRepository = {
    backup: (projectId, reason) => inTurn(() => writeBackup(context, bridge, projectId, reason)),
    restore: (backupId) => inTurn(() => restoreBackup(context, bridge, backupId)),
    dirtyProjects,

    startTimer(minutes) {
      const timer = setInterval(() => void backUpDirty(), minutes * MS_PER_MINUTE);
      return () => clearInterval(timer);
    },
  };

  async function backUpDirty(): Promise<void> {
    const done = await guarded(db, 'making backups', async () => {
      for (const projectId of await dirtyProjects()) {
        const made = await repository.backup(projectId, 'timer');
        if (!made.ok) await report(made.error.message);
      }
    });
    if (!done.ok) await report(done.error.message);
  }

  async function report(message: string): Promise<void> {
    await bridge.invoke('log.write', { level: 'error', message: `A backup failed: ${message}` });
  }

  return repository;
}
