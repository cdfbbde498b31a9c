import {
  serveWorker,
  type WorkerHandler,
  type WorkerPort,
} from '../../../../electron/process-host/serve-worker';
import { appError } from '../../../../shared/result/app-error';
import { err, ok } from '../../../../shared/result/result';

/** Runs in a real child process of the test; what `process.parentPort` is in Electron is `process.send` here. */
const port: WorkerPort = {
  post: (message) => void process.send?.(message),
  onMessage: (listener) => void process.on('message', listener),
};

const handlers: Record<string, WorkerHandler> = {
  echo: async (args) => ok(args),
  count: async (args, { emit }) => {
    for (let index = 0; index < Number(args); index += 1) emit('counted', index);
    return ok(null);
  },
  wait: (_args, { signal }) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(err(appError('job.cancelled', 'Cancelled.'))));
    }),
  throw: async () => {
    throw new Error('a handler threw');
  },
  crash: async () => {
    process.stderr.write('about to crash\n');
    process.kill(process.pid, 'SIGKILL');
    return ok(null);
  },
  garbage: async () => {
    process.send?.({ kind: 'reply', id: 'not a number', result: 7 });
    return ok('after garbage');
  },
  pid: async () => ok(process.pid),
};

serveWorker(handlers, {
  port,
  onStop: () => {
    process.send?.({ kind: 'event', name: 'stopping', payload: null });
  },
});
