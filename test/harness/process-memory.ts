import fs from 'node:fs';
import { descendantsOf } from './electron-app';

/** Resident memory of a process and everything it started, in bytes. Pages that they share are counted for each. */
export function residentBytes(pid: number): number {
  let total = 0;
  for (const each of [pid, ...descendantsOf(pid)]) {
    try {
      const status = fs.readFileSync(`/proc/${each}/status`, 'utf8');
      total += Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
    } catch {
      // It ended while we looked.
    }
  }
  return total;
}

/** Looks every 100 ms until stopped; `now` gives what is taken, `stop` the most that was seen, in bytes. */
export function watchMemory(pid: number): { now(): number; stop(): number } {
  let peak = residentBytes(pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBytes(pid));
  }, 100);
  return {
    now: () => residentBytes(pid),
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}
