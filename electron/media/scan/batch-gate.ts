/** Most batches that the receiver has not stored yet; more would pile up in memory when it is slower than the disk. */
const MOST_UNACKNOWLEDGED = 2;

/** Holds a sender back until the receiver has acknowledged what it was sent. */
export interface BatchGate {
  /** Resolves when batch `batch` (0, 1, 2, …) may be sent; false when `signal` was aborted instead. */
  mayPass(batch: number): Promise<boolean>;
  /** `batch` and all before it are stored. */
  acknowledge(batch: number): void;
}

export function createBatchGate(signal: AbortSignal): BatchGate {
  let acknowledged = -1;
  let wake: () => void = () => undefined;
  signal.addEventListener('abort', () => wake(), { once: true });
  return {
    async mayPass(batch) {
      while (!signal.aborted && batch - acknowledged > MOST_UNACKNOWLEDGED) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return !signal.aborted;
    },
    acknowledge(batch) {
      acknowledged = Math.max(acknowledged, batch);
      wake();
    },
  };
}
