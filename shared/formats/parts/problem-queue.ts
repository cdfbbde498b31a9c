import type { DatasetEvent, DatasetProblem } from '../format';

/** A file of a million bad lines must not become a million messages. */
const MAX_EVENTS_BY_CODE = 1_000;

/**
 * Problems on their way into a reader's events: `add` queues one, `drain` hands over what is queued, `close` hands over
 * the rest with one line for each code that was cut short.
 */
export class ProblemQueue {
  #queued: DatasetEvent[] = [];
  readonly #counts = new Map<string, number>();

  add(problem: DatasetProblem): void {
    const count = (this.#counts.get(problem.code) ?? 0) + 1;
    this.#counts.set(problem.code, count);
    if (count <= MAX_EVENTS_BY_CODE) this.#queued.push({ type: 'problem', problem });
  }

  error(code: string, path: string, message: string, line: number | null = null): void {
    this.add({ severity: 'error', code, message, path, line });
  }

  warning(code: string, path: string, message: string, line: number | null = null): void {
    this.add({ severity: 'warning', code, message, path, line });
  }

  get isEmpty(): boolean {
    return this.#queued.length === 0;
  }

  drain(): readonly DatasetEvent[] {
    const drained = this.#queued;
    this.#queued = [];
    return drained;
  }

  close(path: string): readonly DatasetEvent[] {
    for (const [code, count] of this.#counts) {
      if (count > MAX_EVENTS_BY_CODE) {
        this.#queued.push({
          type: 'problem',
          problem: {
            severity: 'warning',
            code: 'more-problems',
            message: `${count - MAX_EVENTS_BY_CODE} more problems of the kind ${code} are not listed one by one.`,
            path,
            line: null,
          },
        });
      }
    }
    return this.drain();
  }
}
