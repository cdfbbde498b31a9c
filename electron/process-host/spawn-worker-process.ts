import { utilityProcess } from 'electron';
import { createWorkerProcess, type ForkedWorker, type WorkerProcess } from './worker-process';

/** Enough of stderr to hold a stack trace; more would only bloat the log. */
const KEPT_OUTPUT_CHARACTERS = 4096;

/**
 * A worker over Electron's `utilityProcess`: a Node process without windows, in which hostile bytes are decoded
 * and DuckDB runs, so that their crash or hang cannot take the window with it.
 * @param entry absolute path of the bundled CommonJS file, which calls `serveWorker`.
 */
export function spawnWorkerProcess(
  entry: string,
  options: { readonly name: string; readonly env?: Readonly<Record<string, string>> },
): WorkerProcess {
  return createWorkerProcess(options.name, () => forkUtilityProcess(entry, options));
}

function forkUtilityProcess(
  entry: string,
  options: { readonly name: string; readonly env?: Readonly<Record<string, string>> },
): ForkedWorker {
  const child = utilityProcess.fork(entry, [], {
    serviceName: `groundmark-${options.name}`,
    stdio: 'pipe',
    env: { ...process.env, ...options.env },
  });
  let lastOutput = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    lastOutput = (lastOutput + chunk.toString('utf8')).slice(-KEPT_OUTPUT_CHARACTERS);
  });
  // Unread output would fill the pipe and stop the worker.
  child.stdout?.resume();
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', (code) => listener({ code, lastOutput })),
    kill: () => void child.kill(),
  };
}
