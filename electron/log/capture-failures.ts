import { app } from 'electron';
import type { Log } from './log-file';

/**
 * Everything that would otherwise vanish with a process ends in the log. An uncaught exception in main does not end the
 * app: the person's work is in the renderer's database, and closing the window properly is the safer way out.
 */
export function captureFailures(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.write('error', 'An exception was not caught in the main process.', describeThrown(error));
  });
  process.on('unhandledRejection', (reason) => {
    log.write('error', 'A promise was rejected and not handled in the main process.', describeThrown(reason));
  });
  app.on('child-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    log.write('error', `The ${details.type} process is gone: ${details.reason}.`, {
      process: details.name ?? details.serviceName ?? details.type,
      exitCode: details.exitCode,
    });
  });
  app.on('render-process-gone', (_event, contents, details) => {
    if (details.reason === 'clean-exit') return;
    log.write('error', `The window's process is gone: ${details.reason}.`, {
      page: contents.getURL(),
      exitCode: details.exitCode,
    });
  });
}

function describeThrown(thrown: unknown): { readonly reason: string; readonly stack: string | null } {
  if (thrown instanceof Error) return { reason: thrown.message, stack: thrown.stack ?? null };
  return { reason: String(thrown), stack: null };
}
