import { type BrowserWindow, dialog } from 'electron';
import type { Log } from '../log/log-file';
import { type RecoveryReason, recoveryReasonOf, recoveryUrl } from './recovery-page';

/** A load that was replaced by another one (`ERR_ABORTED`) is not a failure. */
const LOAD_ABORTED = -3;

/**
 * A crash of the page shows what happened and the way back; saved work is untouched, because it is in the database
 * before the page says "saved". Crashing again on the recovery page itself ends in a native dialog, never in a loop.
 */
export function recoverFromCrashes(window: BrowserWindow, log: Log): void {
  let isShowingRecovery = false;

  function showRecovery(reason: RecoveryReason): void {
    if (window.isDestroyed()) return;
    if (isShowingRecovery) {
      dialog.showErrorBox(
        'Groundmark cannot show its window',
        `The window's process ended twice. Saved work is safe. Start Groundmark again; the log is in ${log.file}.`,
      );
      window.destroy();
      return;
    }
    isShowingRecovery = true;
    window.loadURL(recoveryUrl(reason)).catch((thrown: unknown) => {
      log.write('error', 'The recovery page could not be shown.', { reason: String(thrown) });
    });
  }

  window.webContents.on('did-finish-load', () => {
    isShowingRecovery = window.webContents.getURL().includes('/recovery-');
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // Loading from inside the event that reports the death would reach the dying process.
    if (reason !== 'clean-exit') setImmediate(() => showRecovery(recoveryReasonOf(reason)));
  });
  window.webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (!isMainFrame || code === LOAD_ABORTED) return;
    log.write('error', 'A page could not be loaded.', { page: url, code, reason: description });
    showRecovery('not-loaded');
  });
  askWhenUnresponsive(window, log);
}

/** A page that does not answer may only be busy, so the person decides. */
function askWhenUnresponsive(window: BrowserWindow, log: Log): void {
  let answered: AbortController | null = null;
  window.on('unresponsive', () => {
    if (answered !== null) return;
    const controller = new AbortController();
    answered = controller;
    log.write('warning', 'The window does not answer.');
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        message: 'Groundmark does not answer',
        detail: 'It may be busy. Reloading loses nothing that was shown as saved.',
        buttons: ['Wait', 'Reload'],
        defaultId: 0,
        cancelId: 0,
        signal: controller.signal,
      })
      .then(({ response }) => {
        answered = null;
        if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
      });
  });
  window.on('responsive', () => {
    answered?.abort();
    answered = null;
  });
}
