/** The receipt may wait this long for a person who keeps drawing. */
const PATIENCE_IN_MS = 250;

/** Runs work once the person has paused; gives back the way to cancel it. */
export function whenIdle(work: () => void): () => void {
  const timer = setTimeout(work, PATIENCE_IN_MS);
  return () => clearTimeout(timer);
}
