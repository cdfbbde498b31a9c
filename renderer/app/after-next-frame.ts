/** A window that shows no frames (minimised) holds nobody up for longer. */
const LONGEST_WAIT_IN_MS = 100;

/** Ends when the next frame has been made. */
export function afterNextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(late);
      resolve();
    };
    const late = setTimeout(done, LONGEST_WAIT_IN_MS);
    // The second callback runs when the first frame is out.
    requestAnimationFrame(() => requestAnimationFrame(done));
  });
}
