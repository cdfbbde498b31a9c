/** Makes sure that a window can open: the caller's display, else a virtual one (Xvfb), else the command that mends it. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';

const PACKAGES = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1'];

function isInstalled(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}

/** Shared libraries that the binary cannot find, by ldd. */
function missingLibraries(executable) {
  if (process.platform !== 'linux') return [];
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return (stdout ?? '')
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0]);
}

/** Installs what Electron needs from the system where that is possible, else says how. */
export function ensureSystemPackages(executable) {
  if (process.platform !== 'linux') return;
  const isDisplayMissing = !process.env.DISPLAY && !isInstalled('Xvfb');
  const missing = missingLibraries(executable);
  if (!isDisplayMissing && missing.length === 0) return;
  const mend = `apt-get update && apt-get install -y --no-install-recommends ${PACKAGES.join(' ')}`;
  if (process.getuid?.() === 0 && isInstalled('apt-get')) {
    console.error(`Installing what Electron needs: ${PACKAGES.join(' ')}`);
    const result = spawnSync('sh', ['-c', mend], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (result.status === 0 && missingLibraries(executable).length === 0) return;
  }
  throw new Error(
    `Electron needs system packages that are not here (${missing.join(', ') || 'Xvfb'}). Run:\n  sudo sh -c '${mend}'`,
  );
}

/**
 * @returns {Promise<{ env: Record<string, string>, isVirtual: boolean, close(): void }>} environment for the window's process
 */
export async function openDisplay({ width = 2560, height = 1440 } = {}) {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) {
    return { env: {}, isVirtual: false, close() {} };
  }
  const child = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const number = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    let text = '';
    child.stdio[3].on('data', (data) => {
      text += String(data);
      // Only the line's end says that Xvfb has written all: closing the pipe before would end it.
      if (text.includes('\n')) resolve(text.trim());
    });
  });
  child.removeAllListeners('exit');
  // The virtual display must not keep the command alive.
  child.unref();
  child.stdio[3].destroy();
  return { env: { DISPLAY: `:${number}` }, isVirtual: true, close: () => child.kill() };
}

/** Chromium refuses its sandbox to root; only then, and in CI containers, it is switched off. */
export function sandboxArgs() {
  const isRoot = process.getuid?.() === 0;
  const isContainerCi = process.env.CI === 'true' && fs.existsSync('/.dockerenv');
  return isRoot || isContainerCi ? ['--no-sandbox'] : [];
}
