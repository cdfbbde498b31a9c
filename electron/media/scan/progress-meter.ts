import type { EventPayload } from '../../../shared/ipc/contract';

type Progress = EventPayload<'job.progress'>['progress'];

/** The rate is that of the last seconds, so that it follows a disk that becomes slow. */
const WINDOW_MS = 5000;

/** Below this the rate says more about the clock than about the work. */
const LEAST_SPAN_MS = 200;

export interface ProgressMeter {
  /** @param done units done since the meter was made, by this run; `before` were done by earlier ones. */
  read(state: { readonly done: number; readonly before: number; readonly total: number | null }): Progress;
}

/** @param now milliseconds of a clock that never goes back. */
export function createProgressMeter(unit: Progress['unit'], now: () => number): ProgressMeter {
  const samples: { readonly at: number; readonly done: number }[] = [{ at: now(), done: 0 }];
  return {
    read({ done, before, total }) {
      const at = now();
      samples.push({ at, done });
      // The oldest sample kept lies just outside the window, so that the window is always full.
      while ((samples[1]?.at ?? at) <= at - WINDOW_MS) samples.shift();
      const first = samples[0] ?? { at, done };
      const span = at - first.at;
      const perSecond = span < LEAST_SPAN_MS ? null : ((done - first.done) / span) * 1000;
      const left = total === null ? null : Math.max(0, total - before - done);
      return {
        done: before + done,
        total: total === null ? null : Math.max(total, before + done),
        unit,
        perSecond,
        secondsLeft: left === null || perSecond === null || perSecond === 0 ? null : left / perSecond,
      };
    },
  };
}
