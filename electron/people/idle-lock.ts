/** How often idle time is looked at; a lock may come this much late. */
const LOOK_EVERY_MS = 10_000;

/** PCI DSS 4.0, 8.2.8: 15 minutes. Holds until the window has told the open project's policy. */
export const DEFAULT_IDLE_MINUTES = 15;

export interface IdleLock {
  /** Begins to watch, with the default. */
  start(): void;
  stop(): void;
  /** 0 for never. */
  setMinutes(minutes: number): void;
  /** The window was used. */
  used(): void;
}

/**
 * Locks when the window was not used for so long. The main process keeps the time, so that a window that hangs is locked
 * too. The system's own idle time is not asked: it is unknown on some desktops, and another app in use is no reason to
 * leave this one open.
 */
export function createIdleLock(lock: () => void, now: () => number = Date.now): IdleLock {
  let timer: ReturnType<typeof setInterval> | null = null;
  let minutes = DEFAULT_IDLE_MINUTES;
  let usedAt = now();

  const look = () => {
    if (minutes > 0 && now() - usedAt >= minutes * 60_000) lock();
  };
  return {
    start() {
      minutes = DEFAULT_IDLE_MINUTES;
      usedAt = now();
      timer ??= setInterval(look, LOOK_EVERY_MS);
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
    setMinutes(next) {
      minutes = next;
    },
    used() {
      usedAt = now();
    },
  };
}
