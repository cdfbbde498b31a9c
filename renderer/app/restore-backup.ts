import type { BackupSummary } from '../../shared/ipc/channels/datasets';
import type { Services } from './services';

/** Newest first, as people look for them; what failed is said, and then there is none to offer. */
export async function listBackups({
  bridge,
  toasts,
}: Pick<Services, 'bridge' | 'toasts'>): Promise<readonly BackupSummary[]> {
  const read = await bridge.invoke('backup.list', {});
  if (read.ok) return [...read.value].sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
  toasts.show({ tone: 'error', message: read.error.message });
  return [];
}

/** Restores a backup with a line in the tray and offers to open what came back; false when it failed, which is said. */
export async function restoreBackup(
  services: Pick<Services, 'jobs' | 'navigation' | 'persistence' | 'toasts'>,
  backup: BackupSummary,
): Promise<boolean> {
  const { jobs, navigation, persistence, toasts } = services;
  const line = jobs.start({ title: `Restoring ${backup.projectName}` });
  const restored = await persistence.backups.restore(backup.id);
  if (!restored.ok) {
    line.fail(restored.error);
    toasts.show({ tone: 'error', message: restored.error.message });
    return false;
  }
  line.done('Restored');
  toasts.show({
    tone: 'success',
    message: `Restored as “${restored.value.name}”. Nothing else was changed.`,
    action: {
      label: 'Open',
      run: () => navigation.go({ screen: 'label', projectId: restored.value.id }),
    },
    staysForMs: 15_000,
  });
  return true;
}
