import type { Bridge } from '../bridge/bridge';
import { guarded, Refusal } from './database-error';
import type { Persistence, Unsubscribe } from './ports';

/**
 * Answers main's `app.closing`: waits until what is being edited is saved (or has failed and said so), backs up every
 * project with work since its last backup, then lets the window go. Main waits a bounded time, so a backup that hangs
 * cannot keep the app open; labels are saved long before.
 */
export function answerClosing(
  bridge: Bridge,
  persistence: Persistence,
  settle: () => Promise<unknown>,
): Unsubscribe {
  let isClosing = false;
  return bridge.subscribe('app.closing', () => {
    if (isClosing) return;
    isClosing = true;
    void (async () => {
      const failure = await guarded(null, 'closing', async () => {
        await settle();
        await backUpDirty(persistence);
      });
      if (!failure.ok) {
        const message = `The backup at exit failed: ${failure.error.message}`;
        await bridge.invoke('log.write', { level: 'error', message });
      }
      isClosing = false;
      await bridge.invoke('app.readyToClose', {});
    })();
  });
}

async function backUpDirty({ backups }: Persistence): Promise<void> {
  for (const projectId of await backups.dirtyProjects()) {
    const made = await backups.backup(projectId, 'exit');
    if (!made.ok) throw new Refusal(made.error);
  }
}
