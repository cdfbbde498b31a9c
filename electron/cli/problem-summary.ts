import type { DatasetProblem } from '../../shared/formats/format';

const MAX_SAMPLES_BY_CODE = 5;

/** Problems of a read, counted by code, with the first of each. */
export interface ProblemSummary {
  add(problem: DatasetProblem): void;
  readonly errors: number;
  readonly warnings: number;
  samples(): readonly DatasetProblem[];
  countByCode(): Readonly<Record<string, number>>;
  /** A line a sample, and one for what is not shown. */
  lines(): readonly string[];
}

export function createProblemSummary(): ProblemSummary {
  const samples = new Map<string, DatasetProblem[]>();
  const counts = new Map<string, number>();
  let errors = 0;
  let warnings = 0;
  return {
    add(problem) {
      if (problem.severity === 'error') errors += 1;
      else warnings += 1;
      counts.set(problem.code, (counts.get(problem.code) ?? 0) + 1);
      const known = samples.get(problem.code);
      if (known === undefined) samples.set(problem.code, [problem]);
      else if (known.length < MAX_SAMPLES_BY_CODE) known.push(problem);
    },
    get errors() {
      return errors;
    },
    get warnings() {
      return warnings;
    },
    samples: () => [...samples.values()].flat(),
    countByCode: () => Object.fromEntries(counts),
    lines: () =>
      [...samples].flatMap(([code, shown]) => {
        const rest = (counts.get(code) ?? 0) - shown.length;
        const lines = shown.map((problem) => `${problem.severity}: ${problem.message}`);
        return rest > 0 ? [...lines, `… and ${rest} more of this kind (${code})`] : lines;
      }),
  };
}
