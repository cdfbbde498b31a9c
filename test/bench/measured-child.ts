import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a piece of work cost in a process of its own, so that nothing else is in its memory. */
export interface Measured {
  readonly processorSeconds: number;
  readonly seconds: number;
  /** The most memory that was resident at any moment, whole process, in MB. */
  readonly peakMegabytes: number;
  readonly count: number;
}

const MARK = '--measured-child';

/** Runs the bench module at `moduleUrl` again, as a child that does the work named by `args`. */
export function measuredInChild(moduleUrl: string, ...args: readonly string[]): Measured {
  const child = spawnSync(process.execPath, [fileURLToPath(moduleUrl), MARK, ...args], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${args.join(' ')} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as Measured;
}

/** To be awaited at the end of a bench module: in a child of `measuredInChild` it does the work and prints what it cost. */
export async function answerAsChild(
  work: (args: readonly string[]) => number | Promise<number>,
): Promise<void> {
  const at = process.argv.indexOf(MARK);
  if (at < 0) return;
  const start = performance.now();
  const before = process.cpuUsage();
  const count = await work(process.argv.slice(at + 1));
  const { user, system } = process.cpuUsage(before);
  const measured: Measured = {
    processorSeconds: (user + system) / 1e6,
    seconds: (performance.now() - start) / 1000,
    peakMegabytes: peakMegabytes(),
    count,
  };
  process.stdout.write(JSON.stringify(measured));
}

/** Linux starts a child's maxRSS at what its parent had; the high-water mark of its own memory does not. */
function peakMegabytes(): number {
  const { maxRSS } = process.resourceUsage();
  if (process.platform !== 'linux') return maxRSS / 1000;
  const mark = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(mark?.[1] ?? maxRSS) / 1000;
}

/** Processor seconds of a shell command and all that it starts. */
export function shellSeconds(command: string, cwd: string): number {
  // `times` ends with "user system" of the children, each as 0m1.234s.
  const { stdout } = spawnSync('bash', ['-c', `${command} > /dev/null; times`], { cwd, encoding: 'utf8' });
  const parts = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
