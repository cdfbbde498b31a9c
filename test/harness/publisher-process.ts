import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

/** Bundles test/harness/lake-publisher.ts for plain Node; returns the file. The folder is the caller's to remove. */
export async function bundlePublisher(): Promise<{ readonly file: string; readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundmark-publisher-'));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: { publisher: path.join(root, 'test/harness/lake-publisher.ts') },
        external: [/^node:/, /^@duckdb\//],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  });
  return { file: path.join(folder, 'publisher.cjs'), folder };
}

export interface PublisherProcess {
  readonly child: ChildProcess;
  /** What it said so far. */
  readonly lines: readonly string[];
  /** Resolves with the first line that begins so, or null when the process ended without it. */
  until(beginning: string): Promise<string | null>;
  readonly ended: Promise<void>;
}

export function startPublisher(file: string, args: readonly string[]): PublisherProcess {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let hasEnded = false;
  const wake = () => {
    for (const look of waiting) look();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      hasEnded = true;
      resolve();
      wake();
    });
  });
  return {
    child,
    lines,
    ended,
    until: (beginning) =>
      new Promise((resolve) => {
        const look = () => {
          const line = lines.find((each) => each.startsWith(beginning));
          if (line === undefined && !hasEnded) return;
          waiting.delete(look);
          resolve(line ?? null);
        };
        waiting.add(look);
        look();
      }),
  };
}
