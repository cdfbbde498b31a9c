/** Adds up time in which somebody works. All times in ms of one clock that only goes forward. */
export interface ActiveClock {
  /** Something was pressed, moved or turned. */
  input(now: number): void;
  /** Work may go on: the window is in front and an image is open; what was counted stays. */
  start(now: number): void;
  /** Work cannot go on here; the time up to now counts as far as it was not idle. */
  stop(now: number): void;
  /** Active time so far, up to now. */
  activeMs(now: number): number;
}

/**
 * Time between inputs counts, of a longer pause only its first `idleAfterMs`: whoever thinks over a picture works, whoever
 * went away does not.
 */
export function createActiveClock(idleAfterMs: () => number): ActiveClock {
  let counted = 0;
  /** When the last input was; null while nobody works. */
  let last: number | null = null;
  const since = (now: number) => (last === null ? 0 : Math.max(0, Math.min(now - last, idleAfterMs())));
  return {
    input(now) {
      if (last === null) return;
      counted += since(now);
      last = now;
    },
    start(now) {
      last ??= now;
    },
    stop(now) {
      counted += since(now);
      last = null;
    },
    activeMs: (now) => counted + since(now),
  };
}
