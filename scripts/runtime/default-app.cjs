// Runs inside an Electron distribution that lacks a default app: `electron [-r MODULE] APP_FOLDER [ARGS]`.
const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const args = process.argv.slice(1);
const required = [];
let folder = null;
for (let index = 0; index < args.length && folder === null; index += 1) {
  const arg = args[index];
  if (arg === '--version') {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  } else if (arg === '-r' || arg === '--require') {
    index += 1;
    required.push(args[index]);
  } else if (!arg.startsWith('-')) {
    folder = path.resolve(arg);
  }
}

// Playwright's loader must run before the app is ready.
for (const module of required) Module._load(module, module, true);

if (folder === null) {
  process.stderr.write('usage: electron [-r MODULE] APP_FOLDER [ARGS]\n');
  process.exit(2);
}

const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setAppPath(folder);
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version ?? '0.0.0');
Module._load(path.resolve(folder, manifest.main ?? 'index.js'), null, true);
