import { runCli } from './run-cli';

declare const __APP_VERSION__: string;

// `groundmark … | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void runCli(
  process.argv.slice(2),
  {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  },
  __APP_VERSION__,
).then((exitCode) => {
  // Not process.exit: what is still in the pipe must get out first.
  process.exitCode = exitCode;
});
