import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

interface Runtime {
  readonly path: string;
  /** The binary itself, for starting the app without a driver. */
  readonly executable: string;
  readonly version: string;
  readonly origin: string;
}

let runtime: Promise<Runtime> | null = null;

/** scripts/ is plain JavaScript outside of the type-checked projects; this is the one place that reaches into it. */
export function electronRuntime(): Promise<Runtime> {
  runtime ??= import(path.join(root, 'scripts/runtime.mjs')).then(
    (module: { resolveRuntime(options: { isQuiet: boolean }): Promise<Runtime> }) =>
      module.resolveRuntime({ isQuiet: true }),
  );
  return runtime;
}

let display: Promise<Readonly<Record<string, string>>> | null = null;

/** The caller's display, or a virtual one that ends with the test process. */
function displayEnv(): Promise<Readonly<Record<string, string>>> {
  display ??= import(path.join(root, 'scripts/display.mjs'))
    .then((module: { openDisplay(): Promise<{ env: Record<string, string>; close(): void }> }) =>
      module.openDisplay(),
    )
    .then((opened) => {
      process.once('exit', opened.close);
      return opened.env;
    });
  return display;
}

/** The built app folder; GROUNDMARK_DIST names another one than `dist`. */
export function appFolder(): string {
  return path.resolve(root, process.env.GROUNDMARK_DIST ?? 'dist');
}

export interface LaunchOptions {
  /** Data home; a fresh temporary folder when absent. */
  readonly home?: string;
  /** Electron profile (IndexedDB lives there); a fresh temporary folder when absent. */
  readonly profile?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** More command line arguments, after the app folder. */
  readonly args?: readonly string[];
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  readonly profile: string;
  /** Quits as a person would; folders that this launch made are kept until the test process ends. */
  close(): Promise<void>;
  /** SIGKILL to the main process and everything it started, as a power cut would. */
  kill9(): Promise<void>;
}

const temporaryFolders: string[] = [];
process.once('exit', () => {
  for (const folder of temporaryFolders) fs.rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(name: string): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `groundmark-${name}-`)));
  temporaryFolders.push(folder);
  return folder;
}

/** Every descendant of a process, read from /proc; deepest last. Elsewhere than on Linux: none. */
export function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  let entries: string[] = [];
  try {
    entries = fs.readdirSync('/proc');
  } catch {
    return [];
  }
  for (const entry of entries) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = fs.readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // It ended while we looked.
    }
  }
  const found: number[] = [];
  const visit = (parent: number): void => {
    for (const child of children.get(parent) ?? []) {
      found.push(child);
      visit(child);
    }
  };
  visit(pid);
  return found;
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Starts the built app in real Electron with its own data home and profile. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const { path: distribution } = await electronRuntime();
  const home = options.home ?? temporaryFolder('home');
  const profile = options.profile ?? temporaryFolder('profile');
  const isRoot = process.getuid?.() === 0;
  // Read by playwright's own look-up of the electron binary; executablePath would skip its loader (see RUNTIME).
  process.env.ELECTRON_OVERRIDE_DIST_PATH = distribution;
  const app = await electron.launch({
    cwd: root,
    args: [...(isRoot ? ['--no-sandbox'] : []), appFolder(), ...(options.args ?? [])],
    env: {
      ...definedEnv(),
      ...(await displayEnv()),
      ELECTRON_OVERRIDE_DIST_PATH: distribution,
      GROUNDMARK_HOME: home,
      GROUNDMARK_PROFILE: profile,
      ...options.env,
    },
  });
  const child = app.process();
  const exited = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once('exit', () => resolve());
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('domcontentloaded');
  return {
    app,
    page,
    home,
    profile,
    close: async () => {
      await app.close();
      await exited;
    },
    kill9: async () => {
      const { pid } = child;
      if (pid === undefined) return;
      for (const target of [pid, ...descendantsOf(pid)]) {
        try {
          process.kill(target, 'SIGKILL');
        } catch {
          // Already gone with its parent.
        }
      }
      await exited;
    },
  };
}
