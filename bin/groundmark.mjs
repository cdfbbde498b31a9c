#!/usr/bin/env node
// The command line's door: runs the bundle, and makes it first in a checkout that was never built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = path.join(path.resolve(root, process.env.GROUNDMARK_DIST ?? 'dist'), 'cli.cjs');

if (!existsSync(bundle)) {
  process.stderr.write('groundmark: the command line is not built yet; building it once (a few seconds) …\n');
  const built = spawnSync(process.execPath, [path.join(root, 'scripts/build.mjs'), 'cli'], {
    cwd: root,
    // stdout belongs to the command's answer.
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0 || !existsSync(bundle)) {
    process.stderr.write('groundmark: building failed. Run "npm ci" in the checkout, then try again.\n');
    process.exit(2);
  }
}
createRequire(import.meta.url)(bundle);
