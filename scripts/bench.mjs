/**
 * `npm run bench -- [name …] [--json]`: runs the benches whose names begin with one of the given names (all without
 * any). Each module in test/bench has a default export that measures something together with its baseline and answers
 * rows {bench, n, value, unit, baseline, ratio}; with --json only those rows are printed, one JSON object a line.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { ensureSystemPackages, openDisplay } from './display.mjs';
import { resolveRuntime } from './runtime.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const args = process.argv.slice(2);
const isJson = args.includes('--json');
const names = args.filter((arg) => !arg.startsWith('--'));
const benches = fs
  .readdirSync(path.join(root, 'test/bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace(/\.bench\.ts$/, ''))
  .filter(
    (name) => names.length === 0 || names.some((asked) => asked.startsWith(name) || name.startsWith(asked)),
  );

if (benches.length === 0) {
  console.error(`No bench is named ${names.join(', ')}.`);
  process.exit(2);
}

const outDir = path.join(root, 'build/bench');
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  define: { __APP_VERSION__: JSON.stringify('bench') },
  ssr: { noExternal: true, external: ['@playwright/test', 'playwright', 'axe-core'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir,
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(
        benches.map((name) => [name, path.join(root, `test/bench/${name}.bench.ts`)]),
      ),
      external: [
        /^electron$/,
        /^node:/,
        /^@duckdb\//,
        /^wasm-vips$/,
        /^playwright/,
        /^@playwright\//,
        /scripts\/.*\.mjs$/,
      ],
      output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});

const runtime = await resolveRuntime({ isQuiet: isJson });
ensureSystemPackages(runtime.executable);
const env = {
  ...process.env,
  GROUNDMARK_DIST: path.join(root, 'build/bench-app'),
  GROUNDMARK_TEST_PAGES: '1',
  ELECTRON_OVERRIDE_DIST_PATH: runtime.path,
};
const run = (command, commandArgs, extra) =>
  new Promise((resolve) => {
    const child = spawn(command, commandArgs, {
      cwd: root,
      env: { ...env, ...extra },
      stdio: ['ignore', isJson ? 'ignore' : 'inherit', 'inherit'],
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
if ((await run(process.execPath, ['scripts/build.mjs'], {})) !== 0) process.exit(1);

const display = await openDisplay();
Object.assign(process.env, env, display.env);
let isFailed = false;
for (const name of benches) {
  try {
    const { default: bench } = await import(path.join(outDir, `${name}.mjs`));
    for (const row of await bench()) print(row);
  } catch (error) {
    isFailed = true;
    console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}
display.close();
process.exit(isFailed ? 1 : 0);

function print(row) {
  if (isJson) {
    console.log(JSON.stringify(row));
    return;
  }
  const figure = (value) =>
    value === null ? '—' : Number(value).toLocaleString('en', { maximumFractionDigits: 3 });
  console.log(
    `${row.bench.padEnd(28)} n=${String(row.n).padEnd(8)} ${figure(row.value).padStart(12)} ${row.unit.padEnd(8)} baseline ${figure(row.baseline).padStart(12)}  ratio ${figure(row.ratio)}`,
  );
}
