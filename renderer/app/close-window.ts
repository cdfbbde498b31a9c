import type { Services } from './services';

/**
 * When the window is asked to close: waits until the open image is saved, backs up what changed, then lets it go.
 * Main waits a bounded time, so a stuck disk cannot hold the window for ever.
 */
export function answerClosing({ bridge, editor, persistence }: Services): () => void {
  return bridge.subscribe('app.closing', async () => {
    await editor.settled();
    for (const projectId of await persistence.backups.dirtyProjects()) {
      await persistence.backups.backup(projectId, 'exit');
    }
    persistence.close();
    await bridge.invoke('app.readyToClose', {});
  });
}
