import { Button } from '@mantine/core';
import type { AppError } from '../../shared/result/app-error';
import type { Bridge } from '../bridge/bridge';
import { ErrorNotice } from '../components/error-notice';

/** Shown instead of the app when the records cannot be opened; nothing was changed, and it says what can be done. */
export function StartupFailure({ error, bridge }: { readonly error: AppError; readonly bridge: Bridge }) {
  return (
    <main style={{ display: 'flex', height: '100%' }}>
      <ErrorNotice title="Your projects could not be opened" message={error.message}>
        <Button onClick={() => window.location.reload()}>Try again</Button>
        <Button variant="default" onClick={() => void bridge.invoke('backup.reveal', {})}>
          Show the backups
        </Button>
        <Button variant="default" onClick={() => void bridge.invoke('log.reveal', {})}>
          Show the log file
        </Button>
      </ErrorNotice>
    </main>
  );
}
