import type { BrowserWindow } from 'electron';
import { ok } from '../../shared/result/result';
import type { ChannelHandlers, Emit } from '../ipc/answer-call';
import type { Log } from '../log/log-file';
import { INDEX_URL } from '../security/origins';

/** Long enough for a backup of a large project, short enough that nobody thinks the app hangs. */
const WAIT_FOR_PAGE_MS = 10_000;

export interface CloseFlow {
  readonly channels: Pick<ChannelHandlers, 'app.readyToClose'>;
  /** Holds the window's closing until the page is ready, its process is gone, or the time is up. */
  watch(window: BrowserWindow): void;
}

/**
 * Closing asks the page first (`app.closing`), so that it can end its work and make the backup at exit. Autosave has
 * already stored every edit; a page that does not answer in time loses nothing.
 */
export function createCloseFlow(emit: Emit, log: Log): CloseFlow {
  let finish: (() => void) | null = null;

  return {
    channels: {
      'app.readyToClose': async () => {
        finish?.();
        return ok(null);
      },
    },

    watch(window) {
      window.on('close', (event) => {
        const { webContents } = window;
        const canAnswer =
          !webContents.isCrashed() &&
          !webContents.isLoadingMainFrame() &&
          webContents.getURL().startsWith(INDEX_URL);
        if (!canAnswer) return;
        event.preventDefault();
        if (finish !== null) return;
        const timer = setTimeout(() => {
          log.write('warning', 'The window did not get ready to close in time and was closed.');
          finish?.();
        }, WAIT_FOR_PAGE_MS);
        finish = () => {
          finish = null;
          clearTimeout(timer);
          // destroy() and not close(), which would ask again.
          if (!window.isDestroyed()) window.destroy();
        };
        webContents.once('render-process-gone', () => finish?.());
        emit('app.closing', {});
      });
    },
  };
}
