/**
 * `npm test [-- stage …]`: types, lint, layers, unused code, then unit, property and conformance tests, then
 * end-to-end tests in real Electron. Every stage runs even when an earlier one failed; the last line sums them up.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureSystemPackages, openDisplay } from './display.mjs';
import { resolveRuntime } from './runtime.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'groundmark-test-'));

/** The tested app has the test pages in it; the app that people start has not. */
const TESTED_DIST = path.join('build', 'e2e');

const total = { passed: 0, failed: 0, skipped: 0 };

function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', () => resolve(1));
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}

const bin = (name) => path.join(root, 'node_modules', '.bin', name);

async function check(title, command, args) {
  const code = await run(command, args);
  if (code === 0) total.passed += 1;
  else {
    total.failed += 1;
    console.error(`failed: ${title}`);
  }
}

async function vitest() {
  const file = path.join(reports, 'vitest.json');
  const code = await run(bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
  if (report === null) {
    total.failed += 1;
    return;
  }
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests + report.numTodoTests;
  // A file that cannot be loaded fails without a failed test.
  if (code !== 0 && report.numFailedTests === 0) total.failed += 1;
}

async function endToEnd() {
  const runtime = await resolveRuntime();
  ensureSystemPackages(runtime.executable);
  const env = {
    GROUNDMARK_DIST: TESTED_DIST,
    GROUNDMARK_TEST_PAGES: '1',
    ELECTRON_OVERRIDE_DIST_PATH: runtime.path,
  };
  if ((await run(process.execPath, ['scripts/build.mjs'], env)) !== 0) {
    total.failed += 1;
    return;
  }
  const display = await openDisplay();
  const file = path.join(reports, 'playwright.json');
  const reporter = process.env.CI === 'true' ? 'line' : 'list';
  const code = await run(bin('playwright'), ['test', `--reporter=${reporter},json`], {
    ...env,
    ...display.env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  display.close();
  const report = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
  if (report === null) {
    total.failed += 1;
    return;
  }
  total.passed += report.stats.expected + report.stats.flaky;
  total.failed += report.stats.unexpected;
  total.skipped += report.stats.skipped;
  if (code !== 0 && report.stats.unexpected === 0) total.failed += 1;
}

const STAGES = {
  types: () => check('types', bin('tsc'), ['--build']),
  lint: () => check('lint', bin('biome'), ['check', '.']),
  layers: () => check('layers', process.execPath, ['scripts/check-layers.mjs']),
  unused: () => check('unused code', bin('knip'), []),
  unit: vitest,
  e2e: endToEnd,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((stage) => !(stage in STAGES));
if (unknown.length > 0) {
  console.error(`No stage ${unknown.join(', ')}; there are ${Object.keys(STAGES).join(', ')}.`);
  process.exit(2);
}

for (const [name, stage] of Object.entries(STAGES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const started = Date.now();
  console.log(`\n--- ${name}`);
  try {
    await stage();
  } catch (error) {
    total.failed += 1;
    console.error(error instanceof Error ? error.message : String(error));
  }
  console.log(`--- ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

fs.rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
