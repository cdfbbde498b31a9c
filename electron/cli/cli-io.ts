/** Where a command's words go; given from outside so that commands run in tests without a process. */
export interface CliIo {
  /** What the command is asked for. Nothing else may be written here: it is piped. */
  stdout(text: string): void;
  /** Progress, notes and errors. */
  stderr(text: string): void;
}

/** Exit codes are part of the interface: scripts branch on them. */
export const EXIT = {
  ok: 0,
  /** `verify`, `diff`: the answer is "different"; `audit`: it is "broken"; `publish`: the rules found errors. */
  different: 1,
  /** The input cannot be read, or the call was wrong. Nothing was written. */
  badInput: 2,
  /** `convert`, `export`: written, and something could not be kept; the report says what. */
  lossy: 3,
  /** Ctrl+C: stopped, and nothing is left behind. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command answers: for a machine, for a person, and as an exit code. */
export interface CliAnswer {
  readonly exitCode: ExitCode;
  /** Printed with --json, as one object. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Printed otherwise. */
  readonly text: string;
  /** Goes to stderr in both cases, a line each: what was lost or left out. */
  readonly notes?: readonly string[];
}
