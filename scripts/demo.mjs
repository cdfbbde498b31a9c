/** `npm run demo [-- FOLDER]`: the main job without a window, on the sample project. Default folder: build/demo. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildTargets, dist } from './build.mjs';

await buildTargets(['demo']);
const child = spawn(process.execPath, [path.join(dist, 'demo.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
