import { app } from 'electron';
import type { Log } from '../log/log-file';
import type { WorkerProcess } from './worker-process';

/** Workers are asked to end (DuckDB closes its files) before the app goes; their crashes are logged until then. */
export function stopWorkersAtQuit(workers: readonly WorkerProcess[], log: Log): void {
  for (const worker of workers) {
    worker.onCrash(({ name, code, lastOutput, pendingRequests }) => {
      log.write('error', `The ${name} process ended unexpectedly.`, { code, lastOutput, pendingRequests });
    });
  }
  let isStopped = false;
  app.on('will-quit', (event) => {
    if (isStopped || workers.every((worker) => !worker.isRunning())) return;
    event.preventDefault();
    void Promise.all(workers.map((worker) => worker.stop())).then(() => {
      isStopped = true;
      app.quit();
    });
  });
}
