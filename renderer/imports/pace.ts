import type { JobProgress } from '../../shared/ipc/channels/files';

type Unit = JobProgress['unit'];

/** Batches come faster than a person reads numbers. */
const PACE_IN_MS = 400;

export interface Pace {
  /** What the tray shows when so much is done; null when it showed something a moment ago. */
  at(done: number): JobProgress | null;
}

/** Tells how fast work goes and how long it will take, from its first moment on. `unit` is what is counted. */
export function createPace(
  unit: Unit,
  total: number | null,
  from = 0,
  now: () => number = () => performance.now(),
): Pace {
  const startedAt = now();
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    at(done) {
      const time = now();
      if (time - shownAt < PACE_IN_MS && done !== total) return null;
      shownAt = time;
      const seconds = (time - startedAt) / 1000;
      // The first moments say nothing yet.
      const perSecond = seconds < 0.5 ? null : (done - from) / seconds;
      const secondsLeft =
        total === null || perSecond === null || perSecond === 0 ? null : (total - done) / perSecond;
      return { done, total, unit, perSecond, secondsLeft };
    },
  };
}
