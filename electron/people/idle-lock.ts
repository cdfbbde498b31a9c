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
 * Locks when neither the system nor the window has seen input for so long. The main process watches by itself, so that
 * a window that hangs is locked too.
 */
export function createIdleLock(services: {
  /** Seconds since the last input of the whole system. */
  readonly systemIdleSeconds: () => number;
  readonly lock: () => void;
  readonly now?: () => number;
}): IdleLock {
  const now = services.now ?? Date.now;
  let timer: ReturnType<typeof setInterval> | null = null;
  let minutes = DEFAULT_IDLE_MINUTES;
  let usedAt = now();

  const look = () => {
    if (minutes === 0) return;
    const idleSeconds = Math.min(services.systemIdleSeconds(), (now() - usedAt) / 1000);
    if (idleSeconds >= minutes * 60) services.lock();
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
