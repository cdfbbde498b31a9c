/**
 * `npm run test:consumers`: exports coco-val in every format and lets the readers of other projects read it, in a Python
 * environment made for it. What they say is written to test/consumers/results.json, which the page of formats quotes.
 * Needs Python 3.10 or newer with pip, and the real data beside the checkout.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const data = path.resolve(root, '../shared/data');
const place = path.join(root, 'build', 'consumers');
const exportsFolder = path.join(place, 'exports');

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (done.error) throw done.error;
  return done;
}

if (!fs.existsSync(data)) {
  console.log('skipped: the real data of ../shared/data is not here');
  process.exit(0);
}
if (run('python3', ['--version']).status !== 0) {
  console.log('skipped: there is no python3 here');
  process.exit(0);
}

fs.mkdirSync(place, { recursive: true });
/** A Python environment with what a list of requirements names. */
function environment(name, requirements, flags = []) {
  const own = path.join(place, name, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!fs.existsSync(own)) run('python3', ['-m', 'venv', path.join(place, name)], { stdio: 'inherit' });
  const list = path.join(root, 'test/consumers', requirements);
  const installed = run(own, ['-m', 'pip', 'install', '--quiet', ...flags, '-r', list], { stdio: 'inherit' });
  if (installed.status === 0) return own;
  console.error('The readers could not be installed; see above. Is a package index reachable?');
  process.exit(1);
}
const python = environment('venv', 'requirements.txt');
environment('venv', 'requirements-ultralytics.txt', ['--no-deps']);
const pythonOfScalabel = environment('venv-scalabel', 'requirements-scalabel.txt');

run(process.execPath, ['scripts/build.mjs', 'cli'], { stdio: 'inherit' });
fs.rmSync(exportsFolder, { recursive: true, force: true });
fs.mkdirSync(exportsFolder, { recursive: true });

/** Every export: name of its folder, what is exported, the format, and options of the command. */
const jobs = JSON.parse(fs.readFileSync(path.join(root, 'test/consumers/exports.json'), 'utf8'));
let failed = 0;
for (const { name, from, in: input, to, args = [] } of jobs) {
  const outcome = run(process.execPath, [
    'bin/groundmark.mjs',
    'convert',
    path.join(data, input),
    path.join(exportsFolder, name),
    '--from',
    from,
    '--to',
    to,
    ...args.map((argument) => argument.replace('DATA', data)),
  ]);
  // 3 is written with the losses that the report names.
  if (outcome.status !== 0 && outcome.status !== 3) {
    failed += 1;
    console.error(`export ${name}: exit ${outcome.status}\n${outcome.stderr}`);
  }
}

/** What our own COCO evaluation is tested against: pycocotools must still say the same of it. */
const evaluations = [
  ['test/fixtures/quality/coco-evaluation.jsonl'],
  ['build/consumers/coco-val-evaluation.json', '--data', data],
];
for (const args of evaluations) {
  const evaluated = run(python, ['test/consumers/coco_evaluation.py', ...args], { stdio: 'inherit' });
  if (evaluated.status !== 0) failed += 1;
}

const read = run(python, ['test/consumers/run.py', data, exportsFolder, pythonOfScalabel], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const results = JSON.parse(read.stdout);
fs.writeFileSync(path.join(root, 'test/consumers/results.json'), `${JSON.stringify(results, null, 2)}\n`);
for (const { format, consumer, version, passed, says } of results) {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${format} by ${consumer} ${version}: ${says}`);
  if (!passed) failed += 1;
}
console.log(`${results.filter((one) => one.passed).length} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
