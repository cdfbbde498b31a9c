import { app, dialog } from 'electron';
import type { Log } from '../log/log-file';

/** Nothing can be shown without a window, so this is the one place where a native box and an end are the answer. */
export function failToStart(thrown: unknown, log: Log): void {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  log.write('error', 'Groundmark could not start.', {
    reason,
    stack: thrown instanceof Error ? (thrown.stack ?? null) : null,
  });
  dialog.showErrorBox(
    'Groundmark could not start',
    `${reason}\n\nYour work is untouched. The log is in ${log.file}.`,
  );
  app.exit(1);
}
