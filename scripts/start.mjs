/** `npm start`: builds the app and opens it; without a display it opens on a virtual one and says so. */
import { spawn } from 'node:child_process';
import { buildTargets, dist } from './build.mjs';
import { ensureSystemPackages, openDisplay, sandboxArgs } from './display.mjs';
import { resolveRuntime } from './runtime.mjs';

try {
  const runtime = await resolveRuntime();
  ensureSystemPackages(runtime.executable);
  await buildTargets(['main', 'preload', 'workers', 'renderer']);
  const display = await openDisplay();
  if (display.isVirtual) {
    console.error(
      `No display: the app runs on the virtual display ${display.env.DISPLAY}. Set DISPLAY to see it.`,
    );
  }
  const child = spawn(runtime.executable, [...sandboxArgs(), dist, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...display.env },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    display.close();
    process.exitCode = code ?? (signal === null ? 0 : 1);
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
