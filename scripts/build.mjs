/**
 * Bundles the app: `node scripts/build.mjs [all|main|preload|workers|renderer|cli|demo …]` (default: all).
 * The output folder is a runnable Electron app by itself (it holds a package.json and finds node_modules); it is `dist`,
 * or GROUNDMARK_DIST. GROUNDMARK_TEST_PAGES=1 adds the pages of test/harness/pages to the renderer.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const dist = path.resolve(root, process.env.GROUNDMARK_DIST ?? 'dist');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

/** Left outside bundles: native or wasm packages that find their binaries beside themselves, and Electron itself. */
const EXTERNAL = [/^electron$/, /^node:/, /^@duckdb\//, /^wasm-vips$/];

const NODE_ENTRIES = {
  main: { 'electron/main': 'electron/main.ts' },
  preload: { 'electron/preload': 'electron/preload/preload.ts' },
  workers: {
    'electron/media-worker': 'electron/media/media-worker.ts',
    'electron/tiles-worker': 'electron/media/tiles/tiles-worker.ts',
    'electron/datasets-worker': 'electron/datasets-worker.ts',
  },
  cli: { cli: 'electron/cli/main.ts' },
  demo: { demo: 'electron/cli/demo.ts' },
};

async function buildForNode(entries) {
  const input = Object.fromEntries(
    Object.entries(entries)
      .map(([name, file]) => [name, path.join(root, file)])
      .filter(([, file]) => fs.existsSync(file)),
  );
  // One bundle an entry: a sandboxed preload cannot load chunks, and a worker should not read what it does not run.
  for (const [name, file] of Object.entries(input)) {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      define: { __APP_VERSION__: JSON.stringify(manifest.version) },
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: true,
        target: 'node18',
        outDir: dist,
        emptyOutDir: false,
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          input: { [name]: file },
          external: EXTERNAL,
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    });
  }
}

async function buildRenderer() {
  const pages = { index: path.join(root, 'renderer/index.html') };
  const testPages = path.join(root, 'test/harness/pages');
  if (process.env.GROUNDMARK_TEST_PAGES === '1' && fs.existsSync(testPages)) {
    for (const name of fs.readdirSync(testPages).filter((file) => file.endsWith('.html'))) {
      pages[`test-${path.basename(name, '.html')}`] = path.join(testPages, name);
    }
  }
  const { default: react } = await import('@vitejs/plugin-react');
  const outDir = path.join(dist, 'renderer');
  await build({
    root,
    base: '/',
    configFile: false,
    logLevel: 'warn',
    define: { __APP_VERSION__: JSON.stringify(manifest.version) },
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      target: 'chrome114',
      outDir,
      emptyOutDir: true,
      sourcemap: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500,
      rolldownOptions: { input: pages },
    },
  });
  // Vite keeps the pages' folders relative to its root; the app serves app://bundle/index.html and app://bundle/test/NAME.html.
  fs.renameSync(path.join(outDir, 'renderer/index.html'), path.join(outDir, 'index.html'));
  fs.rmSync(path.join(outDir, 'renderer'), { recursive: true });
  const builtTestPages = path.join(outDir, 'test/harness/pages');
  if (fs.existsSync(builtTestPages)) {
    for (const name of fs.readdirSync(builtTestPages)) {
      fs.renameSync(path.join(builtTestPages, name), path.join(outDir, 'test', name));
    }
    fs.rmSync(path.join(outDir, 'test/harness'), { recursive: true });
  }
}

function writeManifest() {
  fs.mkdirSync(dist, { recursive: true });
  fs.writeFileSync(
    path.join(dist, 'package.json'),
    `${JSON.stringify({ name: manifest.name, productName: 'Groundmark', version: manifest.version, main: 'electron/main.cjs' }, null, 2)}\n`,
  );
  const modules = path.join(dist, 'node_modules');
  const isInsideProject = !path.relative(root, dist).startsWith('..');
  if (!isInsideProject && !fs.existsSync(modules))
    fs.symlinkSync(path.join(root, 'node_modules'), modules, 'dir');
}

/** @param {readonly string[]} targets */
export async function buildTargets(targets) {
  writeManifest();
  const isAll = targets.length === 0 || targets.includes('all');
  for (const [target, entries] of Object.entries(NODE_ENTRIES)) {
    if (isAll || targets.includes(target)) await buildForNode(entries);
  }
  if ((isAll || targets.includes('renderer')) && fs.existsSync(path.join(root, 'renderer/index.html')))
    await buildRenderer();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildTargets(process.argv.slice(2));
