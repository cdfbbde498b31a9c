import type { Bridge } from '../bridge/bridge';

/** Name of the performance mark, and of the log line by which a slow start can be told from a person's log file. */
const USABLE = 'workspace.usable';

/** Writes down, once a start, when the label screen could first be worked with: after the frame that shows it. */
export function reportUsable(bridge: Bridge): void {
  if (performance.getEntriesByName(USABLE).length > 0) return;
  requestAnimationFrame(() =>
    setTimeout(() => {
      const { startTime } = performance.mark(USABLE);
      void bridge.invoke('log.write', {
        level: 'info',
        message: USABLE,
        details: { atMs: String(performance.timeOrigin + startTime) },
      });
    }),
  );
}
