import { setTimeout as sleep } from 'node:timers/promises';
import type { ElectronApplication } from '@playwright/test';
import { workerPids } from './shell';

/** How long a worker runs between two looks at how far it came; too short for two batches of an import. */
const SLICE_MS = 40;
const LOOK_MS = 150;

/** A worker process that stands still, as on a disk that does not answer. */
export interface PausedWorker {
  /** Lets it go on, in slices, until `isFarEnough`; it stands still again afterwards. */
  runUntil(isFarEnough: () => Promise<boolean>): Promise<void>;
  resume(): void;
}

/** Stops a worker process as soon as it is there. */
export async function pauseWorker(app: ElectronApplication, name: string): Promise<PausedWorker> {
  let pid: number | undefined;
  while (pid === undefined) {
    pid = (await workerPids(app))[name];
    if (pid === undefined) await sleep(5);
  }
  const worker = pid;
  process.kill(worker, 'SIGSTOP');
  return {
    async runUntil(isFarEnough) {
      while (!(await isFarEnough())) {
        process.kill(worker, 'SIGCONT');
        await sleep(SLICE_MS);
        process.kill(worker, 'SIGSTOP');
        await sleep(LOOK_MS);
      }
    },
    resume: () => void process.kill(worker, 'SIGCONT'),
  };
}
