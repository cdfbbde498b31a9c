import type { JobProgress } from '../../shared/ipc/channels/files';

/** More often than this nobody can read; every message costs the window a little. */
const REPORT_EVERY_MS = 250;

/** Reports how far a job is, with its rate and the time left, at most four times a second. */
export interface ProgressMeter {
  add(done: number): void;
  /** Always reports. */
  step(note: string, total: number | null): void;
}

export function createProgressMeter(
  unit: JobProgress['unit'],
  report: (progress: JobProgress, note: string) => void,
  now: () => number = () => performance.now(),
): ProgressMeter {
  let note = '';
  let total: number | null = null;
  let done = 0;
  let startedAt = now();
  let reportedAt = Number.NEGATIVE_INFINITY;

  function send(): void {
    reportedAt = now();
    const seconds = (reportedAt - startedAt) / 1000;
    const perSecond = seconds > 0 && done > 0 ? done / seconds : null;
    const secondsLeft = perSecond === null || total === null ? null : Math.max(0, total - done) / perSecond;
    report({ done, total, unit, perSecond, secondsLeft }, note);
  }

  return {
    add(more) {
      done += more;
      if (now() - reportedAt >= REPORT_EVERY_MS) send();
    },
    step(nextNote, nextTotal) {
      note = nextNote;
      total = nextTotal;
      done = 0;
      startedAt = now();
      send();
    },
  };
}
