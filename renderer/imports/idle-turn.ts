/** Work that nobody waits for goes on at the latest after this, however busy the window is. */
const LONGEST_WAIT_IN_MS = 1_000;

/** Ends when the window has nothing better to do, so that work in the background costs no frame. */
export function idleTurn(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT_IN_MS }));
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
