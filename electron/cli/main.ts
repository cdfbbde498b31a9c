import { runCli } from './run-cli';

declare const __APP_VERSION__: string;

// `groundmark … | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// The first Ctrl+C lets a command take back what it began; commands that only read have nothing to take back.
const interruption = new AbortController();
const SECONDS_TO_TAKE_BACK = 5;
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(exitCode);
    interruption.abort();
    setTimeout(() => process.exit(exitCode), SECONDS_TO_TAKE_BACK * 1000).unref();
  });
}

void runCli(
  process.argv.slice(2),
  {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  },
  __APP_VERSION__,
  interruption.signal,
).then((exitCode) => {
  // Not process.exit: what is still in the pipe must get out first.
  process.exitCode = exitCode;
});
